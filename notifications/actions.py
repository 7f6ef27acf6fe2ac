"""Telling people: a line in the page, or an e-mail. Rows first; a task does the sending."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser

from core import wake
from core.flow import LostRace, move
from notifications.models import Mail, Notice


def tell(*, member: AbstractBaseUser, kind: str, text: str, url: str = "", at: datetime) -> Notice:
    """One line in the member's own language, kept until read. The same unread line is not said twice."""
    said = Notice.objects.filter(member_id=member.pk, kind=kind, text=text, url=url, read_at=None).first()
    return said or Notice.objects.create(member_id=member.pk, kind=kind, text=text, url=url, at=at)


def read_notices(*, actor: AbstractBaseUser, at: datetime, ids: list[int] | None = None) -> int:
    """Mark the member's own notices as read, all of them or only these."""
    notices = Notice.objects.filter(member_id=actor.pk, read_at=None)
    return (notices if ids is None else notices.filter(pk__in=ids)).update(read_at=at)


def settle_notices(*, member: AbstractBaseUser, url: str, at: datetime) -> int:
    """What these notices asked for is done; nobody has to read them any more."""
    return Notice.objects.filter(member_id=member.pk, url=url, read_at=None).update(read_at=at)


def send_mail(
    *, to: str, subject: str, text: str, html: str = "", at: datetime, due_at: datetime | None = None
) -> Mail:
    """Write the mail down; it leaves within seconds of the commit, or when it is due."""
    mail = Mail.objects.create(
        to=to.strip().lower(), subject=" ".join(subject.split())[:300], text=text, html=html, created_at=at,
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
