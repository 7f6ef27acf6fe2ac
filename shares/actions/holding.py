"""Waiting: for a gate that opens by itself, or, when the quiet switch was on, for the share's owner."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import queries as accounts
from accounts.models import User
from core import wake
from core.flow import LostRace, claim, move
from notifications import actions as notifications
from shares import gates
from shares.actions.asking import ask_reader
from shares.actions.ending import ask_member
from shares.models import APPROVAL, MONEY, OWNER, PAUSE, Share

PATIENCE = timedelta(seconds=30)
LEAST_TIME = timedelta(minutes=5)  # for what waited to go out once it may
BATCH = 1000


def hold_share(share: Share, answer: gates.Answer, at: datetime) -> None:
    """Let it wait, or wait on, as a gate said. What waits for a person is looked at again when its time is over."""
    due_at = answer.until if answer.held_for and answer.until else at + PATIENCE
    changes = {"reason": answer.sentence, "held_until": answer.until, "due_at": due_at, "held_for": answer.held_for}
    with transaction.atomic():
        if share.state != "held":
            move(share, "held", at=at, **changes)
        elif not Share.objects.filter(pk=share.pk, state="held").update(**changes):
            raise LostRace
        if answer.held_for == APPROVAL:
            ask_reader(share, due_at=due_at, at=at)
    for name, value in changes.items():
        setattr(share, name, value)


def go_on(share: Share, at: datetime) -> bool:
    """Its gates are open: it goes out at its time, at once where that is over, and after its cut-off as its owner
    decides. False where somebody was quicker."""
    try:
        if at <= share.cut_off_at:
            cut_off = max(share.cut_off_at, at + LEAST_TIME)
            times = {"due_at": max(share.wanted_at, at), "held_until": None, "cut_off_at": cut_off}
            move(share, "scheduled", at=at, reason="", held_for="", rung_until=None, **times)
            wake.ring_after_commit("shares.tasks.send")
        elif share.may_be_up():
            ask_member(share, at)
        else:
            return _wait_for_owner(share, at)
    except LostRace:
        return False
    return True


def hold_for_quiet(*, at: datetime) -> int:
    """While the quiet switch is on, everything planned waits; also what waited for something else already. A share on
    its way to the platform is left alone. Returns how many were held."""
    # Not as remembered: a worker a second behind would take back what an owner has just sent.
    quiet = accounts.quiet_time(at, fresh=True)
    if quiet is None:
        return 0
    held = 0
    planned = Share.objects.filter(state__in=["scheduled", "retrying"])
    waiting = Share.objects.filter(state="held").exclude(held_for=PAUSE)
    times = times_from(quiet.until)
    for language in _languages(planned):
        with override(language):
            changes = {"reason": gates.quiet_sentence(quiet), "held_for": PAUSE, "rung_until": None, **times}
        while batch := claim(_of(planned, language), "held", at=at, limit=BATCH, **changes):
            held += len(batch)
    for language in _languages(waiting):
        with override(language):
            held += _of(waiting, language).update(reason=gates.quiet_sentence(quiet), held_for=PAUSE, **times)
    return held


def hand_to_owners(*, at: datetime) -> int:
    """When it is over nothing goes out by itself: each owner hears of it once and decides."""
    if accounts.quiet_time(at, fresh=True) is not None:
        return 0
    paused = Share.objects.filter(state="held", held_for=PAUSE)
    handed = 0
    while True:
        with transaction.atomic():
            batch = list(paused.select_for_update(skip_locked=True).values_list("pk", "member")[:BATCH])
            for member in User.objects.filter(pk__in={owner for _pk, owner in batch}):
                _hand_over(member, [pk for pk, owner in batch if owner == member.pk], at)
        handed += len(batch)
        if len(batch) < BATCH:
            return handed


def _hand_over(member: User, ids: list[int], at: datetime) -> None:
    with override(member.language):
        reason = _("The pause is over. Send it, move it or cancel it.")
        text = _("The pause is over, and posts of yours wait. Send them, move them or cancel them.")
    Share.objects.filter(pk__in=ids, state="held").update(reason=reason, held_for=OWNER, **times_from(at))
    notifications.tell(member=member, kind="share.waits", text=text, url="/shares/", at=at)


def _wait_for_owner(share: Share, at: datetime) -> bool:
    """Its gate has opened, but the time its owner chose is over: rather asked than posted late."""
    member, handle = share.member, share.account.handle if share.account else ""
    waited_for = share.held_for
    with transaction.atomic(), override(member.language):
        reason = _("The time you chose for it is over. Send it, move it or cancel it.")
        held = Share.objects.filter(pk=share.pk, state="held", held_for=waited_for)
        if not held.update(reason=reason, held_for=OWNER, **times_from(at)):
            return False
        texts = {
            MONEY: _("There is money for posts with %(handle)s again. What is past its time waits for you to decide."),
            APPROVAL: _("Your own words are approved. Posts whose time is over meanwhile wait for you to decide."),
        }
        works = _("%(handle)s works again. Posts whose time is over meanwhile wait: send, move or cancel them.")
        text = texts.get(waited_for, works) % {"handle": handle}
        notifications.tell(member=member, kind="share.waits", text=text, url="/shares/", at=at)
    return True


def times_from(moment: datetime) -> dict[str, Any]:
    """How long it may wait, counted from then or from the time its owner chose, whichever is later."""
    latest = Greatest("wanted_at", Value(moment, output_field=DateTimeField()))
    ends = ExpressionWrapper(latest + Value(gates.HOLD_FOR), output_field=DateTimeField())
    return {"held_until": ends, "due_at": ends}


def _languages(shares: QuerySet[Share]) -> list[str]:
    return list(shares.order_by().values_list("member__language", flat=True).distinct())


def _of(shares: QuerySet[Share], language: str) -> QuerySet[Share]:
    # By a subquery: a join would lock members too.
    return shares.filter(member__in=User.objects.filter(language=language))
