"""Feeds are rows with a due time. A ring leases what is due; each task claims its own feed, asks, and writes down."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.queries import organisation
from content.actions.feed_answers import Failed, Fresh, Outcome, ask
from content.actions.feed_items import Item
from content.models import Feed, Story
from core import audit, wake
from core.flow import LostRace, move

EVERY = timedelta(minutes=15)
DAY = timedelta(hours=24)
LONGEST_PAUSE = timedelta(hours=24)
RUNG_FOR = timedelta(minutes=2)
# Longer than a fetch may take; a worker that died in it is followed by another after this.
CLAIMED_FOR = timedelta(minutes=3)


def lease_feeds(*, at: datetime, limit: int) -> list[int]:
    """Feeds that are due, none of them handed out twice within two minutes."""
    waiting = Feed.objects.exclude(state="stopped").filter(due_at__lte=at)
    with transaction.atomic():
        free = waiting.filter(Q(rung_until=None) | Q(rung_until__lte=at)).order_by("due_at")
        ids = list(free.select_for_update(skip_locked=True).values_list("pk", flat=True)[:limit])
        Feed.objects.filter(pk__in=ids).update(rung_until=at + RUNG_FOR)
    return ids


def fetch_feed(*, feed_id: int, at: datetime) -> int:
    """Fetch one feed if it is due; how many drafts it brought. Every failure is written to the feed as a sentence."""
    due = Feed.objects.exclude(state="stopped").filter(pk=feed_id, due_at__lte=at)
    if not due.update(due_at=at + CLAIMED_FOR, rung_until=None):
        return 0
    feed = Feed.objects.filter(pk=feed_id).first()
    if feed is None:
        return 0  # removed this very moment
    outcome = ask(feed.url, etag=feed.etag, last_modified=feed.last_modified, at=at)
    try:
        with transaction.atomic():
            return _write_down(feed, outcome, at)
    except LostRace:
        # Stopped or given another address while we were asking: the answer no longer counts.
        return 0


def _write_down(feed: Feed, outcome: Outcome, at: datetime) -> int:
    if isinstance(outcome, Failed):
        _note_failure(feed, outcome, at)
        return 0
    well = {"fetched_at": at, "due_at": at + EVERY, "failures": 0, "failing_since": None, "reason": ""}
    if not isinstance(outcome, Fresh):
        _note(feed, "active", at=at, **well)
        return 0
    well |= {"title": feed.title or outcome.parsed.title, "etag": outcome.etag, "last_modified": outcome.last_modified}
    taken, free_at = _within_limit(feed, _unseen(feed, outcome.parsed.items), at)
    if free_at:
        # Asked again when there is room, and then as if for the first time, so that what waits is sent once more.
        well |= {"due_at": max(free_at, at + EVERY), "etag": "", "last_modified": ""}
    _note(feed, "active", at=at, **well)
    return _make_drafts(feed, taken, at)


def _note_failure(feed: Feed, failed: Failed, at: datetime) -> None:
    if failed.gone:
        _note(feed, "stopped", at=at, reason=failed.sentence[:300], failing_since=feed.failing_since or at)
        audit.record(actor=None, kind="feed_gone", about=f"feed:{feed.pk}", at=at)
        return
    if failed.advertised and feed.fetched_at is None and _takes_advertised(feed, failed.advertised, at):
        return
    sentence = failed.sentence
    if failed.advertised:
        sentence = _("%(what)s It names this feed: %(address)s") % {"what": sentence, "address": failed.advertised}
    pause = min(EVERY * 2 ** min(feed.failures + 1, 10), LONGEST_PAUSE)
    _note(
        feed, "failing", at=at, failures=feed.failures + 1, failing_since=feed.failing_since or at,
        reason=sentence[:300], due_at=at + max(pause, failed.wait or pause),
    )  # fmt: skip


def _takes_advertised(feed: Feed, address: str, at: datetime) -> bool:
    """Somebody pasted the page instead of its feed: read the feed it names. Only before the first success."""
    if len(address) > 1000 or Feed.objects.filter(url=address).exists():
        return False
    _note(feed, feed.state, at=at, url=address, due_at=at, etag="", last_modified="")
    audit.record(actor=None, kind="feed_found", about=f"feed:{feed.pk}", at=at, data={"url": address})
    wake.ring_after_commit("content.tasks.fetch_feed", feed.pk)
    return True


def _note(feed: Feed, state: str, *, at: datetime, **changes: object) -> None:
    """Write to the feed as it was asked: same state and same address, else LostRace."""
    if not Feed.objects.select_for_update().filter(pk=feed.pk, state=feed.state, url=feed.url).exists():
        raise LostRace(f"feed {feed.pk} was changed while it was being fetched")
    if state != feed.state:
        move(feed, state, at=at, **changes)
    else:
        Feed.objects.filter(pk=feed.pk).update(**changes)


def _within_limit(feed: Feed, items: list[Item], at: datetime) -> tuple[list[Item], datetime | None]:
    """The newest that the feed may still bring today, and where some are left, when there is room again."""
    if feed.most_a_day is None:
        return items, None
    lately = feed.stories.filter(created_at__gt=at - DAY).order_by("created_at").values_list("created_at", flat=True)
    brought = list(lately)
    room = max(0, feed.most_a_day - len(brought))
    if len(items) <= room:
        return items, None
    return items[:room], (brought[0] if brought else at) + DAY


def _unseen(feed: Feed, items: tuple[Item, ...]) -> list[Item]:
    guids, urls = [item.guid for item in items], [item.url for item in items]
    known = feed.stories.filter(Q(feed_guid__in=guids) | Q(url__in=urls)).values_list("feed_guid", "url")
    seen = {value for row in known for value in row}
    return [item for item in items if item.guid not in seen and item.url not in seen]


def _make_drafts(feed: Feed, fresh: list[Item], at: datetime) -> int:
    # Made in turn, oldest first, so that the newest article is the newest draft.
    made = Story.objects.bulk_create([_draft(feed, item, at) for item in reversed(fresh)], ignore_conflicts=True)
    if made:
        audit.record(actor=None, kind="feed_brought", about=f"feed:{feed.pk}", at=at, data={"stories": len(made)})
        wake.ring_after_commit("content.tasks.ring_feeds")
    return len(made)


def usual_language() -> str:
    return next(iter(organisation().languages), "en")


def _draft(feed: Feed, item: Item, at: datetime) -> Story:
    return Story(
        state="draft", state_at=at, created_at=at, feed=feed, feed_guid=item.guid, title=item.title,
        summary=item.summary, url=item.url, picture_source=item.picture, picture_due_at=at, topic_id=feed.topic_id,
        audience_id=feed.audience_id,
        language=feed.language or item.language or usual_language(), written_at=item.written_at,
    )  # fmt: skip
