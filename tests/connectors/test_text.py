import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.text import addresses, graphemes, hashtags, sendable, utf16_units


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("abc", 3),
        ("é", 1),
        ("👨‍👩‍👧‍👦", 1),
        ("👍🏽", 1),
        ("🇩🇪🇨🇭", 2),
        ("日本語", 3),
        ("\r\n", 1),
        ("हिन्दी", 2),
    ],
)
def test_graphemes_are_what_people_count(text, count):
    assert graphemes(text) == count


@pytest.mark.parametrize(("text", "units"), [("", 0), ("abc", 3), ("é", 1), ("🚀", 2), ("👨‍👩‍👧‍👦", 11)])
def test_utf16_units(text, units):
    assert utf16_units(text) == units


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Siehe https://example.org.", ["https://example.org"]),
        ("(https://example.org/a_(b))", ["https://example.org/a_(b)"]),
        ("https://example.org/a?b=c&d=%20#e, dann", ["https://example.org/a?b=c&d=%20#e"]),
        ("https://example.comです", ["https://example.com"]),
        ("读https://example.com/a。好", ["https://example.com/a"]),
        ("https://例え.jp/a", ["https://例え.jp/a"]),
        ("http://127.0.0.1:8000/go/abc", ["http://127.0.0.1:8000/go/abc"]),
        ("http://[::1]:8000/x", ["http://[::1]:8000/x"]),
        ("https://a.example https://b.example", ["https://a.example", "https://b.example"]),
        ("HTTPS://EXAMPLE.ORG/A", ["HTTPS://EXAMPLE.ORG/A"]),
        ("example.org and ftp://example.org and https://", []),
    ],
)
def test_addresses_end_where_people_think_they_end(text, found):
    assert [span.text for span in addresses(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#Jobs in #Bern!", ["Jobs", "Bern"]),
        ("(#a1) #1a", ["a1", "1a"]),
        ("#123 # #! no#tag", []),
        ("#日本語 ＃全角", ["日本語", "全角"]),
        ("https://example.org/#part", []),
        ("#a_b, #c-d.", ["a_b", "c-d"]),
    ],
)
def test_hashtags(text, found):
    assert [span.text for span in hashtags(text)] == found


@given(st.text() | st.text(alphabet="htps:/.#@ ()ab日👍"))
def test_spans_lie_inside_the_text_and_say_what_is_there(text):
    for span in addresses(text):
        assert text[span.start : span.end] == span.text
    for span in hashtags(text):
        assert text[span.start : span.end][1:] == span.text


@given(st.text())
def test_no_text_has_more_graphemes_than_code_points(text):
    assert graphemes(text) <= len(text) <= utf16_units(text)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        (" Look\r\nhere\r ", "Look\nhere"),
        ("a\x07b\x1b[31mc\x7f", "ab[31mc"),
        ("pay \u202egpj.exe\u202c now", "pay gpj.exe now"),
        ("שלום \u200f2026\u200e, 👨‍👩‍👧", "שלום \u200f2026\u200e, 👨‍👩‍👧"),  # marks and joiners that languages need
        ("tab\tand\n\nparagraphs", "tab\tand\n\nparagraphs"),
    ],
)
def test_what_is_sent_holds_no_marks_that_spoil_it(typed, sent):
    assert sendable(typed) == sent
