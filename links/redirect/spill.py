"""Clicks that could not be written are kept in DATA_DIR until the database is back, then written exactly once.

A line is a click as the table holds it: link, moment, first of the day, robot, own network. Never who.
"""

import fcntl
import json
import logging
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

log = logging.getLogger(__name__)

FILE_LIMIT = 512 * 1024
TOTAL_LIMIT = 64 * 1024 * 1024  # about a million clicks
FRESH, CLAIMED = ".clicks", ".replay"


class Row(NamedTuple):
    """A click as the table holds it."""

    link_id: int
    at: datetime
    first_today: bool
    robot: bool
    own_network: bool


class Spill:
    """A folder of small files. Each process writes files of its own and replays anybody's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file: Path | None = None

    def keep(self, rows: Iterable[Row]) -> int:
        """Append rows; answers how many had to be dropped, because the folder is full or the disk is."""
        lines = [json.dumps([row[0], row[1].isoformat(), *map(int, row[2:])]) for row in rows]
        try:
            while not self._append("\n".join(lines) + "\n"):
                self._file = None
        except OSError as error:
            log.error("clicks lost, %s: %s", len(lines), error)
            return len(lines)
        return 0

    def _append(self, text: str) -> bool:
        """False when somebody has claimed the file since; what came later would never be read."""
        path = self._file or self._next()
        try:
            with open(path, "r+", encoding="ascii") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                if not path.exists():
                    return False
                size = file.seek(0, os.SEEK_END)
                file.write(text)
        except FileNotFoundError:
            return False
        self._file = path if size + len(text) < FILE_LIMIT else None
        return True

    def _next(self) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.size() > TOTAL_LIMIT:
            raise OSError("the folder of kept clicks is full")
        path = self.folder / f"{os.getpid()}-{secrets.token_hex(8)}{FRESH}"
        path.touch(exist_ok=False)
        return path

    def files(self) -> list[Path]:
        try:
            return sorted(path for path in self.folder.iterdir() if path.suffix in (FRESH, CLAIMED))
        except FileNotFoundError:
            return []

    def size(self) -> int:
        total = 0
        for path in self.files():
            try:
                total += path.stat().st_size
            except FileNotFoundError:  # replayed meanwhile
                continue
        return total

    def replay(self, write: Callable[[str, list[Row]], None]) -> int:
        """Hand each file to `write(name, rows)`, which must be safe to repeat for one name; then remove it."""
        done = 0
        for path in self.files():
            claimed = self._claim(path)
            if claimed is None:
                continue
            rows = list(read(claimed))
            write(claimed.stem, rows)
            claimed.unlink(missing_ok=True)
            done += len(rows)
        return done

    def _claim(self, path: Path) -> Path | None:
        """Renamed first, so that its writer starts another one. What a killed process had claimed is taken over."""
        claimed = path.with_suffix(CLAIMED)
        try:
            with open(path, "rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                return path.rename(claimed)
        except FileNotFoundError:
            return None


def read(path: Path) -> Iterator[Row]:
    """A last line that a kill cut short is left out."""
    try:
        lines = path.read_text(encoding="ascii").split("\n")
    except FileNotFoundError:
        return
    for line in lines:
        try:
            link_id, at, *flags = json.loads(line)
            yield Row(link_id, datetime.fromisoformat(at), *map(bool, flags))
        except (ValueError, TypeError):
            continue
