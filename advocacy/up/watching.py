"""Keeps programs running: one that ends is started again, later each time; one that keeps ending stops all."""

import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from advocacy.up.children import Child
from advocacy.up.errors import CannotStart
from advocacy.up.leftovers import remember
from advocacy.up.stopping import say

STEADY_SECONDS = 10.0
MOST_QUICK_ENDS = 5
FIRST_PAUSE = 0.5
LOOK_EVERY = 0.1


@dataclass
class Watched:
    """`patient` starts it again however often it ends: somebody kills it on purpose."""

    child: Child
    patient: bool = False
    quick_ends: int = 0
    start_at: float | None = None

    def look(self) -> bool:
        """One look: notices that it has ended; starts it again when its time has come, which is then True."""
        if self.start_at is not None:
            if time.monotonic() >= self.start_at:
                self.start_at = None
                self.child.start()
                return True
            return False
        if not self.child.ended():
            return False
        self.quick_ends = self.quick_ends + 1 if self.child.age() < STEADY_SECONDS and not self.patient else 1
        if self.quick_ends >= MOST_QUICK_ENDS:
            raise CannotStart(
                f"{self.child.name} ended {self.quick_ends} times in a row, so everything is stopped. "
                f"Its last lines, from {self.child.log}:\n{self.child.last_lines()}"
            )
        pause = FIRST_PAUSE * 2 ** (self.quick_ends - 1)
        say(f"{self.child.name} has ended and is started again in {pause:g} s. Its log: {self.child.log}")
        self.child.signal_group(signal.SIGKILL)
        self.start_at = time.monotonic() + pause
        return False


class Programs:
    def __init__(
        self, children: Sequence[Child], servers: Sequence[Child], data: Path, *, patient: bool = False
    ) -> None:
        self.children = list(children)
        self.data = data
        self.watched = [Watched(child, patient) for child in (*servers, *children)]

    def start(self, *names: str) -> None:
        """Start those that do not run yet; only the named ones, if any are named."""
        for child in self.children:
            if child.process is None and (not names or child.name in names):
                child.start()
        self.note_processes()

    def note_processes(self) -> None:
        remember(self.data, [each.child.pid for each in self.watched if not each.child.ended()])

    def watch_until(self, done: Callable[[], bool]) -> None:
        while not done():
            if any([each.look() for each in self.watched]):
                self.note_processes()
            time.sleep(LOOK_EVERY)

    def stop(self) -> None:
        """Asks in the order web, beat, worker, sandbox: each can still finish what it has in hand."""
        for child in reversed(self.children):
            child.stop()
