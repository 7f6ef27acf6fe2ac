"""The movable clock: real time plus the offset in CLOCK_FILE, which the product reads too."""

import time
from datetime import UTC, datetime


class Clock:
    def __init__(self, path: str | None = None):
        self.path = path

    def offset(self) -> float:
        # Read anew each time: eight microseconds, and a test that moves the clock is believed on its very next call.
        if not self.path:
            return 0.0
        try:
            with open(self.path, "rb") as file:
                return float(file.read() or 0)
        except (OSError, ValueError):
            return 0.0

    def now(self) -> float:
        return time.time() + self.offset()


def moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def iso(seconds: float | None) -> str | None:
    """2026-11-22T18:00:00.000Z, the form most platforms write."""
    if seconds is None:
        return None
    return moment(seconds).isoformat(timespec="milliseconds").replace("+00:00", "Z")
