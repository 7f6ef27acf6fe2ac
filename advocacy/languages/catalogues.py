"""The catalogues in `locale/`: read, brought up to date with the code, compiled. Django is not needed for any of it."""

import os
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from advocacy.languages.checks import is_missing
from advocacy.up.places import ROOT

LOCALE = ROOT / "locale"
NAME = Path("LC_MESSAGES") / "django.po"
HEADER = """# Advocacy in {language}.
# `make messages` brings this file up to date with the code; docs/languages.md says how we translate."""


def ours() -> list[Path]:
    return sorted(LOCALE.glob(f"*/{NAME}"))


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name, domain="django", abort_invalid=True)


def kept(path: Path) -> Catalog:
    """To look at and never to change: read once for as long as the file stays as it is."""
    return _kept(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _kept(path: Path, changed: int) -> Catalog:
    return read(path)


def write(catalogue: Catalog, path: Path) -> None:
    file = BytesIO()
    write_po(file, catalogue, width=110, ignore_obsolete=True, include_lineno=False)
    replace(path, file.getvalue())


def update(path: Path, template: Catalog) -> Catalog:
    """Translations stay, new strings come without one, what the code no longer says goes. Nothing is guessed: a
    sentence that was changed has to be read again."""
    catalogue = read(path)
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.header_comment = HEADER.format(language=catalogue.locale.english_name if catalogue.locale else "")
    write(catalogue, path)
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    for message in catalogue:
        if message.id and is_missing(message):
            message.string = ""  # plural forms that are all empty would be shown as nothing, instead of in English
    file = BytesIO()
    write_mo(file, catalogue, use_fuzzy=False)
    return file.getvalue()


def stale() -> Iterator[Path]:
    for path in ours():
        made = path.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime < path.stat().st_mtime:
            yield path


def compile_stale() -> int:
    """What `make run`, tests and containers do before anything else; a few milliseconds when there is nothing to do."""
    done = 0
    for path in stale():
        replace(path.with_suffix(".mo"), compiled(read(path)))
        done += 1
    return done


def replace(path: Path, content: bytes) -> None:
    """Whole or not at all: two processes may do this at once, and others read meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(name, 0o644)
    os.replace(name, path)
