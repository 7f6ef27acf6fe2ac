"""Whatever is written as Markdown, what is shown is safe."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.markdown import to_html, to_words


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](https://elsewhere.example/x.png)",
        "<img src=x onerror=alert(1)>", "[a](https://ok.example \"onmouseover=alert(1)\")", "<a href='data:x'>y</a>",
    ],
)  # fmt: skip
def test_nothing_that_acts_or_is_fetched_comes_through(words):
    tags = re.findall(r"<[^>]*>", to_html(words))
    harmless = re.compile(r'</?(p|a|br)( href="https://[^"]*"| rel="noopener noreferrer")*>')
    assert all(map(harmless.fullmatch, tags)), tags


@given(st.text(max_size=200))
def test_any_text_can_be_shown(words):
    assert "<script" not in to_html(words)


def test_headings_and_lists_stay():
    html = to_html("# Do\n\n- one\n- two\n\n**Never** alone")
    assert "<h3>Do</h3>" in html and html.count("<li>") == 2 and "<strong>Never</strong>" in html


def test_as_plain_lines_it_has_signs_and_addresses_and_no_marks():
    words = (
        "## Fairs\n\n- Say **which firm**\n  - and *who*\n- see [the list](https://ok.example/l)\n\n"
        "1. one\n2. two\n\n> Ask\n> first"
    )
    assert to_words(words).split("\n") == [
        "Fairs", "• Say which firm", "   • and who", "• see the list (https://ok.example/l)", "1. one", "2. two",
        "> Ask", "> first",
    ]  # fmt: skip


@given(st.text(max_size=200))
def test_any_text_can_be_said_plainly_and_plain_words_stay(words):
    to_words(words)
    plain = " ".join(re.findall(r"[a-z]+", words))
    assert to_words(plain) == plain
