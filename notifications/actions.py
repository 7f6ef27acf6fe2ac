"""Telling people: a line in the page, an e-mail, a push. Rows first; a task does the sending."""

from collections.abc import Callable, Container, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from core import wake
from core.flow import LostRace, claim, move, move_all
from core.hours import next_working
from notifications.kinds import MAIL, PAGE, PUSH, topic_of
from notifications.models import Delivery, Mail, Notice, PushAddress, Wishes
from notifications.queries import wishes_of

MANY = 2000


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
    reached = {channel for channel in (MAIL, PUSH) if channel in ways and reaches(member, channel)}
    rows = planned(member, reached, kind=kind, subject=subject, text=text, url=url, at=at)
    if rows:
        Delivery.objects.bulk_create(rows)
        wake.ring_after_commit("notifications.tasks.deliver")
    return rows


def planned(
    member: Any, reached: Container[str], *, kind: str, subject: str, text: str, url: str, at: datetime,
    about: str = "", until: datetime | None = None,
) -> list[Delivery]:  # fmt: skip
    """The rows of one member, not written yet."""
    topic = topic_of(kind)
    due_at = next_working(member.working_hours, member.time_zone, at) if topic.waits_for_hours(kind) else at
    until = until or (at + topic.within if topic.within else None)
    if not member.is_active or due_at is None or (until and due_at > until):
        return []
    return [
        Delivery(
            member_id=member.pk, channel=channel, kind=kind, about=about, subject=one_line(subject), text=text, url=url,
            created_at=at, due_at=due_at, until=until, state="waiting", state_at=at,
        )
        for channel in (MAIL, PUSH)
        if channel in reached
    ]  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What is told in one language; `more` is for a mail, which has room."""

    text: str
    more: str = ""

    @property
    def whole(self) -> str:
        return "\n\n".join(filter(None, [self.text, self.more]))


def tell_all(
    *, members: Sequence[Any], kind: str, about: str, words: Callable[[str], Said], url: str, at: datetime,
    until: datetime | None = None,
) -> dict[int, str]:  # fmt: skip
    """`tell` for many at once, by as many statements for a thousand as for one. `words` are asked for once in each
    language, and `about` says afterwards whose messages these were. Call it inside the transaction that remembers who
    was told. The answer has those who were told nothing, and why in one word."""
    topic, numbers = topic_of(kind), [member.pk for member in members]
    wishes = Wishes.objects.in_bulk(numbers)
    browsers = set(PushAddress.objects.filter(member__in=numbers, state="open").values_list("member", flat=True))
    said = {language: words(language) for language in {member.language for member in members}}
    notices: list[Notice] = []
    rows: list[Delivery] = []
    untold: dict[int, str] = {}
    for member in members:
        ways = topic.channels(wishes[member.pk].channels if member.pk in wishes else {})
        reached = {MAIL} & ways if member.email else set()
        reached |= {PUSH} & ways if member.pk in browsers else set()
        own = said[member.language]
        sent = planned(
            member, reached, kind=kind, subject=own.text, text=own.whole, url=url, at=at, about=about, until=until
        )
        rows += sent
        if PAGE in ways:
            notices.append(Notice(member_id=member.pk, kind=kind, about=about, text=own.text, url=url, at=at))
        elif not sent:
            untold[member.pk] = "no_way" if ways else "chosen"
    Notice.objects.bulk_create(notices)
    Delivery.objects.bulk_create(rows)
    if rows:
        wake.ring_after_commit("notifications.tasks.deliver")
    return untold


def drop_deliveries(*, about: str, at: datetime, reason: str) -> int:
    """What still waits of this is not sent any more. How many."""
    rows, dropped = Delivery.objects.filter(about=about, state="waiting").order_by("pk"), 0
    while taken := claim(rows, "dropped", at=at, limit=MANY, reason=reason):
        dropped += len(taken)
    return dropped


def drop_mails(*, about: str, at: datetime, reason: str) -> int:
    """Mails of this that are written and have not left do not leave, and count as not delivered. How many."""
    rows, dropped = Mail.objects.filter(about=about, state="queued").order_by("pk").only("state", "delivery"), 0
    while True:
        with transaction.atomic():
            taken = claim(rows, "dropped", at=at, limit=MANY, reason=reason, html="")
            gone = Delivery.objects.filter(pk__in=[mail.delivery_id for mail in taken], state="gone").only("state")
            move_all(list(gone), "dropped", at=at, reason=reason)
        if not taken:
            return dropped
        dropped += len(taken)


def remove_notices(*, about: str) -> int:
    """Lines of this that nobody has read yet, where it is not true any more. How many."""
    return Notice.objects.filter(about=about, read_at=None).delete()[0]


def restore_deliveries(*, about: str, at: datetime, reason: str) -> int:
    """What was dropped for this reason waits again; whether it may go is asked anew when it is due. How many."""
    rows = Delivery.objects.filter(about=about, state="dropped", reason=reason).order_by("pk")
    restored = 0
    while taken := claim(rows, "waiting", at=at, limit=MANY, reason=""):
        restored += len(taken)
    if restored:
        wake.ring_after_commit("notifications.tasks.deliver")
    return restored


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
    """What these notices asked of this member is done; they have to read them no more."""
    return _settle(at, member_id=member.pk, url=url)


def settle_notices_of(*, members: Sequence[int], url: str, at: datetime) -> int:
    """The same for several, by their numbers."""
    return _settle(at, member_id__in=list(members), url=url)


def settle_question(*, kind: str, url: str, at: datetime) -> int:
    """The same for everybody who was asked: it is answered by one of them."""
    return _settle(at, kind=kind, url=url)


def forget_question(*, kind: str, url: str, at: datetime) -> None:
    """It is over, and what was said of it is nobody's to read any more: lines are deleted, what waits is not sent, and
    rows of what was sent lose their words. A mail that has left lies where it lies."""
    these = {"kind": kind, "url": url}
    with transaction.atomic():
        _settle(at, **these)
        Notice.objects.filter(**these).delete()
        ended = Delivery.objects.filter(state__in=["gone", "dropped"], **these)
        mails = Mail.objects.filter(delivery__in=list(ended.values_list("pk", flat=True)))
        for mail in mails.filter(state="queued"):
            with suppress(LostRace):
                move(mail, "dropped", at=at, reason="settled")
        mails.exclude(state__in=["queued", "sending"]).update(subject="", text="", html="")
        ended.update(subject="", text="", html="", url="")


def _settle(at: datetime, **these: Any) -> int:
    for delivery in Delivery.objects.filter(state="waiting", **these):
        with suppress(LostRace):  # on its way this very moment
            move(delivery, "dropped", at=at, reason="settled")
    return Notice.objects.filter(read_at=None, **these).update(read_at=at)


def send_mail(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    at: datetime,
    due_at: datetime | None = None,
    headers: dict[str, str] | None = None,
    delivery: Delivery | None = None,
) -> Mail:
    """Write the mail down; it leaves within seconds of the commit, or when it is due."""
    mail = Mail.objects.create(
        to=to.strip().lower(), subject=one_line(subject), text=text, html=html, created_at=at, headers=headers or {},
        due_at=due_at or at, delivery=delivery, state="queued", state_at=at,
    )  # fmt: skip
    wake.ring_after_commit("notifications.tasks.send_mails")
    return mail


def write_mails(written: Sequence[tuple[Delivery, str, str, dict[str, str]]], *, at: datetime) -> None:
    """The mails of many at once: row, text, HTML and headers of each. Whoever waits for a sign-in code comes first."""
    Mail.objects.bulk_create(
        Mail(
            to=(row.member.email or "").strip().lower(), subject=row.subject, text=text, html=html, headers=headers,
            bulk=True, about=row.about, delivery=row, created_at=at, due_at=at, state="queued", state_at=at,
        )
        for row, text, html, headers in written
    )  # fmt: skip
    if written:
        wake.ring_after_commit("notifications.tasks.send_mails")


def note_bounce(*, mail: Mail, reason: str, at: datetime) -> bool:
    """A mail that was handed over came back. False when that is known already, or it never left."""
    if mail.state != "sent":
        return False
    try:
        move(mail, "bounced", at=at, reason=" ".join(reason.split())[:300])
    except LostRace:
        return False
    return True
