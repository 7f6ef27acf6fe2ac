"""The quiet switch: everything planned waits, from one tap on, until somebody ends it or its time is over."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts import rules
from accounts.models import QuietTime, User
from accounts.queries import forget_kept
from accounts.signals import quiet_changed
from core import audit
from core.flow import LostRace, move


class AlreadyQuiet(Exception):
    """Somebody was faster; theirs holds everything just as well."""


def begin_quiet(*, actor: User, why: str, until: datetime, at: datetime) -> QuietTime:
    """Hold everything planned from now on. Raises AlreadyQuiet, and PermissionDenied for who may not."""
    _refuse(actor)
    end_lapsed_quiet(at=at)
    try:
        with transaction.atomic():
            quiet = QuietTime.objects.create(
                begun_by=actor, begun_at=at, why=why.strip(), until=until, state="on", state_at=at
            )
            data = {"until": until.isoformat()}
            audit.record(actor=actor, kind="quiet.begun", about=f"quiet:{quiet.pk}", at=at, data=data)
            _ring_after_commit(at)
    except IntegrityError:
        raise AlreadyQuiet from None
    forget_kept()
    return quiet


def end_quiet(*, actor: User, at: datetime) -> bool:
    """End it. Nothing goes out by that: each owner decides. False where it is over already."""
    _refuse(actor)
    return _end(actor, at, QuietTime.objects.filter(state="on").first())


def end_lapsed_quiet(*, at: datetime) -> bool:
    """Close the row of a pause whose time has run out."""
    return _end(None, at, QuietTime.objects.filter(state="on", until__lte=at).first())


def _end(actor: User | None, at: datetime, quiet: QuietTime | None) -> bool:
    if quiet is None:
        return False
    try:
        with transaction.atomic():
            move(quiet, "over", at=at, ended_by=actor, ended_at=at)
            audit.record(actor=actor, kind="quiet.ended", about=f"quiet:{quiet.pk}", at=at)
            _ring_after_commit(at)
    except LostRace:
        return False
    forget_kept()
    return True


def _ring_after_commit(at: datetime) -> None:
    transaction.on_commit(lambda: quiet_changed.send(QuietTime, at=at))


def _refuse(actor: User) -> None:
    if not rules.may_quieten(actor):
        raise PermissionDenied
