"""Waiting for what workers and platforms do in their own time."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PAUSE = 0.5


def until(what: str, look: Callable[[], T], seconds: float = 90) -> T:
    """The first answer that is not empty. Asked again and again; after so long it is a failure."""
    deadline = time.monotonic() + seconds
    while True:
        answer = look()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"Waited {seconds:.0f} s in vain until {what}.")
        time.sleep(PAUSE)
