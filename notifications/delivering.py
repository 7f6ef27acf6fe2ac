"""What is due goes out: asked once more whether it may, then as a mail row, or to the member's browsers."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from core.flow import LostRace, claim, move, move_all, move_each
from core.hours import next_working
from notifications import letters, pushing
from notifications.actions import send_mail, write_mails
from notifications.kinds import MAIL, TOPICS, topic_of
from notifications.models import Delivery, Wishes
from notifications.queries import sent_today_of

BATCH = 50
LEASE = timedelta(minutes=5)
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240)]
# Whether all sharing is paused, which an app above this one knows; it says so when it is ready.
quiet: list[Callable[[datetime], bool]] = []
# Which rows of many (those with `about`) are not for their member any more, and why in one word; asked once a batch.
unmeant: list[Callable[[Sequence[Delivery], datetime], Mapping[int, str]]] = []


def deliver_due(*, at: datetime) -> int:
    """One batch, by as many statements for fifty rows as for one. Returns how many were looked at; 0 when nothing is
    due."""
    take_back_abandoned(at)
    with transaction.atomic():
        rows = claim(due(at), "going", at=at, limit=BATCH, due_at=at + LEASE)
        rows = list(Delivery.objects.filter(pk__in=[row.pk for row in rows]).select_related("member").order_by("pk"))
        pushes = settle(rows, at)
    for row in pushes:  # calls to the outside stand outside of every transaction
        try:
            push_one(row, at)
        except LostRace:
            continue
    return len(rows)


def due(at: datetime) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(state="waiting", due_at__lte=at).order_by("due_at", "pk")
    return rows.exclude(kind__in=sharing_kinds()) if is_quiet(at) else rows


def is_quiet(at: datetime) -> bool:
    return any(ask(at) for ask in quiet)


def sharing_kinds() -> list[str]:
    return [kind for topic in TOPICS if topic.is_sharing for kind in topic.kinds]


def take_back_abandoned(at: datetime) -> None:
    """A worker died with these in hand: a push may be shown twice, which replaces itself on the screen."""
    for row in Delivery.objects.filter(state="going", due_at__lte=at)[:BATCH]:
        try:
            move(row, "waiting", at=at, due_at=at)
        except LostRace:
            continue


def settle(rows: Sequence[Delivery], at: datetime) -> list[Delivery]:
    """Drop, put off or send as a mail; the answer has those that are still to be pushed."""
    wishes = Wishes.objects.in_bulk({row.member_id for row in rows})
    limited = [row.member for row in rows if row.member_id in wishes and wishes[row.member_id].most_a_day is not None]
    sent = Counter(sent_today_of(limited, at))
    of_many = [row for row in rows if row.about]
    changed = {pk: why for ask in unmeant for pk, why in ask(of_many, at).items()} if of_many else {}
    dropped: dict[str, list[Delivery]] = defaultdict(list)
    later: dict[Delivery, dict[str, Any]] = {}
    going: list[Delivery] = []
    for row in rows:
        chosen = wishes.get(row.member_id) or Wishes(member_id=row.member_id)
        if why := changed.get(row.pk) or why_dropped(row, chosen, sent[row.member_id], at):
            dropped[why].append(row)
        elif (moment := may_go(row, at)) != at:  # the hours were changed, or the night came while nobody worked
            later |= {row: {"due_at": moment, "reason": ""}} if moment else {}
            dropped["hours"] += [] if moment else [row]
        else:
            sent[row.member_id] += 1
            going.append(row)
    for why, several in dropped.items():
        move_all(several, "dropped", at=at, reason=why)
    move_each(later, "waiting", at=at)
    mails = [row for row in going if row.channel == MAIL]
    send_mails_of(mails, at)
    move_all(mails, "gone", at=at)
    return [row for row in going if row.channel != MAIL]


def may_go(row: Delivery, at: datetime) -> datetime | None:
    """When, by the member's hours; None where they have chosen none."""
    member: Any = row.member
    if not topic_of(row.kind).waits_for_hours(row.kind):
        return at
    return next_working(member.working_hours, member.time_zone, at)


def send_mails_of(rows: Sequence[Delivery], at: datetime) -> None:
    for row in rows:
        if not row.about:
            text, html, headers = written(row)
            to = row.member.email or ""
            send_mail(to=to, subject=row.subject, text=text, html=html, at=at, headers=headers, delivery=row)
    write_mails([(row, *written(row)) for row in rows if row.about], at=at)


def written(row: Delivery) -> tuple[str, str, dict[str, str]]:
    return letters.letter(row.member, text=row.text, url=row.url, topic=topic_of(row.kind).key)


def why_dropped(row: Delivery, wishes: Wishes, sent: int, at: datetime) -> str:
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
    if wishes.most_a_day is not None and sent >= wishes.most_a_day:
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
