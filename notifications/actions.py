"""Telling people: a line in the page, an e-mail, a push. Rows first; a task does the sending."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser

from core import wake
from core.flow import LostRace, move
from core.hours import next_working
from notifications.kinds import MAIL, PAGE, PUSH, topic_of
from notifications.models import Delivery, Mail, Notice, PushAddress
from notifications.queries import wishes_of


def tell(
    *, member: Any, kind: str, text: str, url: str = "", at: datetime, subject: str = "", more: str = ""
) -> Notice | None:
    """The one door to a member. Says it in their own language by the ways they chose (kinds.py): a line in the page,
    kept until read, and a row for each other channel. `subject` and `more` are for a mail, which has room. What still
    stands there unread is not said again. None where they want no line."""
    topic, wishes = topic_of(kind), wishes_of(member)
    ways = topic.channels(wishes.channels)
    said = Notice.objects.filter(member_id=member.pk, kind=kind, text=text, url=url, read_at=None).first()
    if said:
        return said
    write_deliveries(
        member=member, kind=kind, ways=ways, subject=subject or text, text=" ".join(filter(None, [text, more])),
        url=url, at=at,
    )  # fmt: skip
    if PAGE not in ways:
        return None
    return Notice.objects.create(member_id=member.pk, kind=kind, text=text, url=url, at=at)


def write_deliveries(
    *, member: Any, kind: str, ways: frozenset[str], subject: str, text: str, url: str, at: datetime
) -> list[Delivery]:
    """For each channel that reaches this member, when it may: within their hours, and not at all before they chose
    some."""
    topic = topic_of(kind)
    due_at = next_working(member.working_hours, member.time_zone, at) if topic.keeps_to_hours else at
    until = at + topic.within if topic.within else None
    if not member.is_active or due_at is None or (until and due_at > until):
        return []
    reached = [channel for channel in (MAIL, PUSH) if channel in ways and reaches(member, channel)]
    rows = [
        Delivery(
            member_id=member.pk, channel=channel, kind=kind, subject=one_line(subject), text=text, url=url,
            created_at=at, due_at=due_at, until=until, state="waiting", state_at=at,
        )
        for channel in reached
    ]  # fmt: skip
    if rows:
        Delivery.objects.bulk_create(rows)
        wake.ring_after_commit("notifications.tasks.deliver")
    return rows


def reaches(member: Any, channel: str) -> bool:
    if channel == MAIL:
        return bool(member.email)
    return PushAddress.objects.filter(member_id=member.pk, state="open").exists()


def one_line(text: str) -> str:
    return " ".join(text.split())[:300]


def read_notices(*, actor: AbstractBaseUser, at: datetime, ids: list[int] | None = None) -> int:
    """Mark the member's own notices as read, all of them or only these."""
    notices = Notice.objects.filter(member_id=actor.pk, read_at=None)
    return (notices if ids is None else notices.filter(pk__in=ids)).update(read_at=at)


def settle_notices(*, member: AbstractBaseUser, url: str, at: datetime) -> int:
    """What these notices asked for is done; nobody has to read them any more."""
    unsaid = list(Delivery.objects.filter(member_id=member.pk, url=url, state="waiting"))
    for delivery in unsaid:
        with suppress(LostRace):  # on its way this very moment
            move(delivery, "dropped", at=at, reason="settled")
    return Notice.objects.filter(member_id=member.pk, url=url, read_at=None).update(read_at=at)


def send_mail(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    at: datetime,
    due_at: datetime | None = None,
    headers: dict[str, str] | None = None,
) -> Mail:
    """Write the mail down; it leaves within seconds of the commit, or when it is due."""
    mail = Mail.objects.create(
        to=to.strip().lower(), subject=one_line(subject), text=text, html=html, created_at=at, headers=headers or {},
        due_at=due_at or at, state="queued", state_at=at,
    )  # fmt: skip
    wake.ring_after_commit("notifications.tasks.send_mails")
    return mail


def note_bounce(*, mail: Mail, reason: str, at: datetime) -> bool:
    """A mail that was handed over came back. False when that is known already, or it never left."""
    if mail.state != "sent":
        return False
    try:
        move(mail, "bounced", at=at, reason=" ".join(reason.split())[:300])
    except LostRace:
        return False
    return True
