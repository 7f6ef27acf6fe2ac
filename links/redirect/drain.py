"""From the spool to the table: judges each line, writes a batch, and only then removes the files it came from.

Killed at any point, it or another finds the same files again; the ids in them make the second time the same as the
first. While the database is away the judged rows wait on disk, and say nothing of the visitor any more.
"""

import contextlib
import fcntl
import logging
import os
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

from links.redirect import lines, spool
from links.redirect.database import AWAY
from links.redirect.days import Days
from links.redirect.lines import JUDGED, OWN_NETWORK, ROBOT, Line, Row
from links.redirect.robots import Haste, is_robot

log = logging.getLogger(__name__)

FILES = 8  # a batch: some ten thousand clicks at most
IDLE = 0.2
REST = 1.0  # seconds the database is left alone after a failure

Write = Callable[[Sequence[Row]], None]
Read = TypeVar("Read", Line, Row)


class Claimed(NamedTuple):
    """A finished file, locked by us so that a second drainer leaves it alone."""

    path: Path
    file: int


class Drainer:
    def __init__(self, folder: Path, *, days: Days, write: Write) -> None:
        self.folder = folder
        self._days, self._write = days, write
        self._haste = Haste()
        self._away_until = 0.0

    def turn(self) -> int:
        """Drain one batch of new clicks, then one that had to wait. Answers how many clicks it has seen."""
        return self._drain_new() + self._drain_kept()

    def forget_old(self, at: datetime) -> None:
        """Also while nobody comes: of visitors nothing is remembered longer than docs/short-links.md says."""
        self._days.forget_old()
        self._haste.forget_old(at)

    def _drain_new(self) -> int:
        with self._claim(spool.FINISHED) as claimed:
            found = [line for one in claimed for line in read(one, lines.decode)]
            rows = self.judge(found)
            if rows and not self._written(rows):
                self._keep(rows)
            remove(claimed)
        return len(rows)

    def _drain_kept(self) -> int:
        if time.monotonic() < self._away_until:
            return 0
        with self._claim(spool.ROWS) as claimed:
            rows = [row for one in claimed for row in read(one, lines.decode_row)]
            if rows and not self._written(rows):
                return 0
            remove(claimed)
        return len(rows)

    def _written(self, rows: Sequence[Row]) -> bool:
        if time.monotonic() < self._away_until:
            return False
        try:
            self._write(rows)
        except AWAY as error:
            log.warning("%s clicks wait on disk: %s", len(rows), type(error).__name__)
            self._away_until = time.monotonic() + REST
            return False
        return True

    def judge(self, found: Sequence[Line]) -> list[Row]:
        """Who is a robot, and whose first visit of the day it is. Robots are no visitors and ask nobody."""
        robots = [self._is_robot(line) for line in found]
        people = [line for line, robot in zip(found, robots, strict=True) if not robot]
        first = self._days.first(people)
        return [
            Row(line.link_id, line.at, not robot and line.id in first, robot, bool(line.flags & OWN_NETWORK), line.id)
            for line, robot in zip(found, robots, strict=True)
        ]

    def _is_robot(self, line: Line) -> bool:
        hasty = self._haste.notice(line.visitor, line.link_id, line.at)
        return hasty or bool(line.flags & ROBOT) or not line.flags & JUDGED and is_robot(line.agent)

    def _keep(self, rows: Sequence[Row]) -> None:
        """Whole or not at all: the name comes last, and the files the rows came from go after it."""
        name = self.folder / f"{rows[0].id:x}-{secrets.token_hex(4)}"
        new = name.with_suffix(spool.NEW)
        new.touch(mode=0o600)
        new.write_text("".join(map(lines.encode_row, rows)), encoding="ascii")
        new.rename(name.with_suffix(spool.ROWS))

    @contextlib.contextmanager
    def _claim(self, suffix: str) -> Iterator[list[Claimed]]:
        claimed: list[Claimed] = []
        try:
            for path in spool.waiting(self.folder):
                if path.suffix == suffix and len(claimed) < FILES and (one := lock(path)):
                    claimed.append(one)
            yield claimed
        finally:
            for one in claimed:
                os.close(one.file)


def lock(path: Path) -> Claimed | None:
    """None while its process still writes to it, or another drainer has it or was quicker."""
    try:
        file = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    if os.fstat(file).st_nlink == 0:  # drained between our look and our lock
        os.close(file)
        return None
    return Claimed(path, file)


def read(claimed: Claimed, decode: Callable[[str], Read | None]) -> Iterator[Read]:
    for text in claimed.path.read_text(encoding="utf-8", errors="replace").split("\n"):
        if found := decode(text):
            yield found


def remove(claimed: Sequence[Claimed]) -> None:
    for one in claimed:
        one.path.unlink(missing_ok=True)


@contextlib.contextmanager
def alone(folder: Path, stopping: Sequence[int] = ()) -> Iterator[int]:
    """Wait until no other drainer works here, or we are asked to stop; our file, to be touched as a sign of life."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(folder / spool.DRAINER, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        while not stopping:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(IDLE)
        yield file
    finally:
        os.close(file)
