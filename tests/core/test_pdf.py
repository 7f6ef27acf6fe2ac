"""Paper: what comes in as data comes out as its words, in letters of more than one script, tagged."""

import re
import zlib
from datetime import UTC, datetime

import pytest

from core.pdf import make_pdf

AT = datetime(2026, 11, 30, 9, tzinfo=UTC)
DATA = {
    "title": "Receipt", "line": "Speaking online", "firm": "Carter & Sons", "footer": "Receipt 7", "facts": [],
    "notes": [], "check_title": "How to check it", "check": ["Ask HR."],
}  # fmt: skip


def paper(*, language: str = "en", **more) -> bytes:
    return make_pdf("receipt", DATA | more, language=language, at=AT)


def words_of(pdf: bytes) -> str:
    """What a reader copies out of it: the letters behind the glyphs of each text, by the maps that fonts bring."""
    streams = [zlib.decompress(one) for one in re.findall(rb"stream\r?\n(x.*?)\r?\nendstream", pdf, re.S)]
    known: dict[str, str] = {}
    for one in streams:
        for glyph, letters in re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>", one):
            known.setdefault(glyph.decode().upper(), bytes.fromhex(letters.decode()).decode("utf-16-be"))
    return "".join(known.values())


def test_it_is_tagged_and_says_its_language_and_title() -> None:
    made = paper(language="de-AT")
    assert made.startswith(b"%PDF") and b"/StructTreeRoot" in made and b"/Lang(de)" in made
    assert b"pdfuaid:part" in made and b"Receipt" in made


def test_the_same_data_are_the_same_bytes() -> None:
    assert paper() == paper()


MARKUP = '#strong[x] *bold* _em_ $x^2$ = Head #import "x" ${1+1} @ref <label> `raw` \\ // no /* no */ #sys.inputs'


def test_markup_in_a_name_comes_out_as_its_words() -> None:
    """As many letters as were typed: markup would swallow its signs."""
    made = words_of(paper(line=MARKUP))
    assert set('#*_$^=@<>`\\/[]"{}') <= set(made)


@pytest.mark.parametrize("name", ["Ελένη Παπαδοπούλου", "Зоя Щербакова", "Łukasz Żółć", "Nguyễn Thị Ánh"])
def test_letters_beyond_english_come_out(name: str) -> None:
    made = paper(line=name)
    assert b"pdfuaid:part" in made and set(name) - {" "} <= set(words_of(made))


@pytest.mark.parametrize("name", ["日本 太郎", "👋", "\ue000", "a\x00b\u0085c"])
def test_letters_that_no_font_has_cost_nobody_the_paper(name: str) -> None:
    assert paper(line=name).startswith(b"%PDF")


def test_what_is_endless_or_empty_is_printed_too() -> None:
    assert paper(line="", firm="x" * 5000, check=[]).startswith(b"%PDF")
