"""Whatever is written as Markdown, what is shown is safe."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.markdown import to_html


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
