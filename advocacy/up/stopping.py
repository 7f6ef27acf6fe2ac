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


class Hurry:
    """Set by the second signal: whoever waits for a process to finish then ends it at once."""

    asked = False


def no_more_signals() -> None:
    """From here on a signal interrupts nothing: called before stopping, so that nothing is forgotten."""
    for each in ASKED:
        signal.signal(each, lambda number, frame: setattr(Hurry, "asked", True))


@contextmanager
def signals_raise() -> Iterator[None]:
    """Inside, the first signal raises; a later one only makes stopping quicker, never incomplete."""

    def first(number: int, _: FrameType | None) -> None:
        no_more_signals()
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
