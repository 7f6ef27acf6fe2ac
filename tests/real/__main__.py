"""python -m tests.real: installs a real Bluesky server, starts it, runs the connector contract against it, then lets a
member connect by its consent page in a real browser, and stops it.

With ADVOCACY_REAL_BSKY and ADVOCACY_REAL_PLC set, the servers at those addresses are used and left running.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
HOME = ROOT / ".data" / "real-bluesky"  # kept between runs, whatever data the rest of the run uses
PYTEST = ["-m", "pytest", "-q", "-p", "no:xdist"]
CONTRACT = [*PYTEST, "tests/contract", "-k", "real-bluesky"]
CONSENT = [*PYTEST, "tests/real/consent.py"]


def main() -> int:
    if os.environ.get("ADVOCACY_REAL_BSKY"):
        return run()
    missing = [tool for tool in ("node", "npm") if not shutil.which(tool)]
    if missing:
        print(f"test-real needs {' and '.join(missing)} on the path (Node 20); nothing was run.", file=sys.stderr)
        return 1
    install()
    with running_server() as (pds, plc):
        os.environ |= {"ADVOCACY_REAL_BSKY": pds, "ADVOCACY_REAL_PLC": plc}
        return run()


def run() -> int:
    """Whatever holds or does not: both parts are run."""
    failed = False
    for what, how in (("the connector contract, by app password", CONTRACT), ("consent in a browser", CONSENT)):
        done = subprocess.run([sys.executable, *how], cwd=ROOT)
        failed |= bool(done.returncode)
        print(f"test-real: {'failed' if done.returncode else 'ok'}, {what}, on a real Bluesky server", flush=True)
    return int(failed)


def install() -> None:
    """Two minutes and 360 MB the first time, nothing afterwards."""
    HOME.mkdir(parents=True, exist_ok=True)
    wanted = (HERE / "package.json").read_text()
    installed = HOME / "installed.json"
    if not installed.exists() or installed.read_text() != wanted:
        print("test-real: installing the server, about two minutes …", flush=True)
        (HOME / "package.json").write_text(wanted)
        npm("install", "--no-audit", "--no-fund")
        # Some npm settings hold install scripts back; the SQLite binding is of no use without its own.
        npm("rebuild", "better-sqlite3")
        installed.write_text(wanted)
    shutil.copy(HERE / "serve.mjs", HOME / "serve.mjs")


def npm(*words: str) -> None:
    with (HOME / "npm.log").open("ab") as log:
        done = subprocess.run(["npm", *words], cwd=HOME, stdout=log, stderr=log)
    if done.returncode:
        raise SystemExit(f"test-real: npm {words[0]} failed; {HOME / 'npm.log'} says why.")


@contextlib.contextmanager
def running_server() -> Iterator[tuple[str, str]]:
    """The addresses of the server of accounts and of the directory of identities."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with (HOME / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            ["node", "serve.mjs", str(port)], cwd=HOME, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log
        )
    assert process.stdin and process.stdout
    try:
        for line in process.stdout:
            if line.startswith(b"ready "):
                plc = line.split()[2].decode()
                break
        else:
            raise SystemExit(f"test-real: the server did not start; {HOME / 'serve.log'} says why.")
        yield f"http://localhost:{port}", plc
    finally:
        process.stdin.close()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


if __name__ == "__main__":
    sys.exit(main())
