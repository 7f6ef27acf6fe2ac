"""A pack made in a test, unpacked into a folder."""

import csv
import io
import subprocess
import zipfile
from pathlib import Path

from guidelines import actions, archive
from guidelines.models import Pack
from tests.guidelines.conftest import AT


def asked(hana, *, at=AT, day=None, **more) -> Pack:
    return actions.ask_pack(actor=hana, day=day or at.date(), at=at, **more)


def made(pack: Pack, *, at=AT, most: int = 200) -> Pack:
    """To its end."""
    for _ in range(most):
        if not actions.make_piece(at=at):
            break
    pack.refresh_from_db()
    return pack


def unpacked(pack: Pack, into: Path) -> Path:
    into.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive.folder_of(pack.pk) / archive.ZIP) as file:
        file.extractall(into)
    (folder,) = into.iterdir()  # one of its own
    return folder


def table(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / name).read_text(encoding="utf-8-sig"))))


def summed(folder: Path) -> subprocess.CompletedProcess[str]:
    """The documented command, in front of the folder alone."""
    command = ["sha256sum", "-c", "manifest.sha256"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
