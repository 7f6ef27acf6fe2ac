import pytest

from content import actions
from content.actions import FeedRules
from content.actions.errors import BadAddress, MovedOn, NotAllowed
from content.models import Feed, Topic
from core.models import AuditEntry
from tests.content.conftest import AT


def test_a_feed_is_due_at_once(sofia):
    feed = actions.add_feed(actor=sofia, url=" https://blog.example/feed.xml ", at=AT)
    assert (feed.url, feed.state, feed.due_at, feed.added_by) == ("https://blog.example/feed.xml", "active", AT, sofia)
    assert actions.lease_feeds(at=AT, limit=9) == [feed.pk]
    assert AuditEntry.objects.get().kind == "feed_added"


def test_the_address_of_a_feed_reader_is_understood(sofia):
    assert actions.add_feed(actor=sofia, url="feed://blog.example/a", at=AT).url == "https://blog.example/a"
    assert actions.add_feed(actor=sofia, url="feed:https://blog.example/b", at=AT).url == "https://blog.example/b"


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "file:///etc/passwd", "ftp://blog.example/", "not an address"]
)
def test_what_is_no_web_address_is_refused(sofia, url):
    with pytest.raises(BadAddress):
        actions.add_feed(actor=sofia, url=url, at=AT)
    assert not Feed.objects.exists()


def test_the_same_feed_twice_is_one(sofia, dai):
    actions.add_feed(actor=sofia, url="https://blog.example/feed.xml", at=AT)
    with pytest.raises(BadAddress, match="read already"):
        actions.add_feed(actor=dai, url="https://blog.example/feed.xml", at=AT)
    assert Feed.objects.count() == 1


def test_another_address_starts_afresh(sofia, make_feed):
    feed = make_feed("https://blog.example/a", etag="1", title="Old", fetched_at=AT)
    topic = Topic.objects.create(name="Workshop")
    actions.edit_feed(
        actor=sofia, feed=feed, url="https://blog.example/b", rules=FeedRules(topic=topic, language="de"), at=AT
    )
    assert (feed.etag, feed.title, feed.fetched_at, feed.due_at, feed.topic) == ("", "", None, AT, topic)


def test_an_address_taken_by_another_feed_is_refused(sofia, make_feed):
    make_feed("https://blog.example/a")
    feed = make_feed("https://blog.example/b")
    with pytest.raises(BadAddress):
        actions.edit_feed(actor=sofia, feed=feed, url="https://blog.example/a", rules=FeedRules(), at=AT)
    feed.refresh_from_db()
    assert feed.url == "https://blog.example/b"


def test_a_stopped_feed_rests_until_it_is_started(sofia, make_feed):
    feed = make_feed("https://blog.example/a")
    actions.stop_feed(actor=sofia, feed=feed, at=AT)
    assert actions.lease_feeds(at=AT, limit=9) == []
    with pytest.raises(MovedOn):
        actions.fetch_feed_now(actor=sofia, feed=feed, at=AT)
    actions.start_feed(actor=sofia, feed=feed, at=AT)
    assert actions.lease_feeds(at=AT, limit=9) == [feed.pk]


def test_stopping_twice_says_that_somebody_was_faster(sofia, make_feed):
    feed = make_feed("https://blog.example/a")
    other = Feed.objects.get(pk=feed.pk)
    actions.stop_feed(actor=sofia, feed=feed, at=AT)
    with pytest.raises(MovedOn):
        actions.stop_feed(actor=sofia, feed=other, at=AT)


def test_a_removed_feed_is_asked_no_more(sofia, make_feed):
    feed = make_feed("https://blog.example/a")
    actions.remove_feed(actor=sofia, feed=feed, at=AT)
    assert actions.lease_feeds(at=AT, limit=9) == [] and actions.fetch_feed(feed_id=feed.pk, at=AT) == 0
    assert AuditEntry.objects.get(kind="feed_removed").data == {"url": "https://blog.example/a"}


def test_members_do_not_touch_feeds(mina, make_feed):
    feed = make_feed("https://blog.example/a")
    for act in (
        lambda: actions.add_feed(actor=mina, url="https://blog.example/b", at=AT),
        lambda: actions.edit_feed(actor=mina, feed=feed, url="https://blog.example/c", rules=FeedRules(), at=AT),
        lambda: actions.remove_feed(actor=mina, feed=feed, at=AT),
        lambda: actions.stop_feed(actor=mina, feed=feed, at=AT),
        lambda: actions.fetch_feed_now(actor=mina, feed=feed, at=AT),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert list(Feed.objects.values_list("url", "state")) == [("https://blog.example/a", "active")]
