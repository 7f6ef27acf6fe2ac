"""Tables from other programs and for them."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from core.csvfiles import FORMULA, NotATable, neutral, plain, read_csv, write_csv
from core.sheets import is_sheet, read_sheet, write_sheet

CELLS = st.text(alphabet="aü=+-@';,\"\n ", max_size=12).map(str.strip)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5))
def test_what_we_write_is_read_again_and_nothing_in_it_is_calculated(rows):
    written = write_csv([["title", "words"], *rows])
    cells = read_csv(written)[1:]
    assert not any(cell.startswith(FORMULA) for row in cells for cell in row)
    kept = [row for row in rows]
    while kept and not any(kept[-1]):
        kept.pop()
    assert [[plain(cell) for cell in row] for row in cells] == [[plain(neutral(cell)) for cell in row] for row in kept]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_usual_encoding_and_separator_is_understood(encoding, separator):
    assert read_csv(f"title{separator}words\r\nBäckerei{separator}Brot\r\n".encode(encoding))[1] == ["Bäckerei", "Brot"]


@pytest.mark.parametrize("content", [b"a\x00b", b"title\n" + b"x" * 30_000, b"title\n" * 5003, b"x" * 5_000_001])
def test_what_is_no_table_is_refused_in_a_sentence(content):
    with pytest.raises(NotATable) as caught:
        read_csv(content)
    assert caught.value.sentence.endswith(".")


def test_a_spreadsheet_comes_back_as_it_went():
    content = write_sheet("Stories", [["title"], ["=1+1"], ["Bäckerei"]])
    assert is_sheet(content) and [plain(row[0]) for row in read_sheet(content)] == ["title", "=1+1", "Bäckerei"]


def test_a_formula_is_read_as_the_text_it_is():
    book, out = Workbook(), io.BytesIO()
    book.active.append(["title"])
    book.active.append(['=HYPERLINK("https://evil.example")'])
    book.save(out)
    assert read_sheet(out.getvalue())[1][0].startswith("=HYPERLINK")


def test_a_broken_or_swollen_spreadsheet_is_refused():
    swollen = io.BytesIO()
    with zipfile.ZipFile(swollen, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 70_000_000)
    for content in (b"PK\x03\x04nothing", swollen.getvalue()):
        with pytest.raises(NotATable):
            read_sheet(content)
