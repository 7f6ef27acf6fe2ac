"""The clicks of one web process, appended to a file of its own before each answer.

The kernel holds what was written, so that a killed process loses nothing it has answered. Nothing is forced to the
disk: a machine that loses its power may lose the clicks of its last half minute, and no more than that.

A file belongs to its process for as long as the lock on it is held; the kernel lets go of it when the process ends,
however it ends. What nobody locks is finished, and the drainer's. A file is finished a second after its first line, or
when it is full, so that neither side ever waits for the other.
"""

import fcntl
import logging
import os
import secrets
import threading
import time
from pathlib import Path

log = logging.getLogger(__name__)

FILE_LIMIT = 256 * 1024
FOLDER_LIMIT = 1024 * 1024 * 1024  # some six million clicks; a full disk would stop more than this
FOLDER = "spool"  # of DATA_DIR
NEW, FINISHED, ROWS = ".new", ".clicks", ".rows"
DRAINER = "drainer"  # locked by the drainer, and touched by it each second
STILL = 15.0  # seconds after which a drainer that shows no sign is not waited for with anything that says who


class Spool:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._file: int | None = None
        self._size = 0
        self._full = False
        self._sign: tuple[float, float] = (0.0, time.monotonic())
        self.drained = True

    def append(self, line: bytes) -> bool:
        """False when the disk refused: the visitor is sent on all the same."""
        with self._lock:
            try:
                return self._append(line)
            except OSError as error:
                log.error("click lost: %s", error.strerror)
                self._finish()
                return False

    def _append(self, line: bytes) -> bool:
        if self._full:
            raise OSError(0, "the folder of waiting clicks is full")
        file = self._open() if self._file is None else self._file
        written = os.write(file, line)
        if written != len(line):
            os.ftruncate(file, self._size)  # nobody else writes here; half a line would spoil the next
            raise OSError(0, "the disk is full")
        self._size += written
        if self._size >= FILE_LIMIT:
            self._finish()
        return True

    def _open(self) -> int:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = self.folder / f"{os.getpid()}-{secrets.token_hex(8)}"
        # Locked before it has the name the drainer looks for: else it might be taken for finished.
        file = os.open(name.with_suffix(NEW), os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600)
        fcntl.flock(file, fcntl.LOCK_EX)
        os.rename(name.with_suffix(NEW), name.with_suffix(FINISHED))
        self._file, self._size = file, 0
        return file

    def finish(self) -> None:
        """Let the drainer have what there is. The next click begins a file of its own."""
        with self._lock:
            self._finish()

    def _finish(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def look(self) -> None:
        """Is there room, and does the drainer show itself? Called now and then, not for each click."""
        self._full = size(self.folder) > FOLDER_LIMIT
        now = time.monotonic()
        sign = last_sign(self.folder)
        if sign != self._sign[0]:
            self._sign = (sign, now)
        self.drained = now - self._sign[1] < STILL


def last_sign(folder: Path) -> float:
    try:
        return (folder / DRAINER).stat().st_mtime
    except OSError:
        return 0.0


def waiting(folder: Path) -> list[Path]:
    """Files with clicks that are not in the table yet."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix in (FINISHED, ROWS))
    except FileNotFoundError:
        return []


def size(folder: Path) -> int:
    total = 0
    for path in waiting(folder):
        try:
            total += path.stat().st_size
        except FileNotFoundError:  # drained meanwhile
            continue
    return total
