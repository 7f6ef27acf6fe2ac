from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import registry
from connectors.text import GRAPHEME, addresses, called, clusters, graphemes, hashtags, printable, utf16_units


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


@pytest.mark.parametrize("text", ["🇩🇪" * 50_000, "👨‍👩‍👧‍👦" * 14_000, "e" + "\u0301" * 99_999, "\u200d" * 100_000])
def test_no_text_takes_long_to_count(text):
    start = process_time()
    graphemes(text)
    assert process_time() - start < 1


@given(st.text(alphabet="🇩🇪🇨e\u0301\u200d👍 ", max_size=80))
def test_counting_in_pieces_comes_to_the_same_as_the_whole(text):
    assert clusters(text) == GRAPHEME.findall(text)


def test_nothing_that_turns_the_reading_direction_is_kept():
    assert printable("a\u202eb\u202cc\u2066d\u2069e\ufefff\x00g\x1bh\tz\nשלום مرحبا") == "abcdefgh\tz\nשלום مرحبا"


def test_who_is_called_by_an_at_is_found_and_no_mail_or_address_is() -> None:
    said = "Thanks @vet, @ada@social.example and @ada.bsky.social. Mail x@y.example, see https://b.example/@other"
    assert called(said) == ["@vet", "@ada@social.example", "@ada.bsky.social"]


@pytest.mark.parametrize(
    ("key", "plain"),
    [
        ("linkedin", ["@vet", "@ada@social.example", "@ada.bsky.social"]),
        ("x", ["@ada@social.example", "@ada.bsky.social"]),
        ("mastodon", ["@ada.bsky.social"]),
        ("bluesky", ["@vet", "@ada@social.example"]),
        ("threads", ["@ada@social.example"]),
    ],
)
def test_each_platform_calls_people_its_own_way(key: str, plain: list[str]) -> None:
    (made,) = (one for one in registry.CLASSES if one.key == key)
    said = "Thanks @vet, @ada@social.example and @ada.bsky.social."
    assert made.stays_plain(said) == plain
