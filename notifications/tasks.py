from contextlib import suppress
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from celery import shared_task
from django.db.models import QuerySet

from core import clock, wake
from core.flow import LostRace, claim, move
from notifications import delivering, sending
from notifications.models import Mail
from notifications.queries import mail_leaves

BATCH = 20
# So many are claimed together. What is not begun in that time goes back: a mail's lease must last while it is sent, and
# somebody may be waiting for a sign-in code.
TOGETHER, HELD = 10, timedelta(seconds=1)
LONGEST = 10.0  # seconds of one task; then it rings for the next, so that a worker that ends is not waited for long
# Longer than one conversation may take: a dozen exchanges, each with a time-out of fifteen seconds.
LEASE = timedelta(minutes=5)
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720)]


@shared_task
def send_mails() -> None:
    """Hand over what is due. No two workers send the same mail, however slow the mail server is."""
    if not mail_leaves():
        return
    take_back_abandoned(clock.now())
    began = monotonic()
    with sending.line() as line:
        while monotonic() - began < LONGEST:
            at = clock.now()
            mails = claim(due(at), "sending", at=at, limit=TOGETHER, due_at=at + LEASE)
            if not mails:
                return
            send_each(mails, line, claimed_at=at)
    wake.ring("notifications.tasks.send_mails")


@shared_task
def deliver() -> None:
    """Mails and pushes that members are told by, when they are due."""
    while delivering.deliver_due(at=clock.now()):
        pass


def due(at: datetime) -> QuerySet[Mail]:
    """While all sharing is paused, mails of launches wait."""
    rows = Mail.objects.filter(state="queued", due_at__lte=at).order_by("bulk", "due_at", "pk")
    return rows.filter(about="") if delivering.is_quiet(at) else rows


def take_back_abandoned(at: datetime) -> None:
    """A worker died with these in hand. The mail may go out twice, which is kinder than not at all."""
    for mail in Mail.objects.filter(state="sending", due_at__lte=at)[:BATCH]:
        try:
            move(mail, "queued", at=at, due_at=at)
        except LostRace:
            continue


def send_each(mails: list[Mail], line: Any, *, claimed_at: datetime) -> None:
    for place, mail in enumerate(mails):
        at = clock.now()
        with suppress(LostRace):  # it took longer than its lease, and somebody took it back; the others are ours
            if place and at - claimed_at > HELD:
                move(mail, "queued", at=at, due_at=at)
            else:
                send_one(mail, line)


def send_one(mail: Mail, line: Any = None) -> None:
    try:
        sending.hand_over(mail, line)
    except sending.Refused as error:
        move(mail, "failed", at=clock.now(), reason=str(error)[:300])
    except sending.NotNow as error:
        put_off(mail, str(error), clock.now())
    else:
        # Of one among thousands the plain words stay; the rest is the same for everybody and heavy.
        move(mail, "sent", at=clock.now(), reason="", **({"html": ""} if mail.bulk else {}))


def put_off(mail: Mail, reason: str, at: datetime) -> None:
    if mail.tries >= len(WAITS):
        move(mail, "failed", at=at, reason=reason[:300])
        return
    move(mail, "queued", at=at, due_at=at + WAITS[mail.tries], tries=mail.tries + 1, reason=reason[:300])
