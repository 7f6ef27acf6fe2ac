"""Tables as people keep them: CSV of any program, in any of the usual encodings, and the other way round."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

LARGEST = 5_000_000
MOST_ROWS = 5000
LONGEST_CELL = 20_000
SEPARATORS = ";,\t"
# What a spreadsheet program takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class NotATable(Exception):
    """What was sent cannot be read; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read_csv(content: bytes) -> list[list[str]]:
    """All lines, the first with the names of the columns. Raises NotATable."""
    refuse_large(content)
    text = decoded(content)
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        raise NotATable(_("This file cannot be read as CSV. Please save it as CSV once more.")) from None
    return fitting(rows)


def refuse_large(content: bytes) -> None:
    if len(content) > LARGEST:
        raise NotATable(_("This file is larger than 5 MB. Please split it."))


def decoded(content: bytes) -> str:
    """UTF-8, UTF-16 where it says so, else as Windows writes it, in which every byte is some letter."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", "replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", "replace")
    if "\x00" in text:
        raise NotATable(_("This file is no table. CSV and .xlsx can be read."))
    return text


def fitting(rows: Iterable[Sequence[str]]) -> list[list[str]]:
    """Without empty lines at the end; refused where there are too many lines or a cell is endless."""
    kept = [[str(cell).strip() for cell in row] for row in rows]
    while kept and not any(kept[-1]):
        kept.pop()
    if len(kept) > MOST_ROWS + 1:
        raise NotATable(_("This file has more than 5,000 lines. Please split it."))
    if any(len(cell) > LONGEST_CELL for row in kept for cell in row):
        raise NotATable(_("One cell holds more than 20,000 characters. Please shorten it."))
    return kept


def write_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """With the mark that tells spreadsheet programs that it is UTF-8, and without anything they would calculate."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([neutral(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def neutral(cell: object) -> str:
    """An apostrophe before what a program would take for a formula: it then shows it as it stands."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def plain(cell: str) -> str:
    """The other way round, of what we wrote ourselves."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell
