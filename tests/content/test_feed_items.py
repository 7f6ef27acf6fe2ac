from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.actions.errors import NotAFeed
from content.actions.feed_items import ParsedFeed, language_code, parse_feed, short_guid
from tests.content.written_feeds import ATOM, PAGE, item, rss

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
URL = "https://blog.example/feed.xml"


def parsed(body: str | bytes, content_type: str = "") -> ParsedFeed:
    content = body.encode() if isinstance(body, str) else body
    return parse_feed(content, url=URL, content_type=content_type, at=AT)


def test_an_item_becomes_title_summary_address_and_date():
    (one,) = parsed(rss(item(1, title="Warm bread"))).items
    assert (one.title, one.summary, one.url) == (
        "Warm bread",
        "Bread is still warm when it arrives.",
        "https://blog.example/1",
    )
    assert one.written_at == datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
    assert one.guid == "guid-1" and one.language == "en"


def test_atom_names_its_page_not_its_comments_and_keeps_its_language():
    (one,) = parsed(ATOM).items
    assert one.url == "https://blog.example/rad"
    assert (one.title, one.summary, one.language) == ("Vierzig & ein Rad", "Vor dem Mittag. Jedes läuft.", "de")
    assert one.written_at == datetime(2026, 6, 1, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize("date", ["Thu, 01 Jan 1970 00:00:00 GMT", "Mon, 01 Jan 2035 00:00:00 GMT", "yesterday", None])
def test_a_date_nobody_believes_is_no_date(date):
    (one,) = parsed(rss(item(1, pubDate=date))).items
    assert one.written_at is None


def test_the_newest_fifty_are_taken_newest_first():
    many = [item(n, pubDate=f"{n % 28 + 1:02} Jun {2000 + n // 3} 10:00:00 GMT") for n in range(1, 76)]
    items = parsed(rss(*many)).items
    dates = [one.written_at for one in items]
    assert len(items) == 50 and dates == sorted(dates, reverse=True)
    assert items[0].written_at.year == 2025


def test_the_same_item_twice_is_one_by_guid_or_by_link():
    twice = rss(
        item(1), item(1, title="Again"), item(2, guid=None), item(2, guid=None), item(3, link="https://blog.example/1")
    )
    assert len(parsed(twice).items) == 2


def test_an_item_without_an_address_is_left_out():
    assert parsed(rss(item(1, link=None, guid="article-1"))).items == ()


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "ftp://blog.example/1", "data:text/html,x", "mailto:a@b.example", "http://"]
)
def test_an_address_that_is_not_of_the_web_is_left_out(link):
    assert parsed(rss(item(1, link=link))).items == ()


def test_a_guid_that_is_an_address_stands_in_for_a_missing_link():
    (one,) = parsed(rss(item(1, link=None, guid="https://blog.example/by-guid"))).items
    assert one.url == "https://blog.example/by-guid"


def test_a_relative_link_is_joined_to_the_feed():
    (one,) = parsed(rss(item(1, link="/articles/1"))).items
    assert one.url == "https://blog.example/articles/1"


def test_an_empty_feed_is_a_feed():
    assert parsed(rss()) == ParsedFeed("Our blog", (), 0)


def test_a_web_page_is_not_a_feed_but_names_one():
    with pytest.raises(NotAFeed, match="web page") as caught:
        parsed(PAGE)
    assert caught.value.advertised == "https://blog.example/feed.xml"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "neither RSS nor Atom"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "neither RSS nor Atom"),
        (b"/etc/passwd", "neither RSS nor Atom"),
        (b"https://blog.example/feed.xml", "neither RSS nor Atom"),
    ],
)
def test_anything_else_is_refused_in_a_sentence(body, sentence):
    with pytest.raises(NotAFeed, match=sentence):
        parsed(body)


@pytest.mark.parametrize(
    ("encoding", "title"),
    [
        ("gb18030", "面包店卖掉了货车"),
        ("big5", "麵包店賣掉了貨車"),
        ("shift_jis", "パン屋がバンを売った"),
        ("windows-1251", "Пекарня"),
    ],
)
def test_other_encodings_are_read(encoding, title):
    text = rss(item(1, title=title)).replace('encoding="utf-8"', f'encoding="{encoding}"')
    (one,) = parsed(text.encode(encoding)).items
    assert one.title == title


def test_the_encoding_of_the_header_is_believed_where_the_feed_names_none():
    text = rss(item(1, title="パン屋")).replace(' encoding="utf-8"', "")
    (one,) = parsed(text.encode("shift_jis"), "text/xml; charset=shift_jis").items
    assert one.title == "パン屋"


def test_a_feed_that_is_not_well_formed_is_read_as_far_as_it_goes():
    broken = rss(item(1), item(2)).replace("</channel></rss>", "") + "<item><title>Half"
    assert {one.title for one in parsed(broken).items} >= {"Article 1", "Article 2"}


def test_entities_that_multiply_do_not():
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 6))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{lines}]>' + rss(item(1)).partition("?>")[2].replace(
        "Article 1", "&l5;"
    )
    assert all(len(one.title) < 400 for one in parsed(bomb).items)


def test_a_file_of_the_server_cannot_be_read_through_an_entity():
    text = rss(item(1)).replace("Article 1", "&secret;")
    evil = text.replace("<rss", '<!DOCTYPE rss [<!ENTITY secret SYSTEM "file:///etc/passwd">]><rss', 1)
    assert all("root:" not in one.title for one in parsed(evil).items)


MEDIA = '<media:content url="https://cdn.example/{}.jpg" medium="image" width="{}"/>'


def test_the_largest_attached_picture_is_chosen():
    (one,) = parsed(rss(item(1, extra=MEDIA.format("small", 300) + MEDIA.format("large", 1200)))).items
    assert one.picture == "https://cdn.example/large.jpg"


def test_an_attached_film_or_sound_is_no_picture():
    extra = '<enclosure url="https://cdn.example/talk.mp3" type="audio/mpeg" length="1"/>'
    (one,) = parsed(rss(item(1, extra=extra))).items
    assert one.picture == ""


def test_else_the_first_picture_of_the_text_that_is_not_a_speck():
    text = '<p><img src="https://count.example/p.gif" width="1" height="1"><img src="/shop.jpg" width="800"></p>'
    (one,) = parsed(rss(item(1, description=text))).items
    assert one.picture == "https://blog.example/shop.jpg"


def test_an_item_without_a_title_is_called_by_its_first_words():
    (one,) = parsed(rss(item(1, title=None, description="Warm bread. Quiet street."))).items
    assert one.title == "Warm bread. Quiet street." and one.summary == ""


def test_markup_and_scripts_are_left_out():
    text = "<script>alert(1)</script><p>One <b>bold</b> word.</p><style>p{}</style><p>Two.</p>"
    (one,) = parsed(rss(item(1, title="A &lt;i&gt;fine&lt;/i&gt; day", description=text))).items
    assert one.summary == "One bold word. Two."


def test_a_guid_too_long_to_keep_stays_itself():
    long = "x" * 900
    assert len(short_guid(long)) < 100 and short_guid(long) == short_guid(long) != short_guid(long + "y")


@pytest.mark.parametrize(
    ("said", "kept"),
    [("en-GB", "en"), ("DE", "de"), ("zh_Hant_TW", "zh"), ("", ""), (None, ""), ("english please", "")],
)
def test_languages_are_kept_by_their_code(said, kept):
    assert language_code(said) == kept


@given(st.binary(max_size=600))
def test_no_bytes_at_all_are_more_than_refused(body):
    try:
        parsed(body)
    except NotAFeed as error:
        assert error.sentence


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=80))
def test_whatever_an_item_says_it_fits_the_table(title, text, guid):
    body = rss(item(1, title=title, description=text, guid=guid)).encode("utf-8", "replace")
    for one in parsed(body).items:
        assert 0 < len(one.title) <= 300 and len(one.summary) <= 300 and 0 < len(one.guid) <= 500
        assert "\0" not in one.title + one.summary + one.guid


@pytest.mark.parametrize(("written", "kept"), [("g&#0;1", "g1"), ("&#0;", "https://blog.example/1"), ("a&#8;b", "ab")])
def test_a_guid_holds_nothing_a_table_cannot(written, kept):
    """Such a feed is no XML, so the lenient reader takes it, and hands on what the entities stand for."""
    (one,) = parsed(rss(item(1, guid="GUID")).replace("GUID", written)).items
    assert one.guid == kept


@pytest.mark.parametrize("width", ["²", "9" * 5000, "-1", ""])
def test_a_width_that_is_none_keeps_no_feed(width):
    shown = f'<img src="https://blog.example/a.png" width="{width}">'
    attached = f'<media:content url="https://blog.example/b.png" medium="image" width="{width}"/>'
    assert parsed(rss(item(1, description=shown))).items[0].picture == "https://blog.example/a.png"
    assert parsed(rss(item(1, extra=attached))).items[0].picture == "https://blog.example/b.png"
