"""`make run` from a bare clone, and again: until the page that says ready is there."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from advocacy.up.ports import any_free
from benchmarks.figures import Figure

ROOT = Path(__file__).parents[1]
FIRST, SECOND = 120, 10
PATIENCE = 300


def main() -> list[Figure]:
    folder = Path(tempfile.mkdtemp(prefix="advocacy-bench-"))
    try:
        clone = folder / "a clone"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        first, second = start(clone), start(clone)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return [
        Figure("make run on a bare clone", first, "s", at_most=FIRST),
        Figure("make run again", second, "s", at_most=SECOND),
    ]


def start(clone: Path) -> float:
    """Seconds until /readyz answers; then it is stopped the way a person stops it."""
    port = str(any_free(set()))
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    began = time.monotonic()
    make = subprocess.Popen(
        ["make", "run"], cwd=clone, env={**kept, "PORT": port}, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while not answers(f"http://127.0.0.1:{port}/readyz"):
            if make.poll() is not None or time.monotonic() > began + PATIENCE:
                return float("inf")
            time.sleep(0.1)
        return time.monotonic() - began
    finally:
        os.killpg(make.pid, signal.SIGINT)
        make.wait(60)


def answers(url: str) -> bool:
    with suppress(OSError):
        return bool(urllib.request.urlopen(url, timeout=2).status == 200)
    return False
