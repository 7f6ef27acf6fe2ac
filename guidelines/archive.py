"""Files of a pack on the disk: written beside and renamed, hashed on the way, gathered into a ZIP as they stream by.
Knows no table."""

import csv
import hashlib
import io
import os
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from django.conf import settings

from core.csvfiles import neutral

FOLDER = "packs"  # of DATA_DIR
ZIP = "pack.zip"
BLOCK = 1 << 20
# Every entry has it, so that a pack made again of the same files is the same file.
MOMENT = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Kept:
    """One written file. `name` is its path inside the archive's folder."""

    name: str
    bytes: int
    sha256: str
    rows: int = 0
    faults: int = 0  # rows that do not fit their digest in the audit trail

    @property
    def as_data(self) -> dict[str, Any]:
        return asdict(self)


class Differs(Exception):
    """A file is no longer as it was written."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def folder_of(pack_id: int) -> Path:
    return Path(settings.DATA_DIR) / FOLDER / str(pack_id)


class Hashing(io.RawIOBase):
    """What is written passes through a SHA-256 into a file."""

    def __init__(self, into: BinaryIO) -> None:
        self.into, self.sha, self.count = into, hashlib.sha256(), 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.sha.update(data)
        self.count += len(data)
        self.into.write(data)
        return len(data)


class Draft:
    """A file that nobody sees until `keep`: whoever made the same one meanwhile is not disturbed."""

    def __init__(self, folder: Path, name: str) -> None:
        self.target, self.name, self.rows = folder / "files" / name, name, 0
        self.beside = folder / f"{uuid4().hex}.part"

    def write(self, content: bytes) -> Kept:
        def fill(out: Hashing) -> int:
            out.write(content)
            return 0

        return self._fill(fill)

    def write_table(self, header: Sequence[str], lines: Iterable[Sequence[object]]) -> Kept:
        """CSV as spreadsheet programs read it, and nothing in it that they would calculate."""

        def fill(out: Hashing) -> int:
            text = io.TextIOWrapper(io.BufferedWriter(out, BLOCK), "utf-8-sig", newline="", write_through=False)
            table, rows = csv.writer(text), 0
            table.writerow(header)
            for rows, line in enumerate(lines, 1):  # noqa: B007
                table.writerow([neutral(cell) for cell in line])
            text.flush()
            text.detach().detach()
            return rows

        return self._fill(fill)

    def _fill(self, fill: Callable[[Hashing], int]) -> Kept:
        self.beside.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self.beside.open("wb") as file:
            out = Hashing(file)
            rows = fill(out)
            file.flush()
            os.fsync(file.fileno())
        return Kept(self.name, out.count, out.sha.hexdigest(), rows)

    def keep(self) -> None:
        self.target.parent.mkdir(parents=True, exist_ok=True)
        self.beside.replace(self.target)

    def drop(self) -> None:
        self.beside.unlink(missing_ok=True)


@contextmanager
def draft(pack_id: int, name: str) -> Iterator[Draft]:
    made = Draft(folder_of(pack_id), name)
    try:
        yield made
    finally:
        made.drop()


def still_there(pack_id: int, kept: Kept) -> bool:
    """With as many bytes as were written; whether they are the same is asked when they go into the archive."""
    try:
        return (folder_of(pack_id) / "files" / kept.name).stat().st_size == kept.bytes
    except OSError:
        return False


def gather(pack_id: int, files: Iterable[Kept], inside: str) -> int:
    """Into one ZIP, under the folder `inside`; each file read once and compared with its hash. Its size. Raises
    Differs."""
    folder = folder_of(pack_id)
    beside = folder / f"{uuid4().hex}.part"
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for kept in files:
                _add(archive, f"{inside}/{kept.name}", folder / "files" / kept.name, kept)
        beside.replace(folder / ZIP)
    finally:
        beside.unlink(missing_ok=True)
    shutil.rmtree(folder / "files", ignore_errors=True)
    return (folder / ZIP).stat().st_size


def _add(archive: zipfile.ZipFile, name: str, path: Path, kept: Kept) -> None:
    entry = zipfile.ZipInfo(name, MOMENT)
    entry.compress_type, entry.external_attr, sha = zipfile.ZIP_DEFLATED, 0o644 << 16, hashlib.sha256()
    try:
        with path.open("rb") as file, archive.open(entry, "w") as out:
            while block := file.read(BLOCK):
                sha.update(block)
                out.write(block)
    except FileNotFoundError:
        raise Differs(kept.name) from None
    if sha.hexdigest() != kept.sha256:
        raise Differs(kept.name)


def clear(pack_id: int) -> None:
    shutil.rmtree(folder_of(pack_id), ignore_errors=True)


def clear_pieces(pack_id: int) -> None:
    """Of a pack that is ready, what a worker that was lost has left."""
    shutil.rmtree(folder_of(pack_id) / "files", ignore_errors=True)
    for one in folder_of(pack_id).glob("*.part"):
        one.unlink(missing_ok=True)


def folders() -> list[int]:
    """Numbers of the packs that have files here."""
    root = Path(settings.DATA_DIR) / FOLDER
    return [int(one.name) for one in root.iterdir() if one.name.isdecimal()] if root.is_dir() else []
