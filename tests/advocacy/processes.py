"""Finding the processes of one installation, so that a test sees what it left behind and nothing else."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UP = [sys.executable, "-m", "advocacy.up"]
LEAVE_OUT = {
    *("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ROLE", "REDIS_URL", "EMBEDDED", "SECRET_KEY", "TOKEN_KEYS"),
    *("BASE_URL", "DATA_DIR", "PORT", "HOST", "LOCAL", "DEMO", "SANDBOX", "FIRM"),
}


def environment(**more: str) -> dict[str, str]:
    """Ours without what `make test` set, so that the program under test decides for itself."""
    kept = {name: value for name, value in os.environ.items() if name not in LEAVE_OUT}
    return {**kept, **more}


def living(data: str) -> list[str]:
    """The commands of all processes that work for the installation whose data lie in `data`."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # Servers stand in their data; some of them overwrite their environment with their title.
            stands_there = os.readlink(folder / "cwd").startswith(data)
            if stands_there or f"DATA_DIR={data}\0".encode() in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found


def eventually(true: Callable[[], object], within: float = 15) -> bool:
    deadline = time.monotonic() + within
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def up(*arguments: str, env: dict[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*UP, *arguments],
        env=env,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
