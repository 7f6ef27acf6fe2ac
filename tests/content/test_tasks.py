from content import tasks
from content.models import Feed, Story
from core import clock, wake
from tests.content.written_feeds import item, rss


def test_a_ring_hands_out_feeds_and_pictures(db, monkeypatch, make_feed, draft):
    rung = []
    monkeypatch.setattr(wake, "ring", lambda task, *args: rung.append((task, *args)))
    feed = make_feed("https://blog.example/feed.xml", due_at=clock.now())
    Story.objects.filter(pk=draft.pk).update(picture_due_at=clock.now())
    tasks.ring_feeds()
    assert rung == [("content.tasks.fetch_feed", feed.pk), ("content.tasks.fetch_picture", draft.pk)]


def test_the_tasks_have_the_names_the_schedule_and_the_rings_use(settings):
    named = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    made = {tasks.ring_feeds.name, tasks.turn_stories.name, tasks.fetch_feed.name, tasks.fetch_picture.name}
    made |= {tasks.ring_jobs.name, tasks.tell_channels.name, tasks.tell_launches.name}
    assert {name for name in named if name.startswith("content.")} <= made


def test_fetching_by_task_writes_drafts(outside, make_feed):
    feed = make_feed(outside.serve("/feed.xml", rss(item(1))), due_at=clock.now())
    tasks.fetch_feed(feed.pk)
    assert Feed.objects.get(pk=feed.pk).stories.count() == 1


def test_a_task_for_something_deleted_does_nothing(db):
    tasks.fetch_feed(404)
    tasks.fetch_picture(404)
    tasks.turn_stories()
