"""What a curator does with feeds."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import is_curator
from audiences.models import Audience
from content.actions.addresses import web_address
from content.actions.errors import BadAddress, MovedOn, NotAllowed
from content.models import Feed, Topic
from core import audit, wake
from core.flow import ForbiddenMove, LostRace, move

LONGEST_ADDRESS = 1000


@dataclass(frozen=True)
class FeedRules:
    """What holds for the stories a feed brings from now on."""

    topic: Topic | None = None
    language: str = ""  # empty: as the feed says
    audience: Audience | None = None  # None: everybody
    most_a_day: int | None = None


def add_feed(*, actor: User, url: str, rules: FeedRules = FeedRules(), at: datetime) -> Feed:
    """Read this feed from now on. BadAddress when it cannot be one, or is read already."""
    _allow(actor)
    address = _feed_address(url)
    try:
        with transaction.atomic():
            feed = Feed.objects.create(
                state="active", state_at=at, url=address, due_at=at, added_by=actor, **vars(rules)
            )
            audit.record(actor=actor, kind="feed_added", about=f"feed:{feed.pk}", at=at, data={"url": address})
            wake.ring_after_commit("content.tasks.fetch_feed", feed.pk)
    except IntegrityError:
        raise _read_already() from None
    return feed


def edit_feed(*, actor: User, feed: Feed, url: str, rules: FeedRules, at: datetime) -> Feed:
    """Another address starts afresh; another limit is looked at within minutes."""
    _allow(actor)
    address = _feed_address(url)
    changes: dict[str, object] = dict(vars(rules))
    if rules.most_a_day != feed.most_a_day:
        changes |= {"due_at": at}
    if address != feed.url:
        changes |= {"url": address, "due_at": at, "etag": "", "last_modified": "", "fetched_at": None, "title": ""}
    try:
        with transaction.atomic():
            Feed.objects.filter(pk=feed.pk).update(**changes)
            audit.record(actor=actor, kind="feed_edited", about=f"feed:{feed.pk}", at=at, data={"url": address})
            if address != feed.url:
                wake.ring_after_commit("content.tasks.fetch_feed", feed.pk)
    except IntegrityError:
        raise _read_already() from None
    feed.refresh_from_db()
    return feed


def stop_feed(*, actor: User, feed: Feed, at: datetime) -> Feed:
    """Read it no more. The stories it brought stay."""
    return _switch(actor, feed, "stopped", "feed_stopped", at)


def start_feed(*, actor: User, feed: Feed, at: datetime) -> Feed:
    """Read it again after it was stopped."""
    started = _switch(actor, feed, "active", "feed_started", at, due_at=at, failures=0, failing_since=None, reason="")
    wake.ring_after_commit("content.tasks.fetch_feed", feed.pk)
    return started


def remove_feed(*, actor: User, feed: Feed, at: datetime) -> None:
    """Take it off the list. The stories it brought stay, whatever has become of them."""
    _allow(actor)
    with transaction.atomic():
        if not Feed.objects.filter(pk=feed.pk).delete()[0]:
            raise MovedOn(_("Somebody else has removed this feed a moment ago."))
        audit.record(actor=actor, kind="feed_removed", about=f"feed:{feed.pk}", at=at, data={"url": feed.url})


def fetch_feed_now(*, actor: User, feed: Feed, at: datetime) -> None:
    """Do not wait for the quarter of an hour."""
    _allow(actor)
    if not Feed.objects.exclude(state="stopped").filter(pk=feed.pk).update(due_at=at, rung_until=None):
        raise MovedOn(_("This feed is stopped. Start it again first."))
    wake.ring_after_commit("content.tasks.fetch_feed", feed.pk)


def _switch(actor: User, feed: Feed, to: str, kind: str, at: datetime, **changes: object) -> Feed:
    _allow(actor)
    try:
        with transaction.atomic():
            move(feed, to, at=at, **changes)
            audit.record(actor=actor, kind=kind, about=f"feed:{feed.pk}", at=at)
    except (LostRace, ForbiddenMove):
        raise MovedOn(_("Somebody else changed this feed a moment ago.")) from None
    return feed


def _feed_address(text: str) -> str:
    # Readers of feeds write it so; what is meant is the web address.
    meant = text.strip().replace("feed://", "https://", 1).removeprefix("feed:")
    try:
        address = web_address(meant)
    except BadAddress:
        raise BadAddress(
            _("“%(address)s” is no address of a feed: that starts with https:// or http:// and has no space in it.")
            % {"address": meant[:80]}
            if meant
            else _("Please give the address of the feed.")
        ) from None
    if len(address) > LONGEST_ADDRESS:
        raise BadAddress(_("This address is too long for a feed."))
    return address


def _read_already() -> BadAddress:
    return BadAddress(_("This feed is read already. You find it in the list."))


def _allow(actor: User) -> None:
    if not is_curator(actor):
        raise NotAllowed(_("Only curators look after feeds."))
