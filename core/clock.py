"""The one clock. Everything that asks what time it is asks here.

In development and tests a file named by CLOCK_FILE holds the seconds to add to the real time. The sandbox
platforms read the same file, so sixty-day tokens and sixty-second waits pass in an instant on both sides.
"""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

_own_offset = 0.0


def now() -> datetime:
    """The present moment, aware and in UTC."""
    moment, ahead = datetime.now(UTC), offset()
    return moment + timedelta(seconds=ahead) if ahead else moment


def today_utc() -> date:
    return now().date()


def offset() -> float:
    """Seconds this clock is ahead of the real one; 0.0 in production."""
    name = os.environ.get("CLOCK_FILE")
    if not name:
        return _own_offset
    # Read each time: remembering by modification time misses two writes within one tick of the file system.
    try:
        return float(Path(name).read_text() or 0)
    except (FileNotFoundError, ValueError):
        return 0.0


def set_offset(seconds: float) -> None:
    global _own_offset
    name = os.environ.get("CLOCK_FILE")
    if not name:
        _own_offset = seconds
        return
    # Written beside and renamed, so that no reader ever sees half a number.
    beside = Path(f"{name}.{os.getpid()}")
    beside.write_text(f"{seconds!r}\n")
    beside.replace(name)


def advance(seconds: float) -> None:
    set_offset(offset() + seconds)
