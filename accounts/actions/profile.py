"""What members change about themselves."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.actions.addresses import CannotChange
from accounts.models import User
from core import audit
from links import actions as links
from notifications.choosing import plan_digest


def save_profile(*, actor: User, changes: dict[str, Any], photo: Any, no_photo: bool, at: datetime) -> None:
    """Save what the member typed about themselves; a new picture replaces the old file."""
    old = actor.picture.name if actor.picture else ""
    for name, value in changes.items():
        setattr(actor, name, value)
    if photo:
        actor.picture.save(f"{actor.pk}-{int(at.timestamp())}.png", photo, save=False)
    elif no_photo:
        actor.picture = ""
    with transaction.atomic():
        actor.save(update_fields=[*changes, "picture"])
        links.set_counting(owner=actor, counts=actor.counts_clicks)
        plan_digest(member=actor, at=at)
    if old and old != actor.picture.name:
        actor.picture.storage.delete(old)


def choose_hours(*, actor: User, hours: list[Any] | None, at: datetime) -> None:
    """None takes the choice back: then nothing is sent to remind this member of anything."""
    User.objects.filter(pk=actor.pk).update(working_hours=hours)
    actor.working_hours = hours
    plan_digest(member=actor, at=at)


def be_welcomed(*, actor: User, at: datetime) -> None:
    """They have read the first page; the first time counts."""
    User.objects.filter(pk=actor.pk, welcomed_at=None).update(welcomed_at=at)


def choose_pace(*, actor: User, keeps_to_hours: bool, least_pause: int) -> None:
    """What the member's planned posts keep to."""
    User.objects.filter(pk=actor.pk).update(keeps_to_hours=keeps_to_hours, least_pause=least_pause)
    actor.keeps_to_hours, actor.least_pause = keeps_to_hours, least_pause


def choose_sign_in_name(*, actor: User, name: str) -> None:
    try:
        with transaction.atomic():
            User.objects.filter(pk=actor.pk).update(sign_in_name=name or None)
    except IntegrityError:
        raise CannotChange(_("Somebody here signs in with that name already. Please choose another.")) from None


def end_other_sessions(*, actor: User, at: datetime) -> None:
    """Every session ends; the caller renews its own."""
    with transaction.atomic():
        User.objects.filter(pk=actor.pk).update(sessions_ended=F("sessions_ended") + 1)
        audit.record(actor=actor, kind="member.signed_out_everywhere", about=f"member:{actor.pk}", at=at)
    actor.refresh_from_db()
