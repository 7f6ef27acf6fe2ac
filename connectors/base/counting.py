"""How many calls something took: counted where they are made, so that nobody has to guess."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Calls:
    made: int = 0


_counting: ContextVar[Calls | None] = ContextVar("calls", default=None)


@contextmanager
def counted() -> Iterator[Calls]:
    """`with counted() as calls: …; calls.made`: those of this thread, whatever connector made them."""
    calls = Calls()
    token = _counting.set(calls)
    try:
        yield calls
    finally:
        _counting.reset(token)


def note_call() -> None:
    calls = _counting.get()
    if calls is not None:
        calls.made += 1
