"""Clicks of one process, written by one thread in batches.

The thread that answers waits for its batch, but not for long: in normal running a click is in the database before the
visitor is sent on, so that a killed process loses nothing it had answered; and a slow database delays nobody.
"""

import atexit
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from links.redirect.database import AWAY
from links.redirect.days import Visit
from links.redirect.spill import Row, Spill

log = logging.getLogger(__name__)

PATIENCE = 0.008  # seconds an answer waits for its batch
SWITCH = 0.001  # seconds after which a busy thread makes room: with Python's five, the writer comes last each time
GATHER = 0.003  # seconds a busy writer waits for company: fewer commits, more room for answers
AWAY_GATHER = 0.25  # the same while the database is away, so that it is asked, and the log told, now and then
BUSY = 4  # clicks in the last batch from which on it does
REPLAY_EVERY = 5.0
LAST_WORDS = 2.0  # seconds a stopping process waits for each of its last two batches
WAITING_LIMIT = 20_000  # clicks held while a batch is being written


class Arrival(NamedTuple):
    """A click as it came in. `visitor` lives no longer than this batch."""

    link_id: int
    group: str
    at: datetime
    robot: bool
    own_network: bool
    visitor: str


class Batch:
    def __init__(self) -> None:
        self.arrivals: list[Arrival] = []
        self.settled = threading.Event()


First = Callable[..., list[bool]]
Write = Callable[[Sequence[Row]], None]
Replay = Callable[[], int]


def as_rows(arrivals: Sequence[Arrival], first: First) -> list[Row]:
    """Decide which visits are the first of their day. Robots are no visitors and ask nobody."""
    people = [one for one in arrivals if not one.robot]
    visits: list[Visit] = [(one.group, one.visitor) for one in people]
    answers = iter(first(visits, at=people[-1].at) if people else [])
    return [Row(one.link_id, one.at, not one.robot and next(answers), one.robot, one.own_network) for one in arrivals]


class Collector:
    def __init__(self, *, first: First, write: Write, replay: Replay, spill: Spill) -> None:
        self._first, self._write, self._replay, self._spill = first, write, replay, spill
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._open = self._under_way = Batch()
        self._replay_at = 0.0
        self._process = 0
        self._stopping = False
        self._away = False

    def take(self, arrival: Arrival, patience: float = PATIENCE) -> bool:
        """Hand in a click and wait for its batch. False when the answer should not wait any longer."""
        if self._process != os.getpid():
            self._start()
        with self._lock:
            batch = self._open
            if len(batch.arrivals) >= WAITING_LIMIT:
                log.error("click lost: the database does not keep up")
                return False
            batch.arrivals.append(arrival)
            if len(batch.arrivals) == 1:
                self._wake.set()
        return batch.settled.wait(patience)

    def _start(self) -> None:
        # Not when made: a thread does not survive the fork of a web server.
        with self._lock:
            if self._process == os.getpid():
                return
            self._process = os.getpid()
            self._open, self._wake = Batch(), threading.Event()
            sys.setswitchinterval(SWITCH)
            threading.Thread(target=self._work, name="clicks", daemon=True).start()
            atexit.register(self.close)

    def _work(self) -> None:
        last = 0
        while True:
            self._wake.wait(REPLAY_EVERY)
            if not self._stopping:
                time.sleep(AWAY_GATHER if self._away else GATHER if last >= BUSY else 0)
            last = self._turn()

    def _turn(self) -> int:
        with self._lock:
            batch = self._under_way = self._open
            self._open = Batch()
            self._wake.clear()
        try:
            self.settle(batch.arrivals)
            self.replay_sometimes()
        except Exception:  # the thread must outlive whatever one batch brings
            log.exception("clicks lost: %s", len(batch.arrivals))
        batch.settled.set()
        return len(batch.arrivals)

    def settle(self, arrivals: Sequence[Arrival]) -> None:
        """Write them, or keep them on disk while the database is away."""
        if not arrivals:
            return
        rows = as_rows(arrivals, self._first)
        try:
            self._write(rows)
            self._away = False
        except AWAY as error:
            self._away = True
            log.warning("%s clicks kept on disk: %s", len(rows), type(error).__name__)
            self._spill.keep(rows)

    def replay_sometimes(self) -> None:
        now = time.monotonic()
        if now < self._replay_at:
            return
        self._replay_at = now + REPLAY_EVERY
        if not self._spill.files():
            return
        try:
            log.warning("%s kept clicks written", self._replay())
        except AWAY as error:
            log.warning("kept clicks stay on disk: %s", type(error).__name__)

    def close(self) -> None:
        """Write what is still there; a web server calls this on its way out."""
        self._stopping = True
        with self._lock:
            batches = (self._under_way, self._open)
            self._wake.set()
        for batch in batches:
            if batch.arrivals:
                batch.settled.wait(LAST_WORDS)
