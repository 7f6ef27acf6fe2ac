import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.actions.plain_text import cut, plain, summary_of


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>two</p>", "One two"),
        ("one<br>two", "one two"),
        ("wo<b>r</b>d", "word"),
        ("Fish &amp; chips &lt; 5 €", "Fish & chips < 5 €"),
        ("a\0b\x07c\u202egnp", "abcgnp"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("<img src=x onerror=alert(1)>", ""),
        (None, ""),
    ],
)
def test_markup_becomes_one_line_of_text(markup, text):
    assert plain(markup) == text


def test_a_summary_ends_where_a_sentence_ends():
    text = "The van is gone. " + "Nobody misses it because bread travels well by bike. " * 10
    short = summary_of(text)
    assert len(short) <= 300 and short.endswith("bike.")


def test_without_a_sentence_it_ends_with_a_word():
    short = summary_of("word " * 100)
    assert short.endswith("word…") and len(short) <= 300


def test_chinese_ends_at_its_own_full_stop():
    short = cut("面包店卖掉了货车。" * 60, 300)
    assert short.endswith("。") and len(short) <= 300


def test_an_emoji_is_not_cut_in_half():
    family = "👩‍👩‍👧‍👦"
    assert cut(family * 100, 50).removesuffix("…").replace(family, "") == ""


@pytest.mark.parametrize(
    "tail",
    [
        " The post Warm bread appeared first on Our blog.",
        " [&#8230;]",
        " [...]",
        " Read more »",
        " Continue reading Warm bread",
    ],
)
def test_what_blog_software_appends_is_left_out(tail):
    assert summary_of(f"The bread is warm.{tail}") == "The bread is warm."


@given(st.text(max_size=400))
def test_plain_text_is_one_line_without_control_characters(text):
    line = plain(text)
    assert line == " ".join(line.split())
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in line)


@given(st.text(max_size=400), st.integers(min_value=10, max_value=300))
def test_a_cut_text_fits(text, limit):
    assert len(cut(text, limit)) <= limit


@given(st.text(alphabet="<>/abp \"='&;!-", max_size=200))
def test_no_markup_survives_that_a_browser_would_read(text):
    # What looks like markup afterwards was written as text, and pages escape it.
    assert len(summary_of(text)) <= 300
