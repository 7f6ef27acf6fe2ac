"""Feeds as the world serves them, through the real door to a real server on this machine."""

from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from audiences.models import Audience
from content import actions
from content.models import Feed, Story
from core.models import AuditEntry
from tests.content.conftest import AT
from tests.content.written_feeds import ATOM, PAGE, item, rss

FIFTEEN = timedelta(minutes=15)


def fetched(feed: Feed, at=AT) -> Feed:
    actions.fetch_feed(feed_id=feed.pk, at=at)
    feed.refresh_from_db()
    return feed


def test_items_arrive_as_drafts_of_nobody(outside, make_feed):
    feed = fetched(make_feed(outside.serve("/feed.xml", rss(item(1), item(2)))))
    assert [(story.state, story.title, story.created_by) for story in feed.stories.order_by("pk")] == [
        ("draft", "Article 1", None),
        ("draft", "Article 2", None),
    ]
    assert (feed.title, feed.state, feed.fetched_at, feed.due_at) == ("Our blog", "active", AT, AT + FIFTEEN)
    assert all(story.picture_due_at == AT for story in feed.stories.all())


def test_the_same_feed_again_brings_nothing_twice(outside, make_feed):
    feed = fetched(make_feed(outside.serve("/feed.xml", rss(item(1)))))
    outside.serve(
        "/feed.xml", rss(item(1, title="Renamed"), item(2), item(9, guid="new", link="https://blog.example/1"))
    )
    assert actions.fetch_feed(feed_id=feed.pk, at=AT + FIFTEEN) == 1
    assert sorted(Story.objects.values_list("title", flat=True)) == ["Article 1", "Article 2"]


def test_a_discarded_draft_does_not_come_back(outside, make_feed, sofia):
    feed = fetched(make_feed(outside.serve("/feed.xml", rss(item(1)))))
    actions.withdraw_story(actor=sofia, story=feed.stories.get(), at=AT)
    assert actions.fetch_feed(feed_id=feed.pk, at=AT + FIFTEEN) == 0


def test_what_has_not_changed_is_not_sent_again(outside, make_feed):
    url = outside.serve("/feed.xml", rss(item(1)), ETag='"one"', Last_Modified="Mon, 01 Jun 2026 10:00:00 GMT")
    feed = fetched(make_feed(url))
    outside.serve("/feed.xml", b"", status=304)
    fetched(feed, AT + FIFTEEN)
    _path, asked = outside.asked[-1]
    assert asked["if-none-match"] == '"one"' and asked["if-modified-since"] == "Mon, 01 Jun 2026 10:00:00 GMT"
    assert (feed.state, feed.fetched_at, feed.etag) == ("active", AT + FIFTEEN, '"one"')


def test_a_feed_that_is_not_due_is_left_alone(outside, make_feed):
    feed = fetched(make_feed(outside.serve("/feed.xml", rss(item(1))), due_at=AT + FIFTEEN))
    assert outside.asked == [] and feed.fetched_at is None


def test_two_workers_with_the_same_message_ask_once(outside, make_feed):
    feed = make_feed(outside.serve("/feed.xml", rss(item(1))))
    fetched(feed)
    fetched(feed)
    assert len(outside.asked) == 1


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (404, "nothing at this address"),
        (403, "does not let us"),
        (401, "name and password"),
        (500, "trouble"),
        (302, "302"),
    ],
)
def test_an_answer_that_is_no_feed_is_a_sentence(outside, make_feed, status, sentence):
    feed = fetched(make_feed(outside.serve("/feed.xml", b"", status=status)))
    assert feed.state == "failing" and sentence in feed.reason
    assert feed.failing_since == AT and feed.due_at == AT + FIFTEEN * 2


def test_it_is_asked_less_and_less_often_but_once_a_day(outside, make_feed):
    feed, at = make_feed(outside.serve("/feed.xml", b"", status=500)), AT
    pauses = []
    for _round in range(10):
        fetched(feed, at)
        pauses.append((feed.due_at - at) / FIFTEEN)
        at = feed.due_at
    assert pauses == [2, 4, 8, 16, 32, 64, 96, 96, 96, 96]
    assert feed.failing_since == AT and feed.failures == 10


def test_a_feed_that_works_again_says_so(outside, make_feed):
    feed = fetched(make_feed(outside.serve("/feed.xml", b"", status=500)))
    outside.serve("/feed.xml", rss(item(1)))
    fetched(feed, feed.due_at)
    assert (feed.state, feed.failures, feed.failing_since, feed.reason) == ("active", 0, None, "")
    assert feed.stories.count() == 1


def test_a_server_that_asks_for_patience_gets_it(outside, make_feed):
    feed = fetched(make_feed(outside.serve("/feed.xml", b"", status=429, Retry_After="7200")))
    assert feed.due_at == AT + timedelta(hours=2)
    dated = make_feed(
        outside.serve("/dated.xml", b"", status=503, Retry_After=format_datetime(AT + timedelta(hours=3)))
    )
    assert fetched(dated).due_at == AT + timedelta(hours=3)
    rude = make_feed(outside.serve("/rude.xml", b"", status=503, Retry_After="99999999999999999999"))
    assert fetched(rude).due_at <= AT + timedelta(hours=24)


def test_a_feed_that_is_gone_is_stopped(outside, make_feed):
    feed = fetched(make_feed(outside.serve("/feed.xml", b"", status=410)))
    assert feed.state == "stopped" and "gone for good" in feed.reason
    assert actions.lease_feeds(at=AT + timedelta(days=9), limit=9) == []


def test_a_redirect_is_followed(outside, make_feed):
    outside.serve("/new.xml", rss(item(1)))
    feed = fetched(make_feed(outside.serve("/old.xml", b"", status=301, Location="/new.xml")))
    assert feed.state == "active" and feed.stories.count() == 1


def test_redirects_without_end_are_not(outside, make_feed):
    feed = fetched(make_feed(outside.serve("/round.xml", b"", status=302, Location="/round.xml")))
    assert feed.state == "failing" and "too many times" in feed.reason and len(outside.asked) == 6


@pytest.mark.parametrize(
    "inside",
    [
        "http://127.0.0.1:9/feed",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/",
        "http://[::1]:9/",
        "http://0.0.0.0:9/",
    ],
)
def test_a_redirect_to_a_private_address_is_refused(outside, make_feed, inside):
    feed = fetched(make_feed(outside.serve("/feed.xml", b"", status=302, Location=inside)))
    assert feed.state == "failing" and "private network" in feed.reason


def test_a_redirect_to_a_file_is_refused(outside, make_feed):
    feed = fetched(make_feed(outside.serve("/feed.xml", b"", status=302, Location="file:///etc/passwd")))
    assert feed.state == "failing" and "not a web address" in feed.reason


def test_a_private_address_is_refused_at_once(make_feed):
    feed = fetched(make_feed("http://192.168.1.1/feed.xml"))
    assert feed.state == "failing" and "private network" in feed.reason


def test_a_server_nobody_knows_is_a_sentence(make_feed):
    feed = fetched(make_feed("https://no-such-server.invalid/feed.xml"))
    assert feed.state == "failing" and "no server called" in feed.reason


def test_three_megabytes_are_read(outside, make_feed):
    long = "Bread is still warm. " * 500
    feed = fetched(make_feed(outside.serve("/feed.xml", rss(*(item(n, description=long) for n in range(290))))))
    assert feed.state == "active" and feed.stories.count() == 50
    assert all(len(story.summary) <= 300 for story in feed.stories.all())


def test_more_than_five_are_not(outside, make_feed):
    feed = fetched(make_feed(outside.serve("/feed.xml", b" " * 5_000_001)))
    assert feed.state == "failing" and "larger than 5 MB" in feed.reason


def test_a_small_answer_that_unpacks_to_a_large_one_is_not_read(outside, make_feed):
    import gzip

    body = gzip.compress(b" " * 60_000_000)
    feed = fetched(make_feed(outside.serve("/feed.xml", body, Content_Encoding="gzip")))
    assert feed.state == "failing" and "larger than 5 MB" in feed.reason


def test_an_answer_that_breaks_off_is_a_sentence(outside, make_feed):
    feed = fetched(make_feed(outside.serve("/feed.xml", rss(item(1)), Content_Length="9999", Connection="close")))
    assert feed.state == "failing" and "broke off" in feed.reason


def test_a_page_that_names_its_feed_is_left_for_it(outside, make_feed):
    feed = fetched(make_feed(outside.serve("/", PAGE, Content_Type="text/html")))
    assert feed.url == outside.origin + "/feed.xml" and feed.state == "active" and feed.due_at == AT
    outside.serve("/feed.xml", rss(item(1)))
    assert fetched(feed).stories.count() == 1


def test_a_feed_that_turns_into_a_page_says_where_the_feed_may_be(outside, make_feed):
    feed = fetched(make_feed(outside.serve("/blog", rss(item(1)))))
    outside.serve("/blog", PAGE)
    fetched(feed, AT + FIFTEEN)
    assert feed.url.endswith("/blog") and "a web page" in feed.reason and "/feed.xml" in feed.reason


def test_a_page_without_a_feed_is_a_sentence(outside, make_feed):
    feed = fetched(make_feed(outside.serve("/", "<!doctype html><html><body>Hello</body></html>")))
    assert feed.state == "failing" and "web page, not with a feed" in feed.reason


def test_a_page_that_names_a_feed_read_already_stays_a_sentence(outside, make_feed):
    make_feed(outside.origin + "/feed.xml")
    feed = fetched(make_feed(outside.serve("/", PAGE)))
    assert feed.state == "failing" and "/feed.xml" in feed.reason


def test_an_empty_feed_is_healthy(outside, make_feed):
    feed = fetched(make_feed(outside.serve("/feed.xml", rss())))
    assert feed.state == "active" and feed.stories.count() == 0


def test_chinese_and_japanese_arrive_whole(outside, make_feed):
    text = rss(item(1, title="面包店卖掉了货车"), language="zh-CN").replace('encoding="utf-8"', 'encoding="gb18030"')
    feed = fetched(make_feed(outside.serve("/feed.xml", text.encode("gb18030"))))
    story = feed.stories.get()
    assert (story.title, story.language) == ("面包店卖掉了货车", "zh")
    text = rss(item(2, title="パン屋がバンを売った")).replace(' encoding="utf-8"', "")
    feed = fetched(
        make_feed(outside.serve("/jp.xml", text.encode("shift_jis"), Content_Type="text/xml; charset=Shift_JIS"))
    )
    assert feed.stories.get().title == "パン屋がバンを売った"


def test_the_feeds_own_topic_and_language_are_given_to_what_it_brings(outside, make_feed):
    from content.models import Topic

    topic = Topic.objects.create(name="Workshop")
    feed = fetched(make_feed(outside.serve("/feed.xml", ATOM), topic=topic, language="fr"))
    story = feed.stories.get()
    assert (story.topic, story.language) == (topic, "fr")


def test_a_feed_stopped_while_it_is_asked_keeps_quiet(outside, make_feed, sofia):
    feed = make_feed(outside.serve("/feed.xml", rss(item(1))))
    from content.actions import fetching
    from content.actions.feed_answers import ask

    stale = Feed.objects.get(pk=feed.pk)
    actions.stop_feed(actor=sofia, feed=feed, at=AT)
    outcome = ask(stale.url, etag="", last_modified="", at=AT)
    with pytest.raises(fetching.LostRace):
        fetching._write_down(stale, outcome, AT)
    assert Story.objects.count() == 0


def test_what_is_due_is_handed_out_once(make_feed):
    first, second = make_feed("https://a.example/f"), make_feed("https://b.example/f")
    make_feed("https://c.example/f", due_at=AT + FIFTEEN)
    make_feed("https://d.example/f", state="stopped")
    assert actions.lease_feeds(at=AT, limit=1) == [first.pk]
    assert actions.lease_feeds(at=AT, limit=9) == [second.pk]
    assert actions.lease_feeds(at=AT, limit=9) == []
    assert len(actions.lease_feeds(at=AT + timedelta(minutes=3), limit=9)) == 2


def test_what_a_feed_brought_is_in_the_audit_trail(outside, make_feed):
    feed = fetched(make_feed(outside.serve("/feed.xml", rss(item(1), item(2)))))
    entry = AuditEntry.objects.get(about=f"feed:{feed.pk}")
    assert (entry.kind, entry.data, entry.actor_id) == ("feed_brought", {"stories": 2}, None)


@pytest.mark.django_db
def test_nothing_fetches_but_through_the_door():
    """The one module that opens the door, and no other way out."""
    here = Path(actions.__file__).parent
    for path in here.glob("*.py"):
        text = path.read_text()
        assert "urllib.request" not in text and "import requests" not in text and "import socket" not in text


def test_a_feed_brings_no_more_a_day_than_asked_the_newest_first_and_the_rest_the_next_day(outside, make_feed):
    url = outside.serve("/feed.xml", rss(item(1), item(2), item(3)), ETag='"one"')
    feed = fetched(make_feed(url, most_a_day=2))
    assert list(feed.stories.order_by("pk").values_list("title", flat=True)) == ["Article 2", "Article 3"]
    assert (feed.etag, feed.due_at) == ("", AT + timedelta(days=1))
    feed = fetched(feed, AT + timedelta(days=1))
    assert feed.stories.filter(title="Article 1").exists()
    assert (feed.etag, feed.due_at) == ('"one"', AT + timedelta(days=1) + FIFTEEN)


def test_what_a_feed_brings_is_for_its_audience(outside, make_feed):
    audience = Audience.objects.create(name="Leeds", terms={}, made_at=AT)
    feed = fetched(make_feed(outside.serve("/feed.xml", rss(item(1))), audience=audience))
    assert feed.stories.get().audience == audience
