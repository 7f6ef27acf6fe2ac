"""What members choose about being told: channels, a pause, a limit, and when stories come."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from notifications.kinds import BY_KEY, PAGE, PUSH
from notifications.models import Wishes
from notifications.queries import next_digest, wishes_of

PAUSE = timedelta(days=14)


def change(member: Any, **changes: Any) -> Wishes:
    """Write these columns, whether or not there is a row already."""
    wishes, _made = Wishes.objects.update_or_create(member_id=member.pk, defaults=changes)
    return wishes


def choose_channels(*, actor: Any, channels: dict[str, list[str]]) -> None:
    """For each topic by which ways. What is as usual is not kept, so that a better default reaches everybody."""
    with transaction.atomic():
        Wishes.objects.get_or_create(member_id=actor.pk)
        wishes = Wishes.objects.select_for_update().get(member_id=actor.pk)
        for key, ways in channels.items():
            topic, wanted = BY_KEY[key], frozenset(ways)
            wishes.channels.pop(key, None)
            if topic.channels({key: list(wanted)}) != topic.channels({}):
                wishes.channels[key] = sorted(wanted)
        wishes.save(update_fields=["channels"])


def stop_topic(*, member: Any, topic: str) -> None:
    """No more mails of this kind, from a mail itself or with one tap. Other ways stay as they are."""
    if topic == "digest":
        change(member, digest="", digest_due_at=None)
        return
    wishes = wishes_of(member)
    ways = BY_KEY[topic].channels(wishes.channels)
    choose_channels(actor=member, channels={topic: [way for way in (PAGE, PUSH) if way in ways]})


def stop_line(*, actor: Any, topic: str) -> None:
    """Nothing of this at all, where it can be switched off."""
    choose_channels(actor=actor, channels={topic: []})


def pause_messages(*, actor: Any, at: datetime) -> datetime:
    """Two weeks in which everything stands in the page only; what falls into them is not sent afterwards."""
    change(actor, paused_until=at + PAUSE)
    return at + PAUSE


def end_pause(*, actor: Any) -> None:
    change(actor, paused_until=None)


def limit_messages(*, actor: Any, most_a_day: int | None) -> None:
    change(actor, most_a_day=most_a_day)


def choose_digest(*, actor: Any, every: str, weekday: int, minute: int, at: datetime) -> None:
    """`every` is "day", "week" or "" for never; `minute` counts from midnight in the member's own zone."""
    wishes = change(actor, digest=every, digest_weekday=weekday, digest_minute=minute, digest_offered_at=at)
    plan(wishes, actor, at)


def plan_digest(*, member: Any, at: datetime) -> None:
    """The hours or the zone have changed: the next one comes at the right time all the same."""
    wishes = Wishes.objects.filter(member_id=member.pk).exclude(digest="").first()
    if wishes:
        plan(wishes, member, at)


def plan(wishes: Wishes, member: Any, at: datetime) -> None:
    Wishes.objects.filter(pk=wishes.pk).update(digest_due_at=next_digest(wishes, member, at))
