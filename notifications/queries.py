from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Exists, OuterRef

from core import zones
from core.hours import clock_time, next_working
from notifications.kinds import BY_KEY, CHANNELS, Topic, topics_for
from notifications.models import Delivery, Wishes

MONDAY_TO_FRIDAY = range(5)


def mail_leaves() -> bool:
    """Whether mails go anywhere: to a mail server, or in the demo to /outbox/. Otherwise they wait as rows."""
    return bool(settings.EMAIL_HOST or settings.DEMO or settings.SANDBOX)


def wishes_of(member: AbstractBaseUser) -> Wishes:
    """What they chose, or an unsaved row with what is usual."""
    return Wishes.objects.filter(member_id=member.pk).first() or Wishes(member_id=member.pk)


def not_at_all(topic: str) -> Exists:
    """For rows with a `member`: who wants to hear nothing of this, by no way."""
    return Exists(Wishes.objects.filter(member=OuterRef("member"), **{f"channels__{topic}": []}))


def choices(wishes: Wishes, roles: list[str]) -> list[tuple[Topic, list[tuple[str, bool]]]]:
    """The table as this member sees it: each topic with the channels it goes by."""
    return [
        (topic, [(channel, channel in topic.channels(wishes.channels)) for channel in CHANNELS])
        for topic in topics_for(roles)
    ]


def has(wishes: Wishes, topic: str, channel: str) -> bool:
    return channel in BY_KEY[topic].channels(wishes.channels)


def sent_today_of(members: Sequence[Any], at: datetime) -> dict[int, int]:
    """How many mails and pushes went to each of these members since their own midnight, by one question."""
    begun = {member.pk: midnight(member.time_zone, at) for member in members}
    if not begun:
        return {}
    gone = Delivery.objects.filter(member__in=begun, state="gone", state_at__gte=min(begun.values()))
    return Counter(pk for pk, sent_at in gone.values_list("member", "state_at") if sent_at >= begun[pk])


def midnight(zone: str, at: datetime) -> datetime:
    """When today began there."""
    return zones.to_utc(zones.to_local(at, zone).replace(hour=0, minute=0), zone).at


def next_digest(wishes: Wishes, member: Any, at: datetime) -> datetime | None:
    """When the next digest after `at` is due: on the member's working days and within their hours, where they chose
    some, else on Monday to Friday; a weekly one on their weekday, or the next working moment after it."""
    if not wishes.digest:
        return None
    local, hours = zones.to_local(at, member.time_zone), member.working_hours
    for ahead in range(15):
        day = local.date() + timedelta(days=ahead)
        if wishes.digest == "week" and day.weekday() != wishes.digest_weekday:
            continue
        if wishes.digest == "day" and not hours and day.weekday() not in MONDAY_TO_FRIDAY:
            continue
        typed = datetime.combine(day, clock_time(wishes.digest_minute))
        due = zones.to_utc(typed, member.time_zone).at
        due = (next_working(hours, member.time_zone, due) or due) if hours else due
        if due > at:
            return due
    return None
