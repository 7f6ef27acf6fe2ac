"""Where the kernel does not end orphans for us (macOS), the next start does: by number and time of birth."""

import json
import os
import signal
import subprocess
from collections.abc import Iterable
from pathlib import Path

from advocacy.up.places import write_whole

FILE = "processes.json"


def birth(pid: int) -> str:
    """When that process was born, as `ps` writes it; empty when there is none. A number alone may be reused."""
    asked = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return asked.stdout.strip()


def remember(data: Path, running: Iterable[int]) -> None:
    write_whole(data / FILE, json.dumps({str(pid): birth(pid) for pid in running}))


def stop_leftovers(data: Path) -> int:
    """Ends what an earlier, killed run left behind; returns how many there were."""
    path = data / FILE
    try:
        kept = {int(pid): str(born) for pid, born in json.loads(path.read_text()).items()}
    except (OSError, ValueError, AttributeError):
        return 0
    ended = 0
    for pid, born in kept.items():
        if born and birth(pid) == born:
            os.killpg(pid, signal.SIGTERM)
            ended += 1
    path.unlink(missing_ok=True)
    return ended
