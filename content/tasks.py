from time import monotonic

from celery import shared_task

from content import actions
from core import clock, wake

# About twice the feeds and pictures a worker fetches at once beside its shares.
AT_ONCE = 20
LONGEST = 10.0  # seconds of one task that calls channels; then it rings for the next


@shared_task
def ring_feeds() -> None:
    """Hand out what is due; feeds first, then the pictures of what they brought."""
    at = clock.now()
    for feed_id in actions.lease_feeds(at=at, limit=AT_ONCE):
        wake.ring("content.tasks.fetch_feed", feed_id)
    for story_id in actions.lease_pictures(at=at, limit=AT_ONCE):
        wake.ring("content.tasks.fetch_picture", story_id)


@shared_task
def fetch_feed(feed_id: int) -> None:
    actions.fetch_feed(feed_id=feed_id, at=clock.now())


@shared_task
def fetch_picture(story_id: int) -> None:
    actions.fetch_picture(story_id=story_id, at=clock.now())


@shared_task
def ring_jobs() -> None:
    """Files that wait to be brought in; each is claimed by whoever is first."""
    for job_id in actions.due_jobs(at=clock.now()):
        wake.ring("content.tasks.run_import", job_id)


@shared_task
def run_import(job_id: int) -> None:
    actions.run_import(job_id=job_id, at=clock.now())


@shared_task
def tell_channels() -> None:
    """Claimed one by one, so that each lease begins with its call."""
    actions.queue_news(at=clock.now())
    began = monotonic()
    while monotonic() - began < LONGEST:
        if not actions.tell_next_channel(at=clock.now()):
            return
    wake.ring("content.tasks.tell_channels")


@shared_task
def tell_launches() -> None:
    """Campaigns and urgent stories, batch by batch. A worker that ends is not waited for long."""
    began = monotonic()
    while monotonic() - began < LONGEST:
        if not actions.tell_next(at=clock.now()):
            return
    wake.ring("content.tasks.tell_launches")


@shared_task
def turn_stories() -> None:
    actions.turn_stories(at=clock.now())
    actions.begin_urgent(at=clock.now())
    actions.sweep_launches(at=clock.now())
    actions.end_past_campaigns(at=clock.now())
    actions.find_new_words()
