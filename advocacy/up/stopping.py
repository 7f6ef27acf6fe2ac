"""INT, TERM and HUP all mean the same here: stop what was started, in order, and leave nothing."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ASKED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class AskedToStop(BaseException):
    """Raised out of whatever we are doing. Not an Exception, so that no handler takes it for a failure."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def signals_raise() -> Iterator[None]:
    """Inside, the first signal raises; later ones are ignored so that stopping is never cut short half way."""

    def first(number: int, _: FrameType | None) -> None:
        for each in ASKED:
            signal.signal(each, signal.SIG_IGN)
        raise AskedToStop(number)

    before = {each: signal.signal(each, first) for each in ASKED}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def say(text: str = "") -> None:
    """A terminal that was closed is no reason to leave processes behind."""
    try:
        print(text, flush=True)
    except OSError:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, sys.stdout.fileno())
