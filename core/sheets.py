"""The one door to .xlsx files. Formulas are read as the text they are, and never calculated."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook

from core.csvfiles import MOST_ROWS, NotATable, fitting, neutral, refuse_large

BEGINS = b"PK\x03\x04"
LARGEST_UNPACKED = 60_000_000
MOST_COLUMNS = 100


def is_sheet(content: bytes) -> bool:
    return content.startswith(BEGINS)


def read_sheet(content: bytes) -> list[list[str]]:
    """All lines of the first sheet. Raises NotATable."""
    refuse_large(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > LARGEST_UNPACKED:
            raise NotATable(_("This file unpacks to more than we take. Please split it."))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        rows = book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)
        return fitting([written(cell) for cell in row] for row in rows)
    except NotATable:
        raise
    except Exception as error:  # the reader raises whatever it likes over damaged or hostile files
        raise NotATable(_("This file cannot be read as a spreadsheet. Please save it as .xlsx or CSV.")) from error


def written(cell: object) -> str:
    if cell is None:
        return ""
    return cell.strftime("%Y-%m-%d %H:%M") if isinstance(cell, datetime) else str(cell)


def write_sheet(title: str, rows: Iterable[Sequence[object]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append([neutral(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
