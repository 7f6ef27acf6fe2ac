"""What is due goes out: asked once more whether it may, then as a mail row, or to the member's browsers."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from core.flow import LostRace, claim, move
from core.hours import next_working
from notifications import letters, pushing
from notifications.actions import send_mail
from notifications.kinds import MAIL, topic_of
from notifications.models import Delivery, Wishes
from notifications.queries import sent_today, wishes_of

BATCH = 50
LEASE = timedelta(minutes=5)
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240)]


def deliver_due(*, at: datetime) -> int:
    """One batch. Returns how many were looked at; 0 when nothing is due."""
    take_back_abandoned(at)
    with transaction.atomic():
        rows = claim(due(at), "going", at=at, limit=BATCH, due_at=at + LEASE)
        rows = list(Delivery.objects.filter(pk__in=[row.pk for row in rows]).select_related("member").order_by("pk"))
        pushes = [row for row in rows if deliver_one(row, at)]
    for row in pushes:  # calls to the outside stand outside of every transaction
        try:
            push_one(row, at)
        except LostRace:
            continue
    return len(rows)


def due(at: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(state="waiting", due_at__lte=at).order_by("due_at", "pk")


def take_back_abandoned(at: datetime) -> None:
    """A worker died with these in hand: a push may be shown twice, which replaces itself on the screen."""
    for row in Delivery.objects.filter(state="going", due_at__lte=at)[:BATCH]:
        try:
            move(row, "waiting", at=at, due_at=at)
        except LostRace:
            continue


def deliver_one(row: Delivery, at: datetime) -> bool:
    """Send a mail, drop or put off; True where a push is still to be made."""
    wishes, member = wishes_of(row.member), row.member
    if why := why_dropped(row, wishes, at):
        move(row, "dropped", at=at, reason=why)
        return False
    moment = next_working(member.working_hours, member.time_zone, at) if topic_of(row.kind).keeps_to_hours else at
    if moment is None or moment > at:  # the hours were changed, or the night came while nobody worked
        move(row, "waiting" if moment else "dropped", at=at, due_at=moment or at, reason="" if moment else "hours")
        return False
    if row.channel != MAIL:
        return True
    text, html, headers = letters.letter(member, text=row.text, url=row.url, topic=topic_of(row.kind).key)
    send_mail(to=member.email or "", subject=row.subject, text=text, html=html, at=at, headers=headers)
    move(row, "gone", at=at)
    return False


def why_dropped(row: Delivery, wishes: Wishes, at: datetime) -> str:
    """In one word, for who looks into the table. The page has the line in any case."""
    member: Any = row.member
    if not member.is_active or (row.channel == MAIL and not member.email):
        return "gone"
    if wishes.paused_until and at < wishes.paused_until:
        return "paused"
    if row.channel not in topic_of(row.kind).channels(wishes.channels):
        return "chosen"
    if row.until and at > row.until:
        return "late"
    if wishes.most_a_day is not None and sent_today(member, at) >= wishes.most_a_day:
        return "most"
    return ""


def push_one(row: Delivery, at: datetime) -> None:
    try:
        reached = pushing.push(row, at=at)
    except pushing.NotNow as later:
        if row.tries >= len(WAITS):
            move(row, "dropped", at=at, reason=str(later)[:200])
        else:
            due_at = max(later.until or at, at + WAITS[row.tries])
            move(row, "waiting", at=at, due_at=due_at, tries=row.tries + 1, reason=str(later)[:200])
        return
    move(row, "gone" if reached else "dropped", at=at, reason="" if reached else "no browser")
