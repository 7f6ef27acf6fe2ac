"""Somebody of HR or of the council asks for a pack, and takes it. Both stand in the audit trail."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.queries import organisation
from core import audit, wake
from core.refusals import MovedOn, NotAllowed, NotReady
from core.zones import zone_of
from guidelines import rules
from guidelines.models import Guideline, Pack, Receipt

AT_ONCE = 3  # of one person
MAKE = "guidelines.tasks.make_packs"


def ask_pack(*, actor: User, day: date, guideline: Guideline | None = None, person: str = "", at: datetime) -> Pack:
    """As things stood at the end of `day` where the firm is, of everything, or of one guideline, person or both.
    `person` is as somebody types it. Raises NotAllowed, NotReady."""
    if not rules.can_ask_for_packs(actor):
        raise NotAllowed(_("Evidence is for HR and the council."))
    zone = zone_of(organisation().time_zone)
    if day > at.astimezone(zone).date():
        raise NotReady(_("This day is still to come. Please choose today or a day before."))
    until = datetime.combine(day + timedelta(days=1), time(), zone) - timedelta(microseconds=1)
    member = find_person(person) if person.strip() else None
    with transaction.atomic():
        # One after the other, so that two taps at once do not pass the limit together.
        User.objects.select_for_update().get(pk=actor.pk)
        if Pack.objects.filter(asked_by=actor, state__in=["asked", "making"]).count() >= AT_ONCE:
            raise NotReady(_("Three packs of yours are being made. Please wait for one of them."))
        pack = Pack.objects.create(
            state="asked", state_at=at, asked_by=actor, asked_at=at, language=actor.language, day=day,
            until=min(until, at), guideline=guideline, member_id=member,
        )  # fmt: skip
        _record(actor, pack, "guideline_pack_asked", at, day=day.isoformat(), guideline=pack.guideline_id,
                member=member)  # fmt: skip
        wake.ring_after_commit(MAKE)
    return pack


def find_person(typed: str) -> int:
    """The number of whoever has this e-mail address, sign-in name, whole name, or number; also of somebody who is here
    no more, by number. Raises NotReady."""
    said = " ".join(typed.split())
    found = list(
        User.objects.filter(Q(email__iexact=said) | Q(sign_in_name__iexact=said) | Q(name__iexact=said))
        .order_by("pk")
        .values_list("pk", flat=True)[:2]
    )
    if len(found) == 1:
        return found[0]
    if found:
        raise NotReady(_("Several people have this name. Please type the e-mail address."))
    number = int(said) if said.isascii() and said.isdecimal() and len(said) < 16 else 0
    if number and (User.objects.filter(pk=number).exists() or Receipt.objects.filter(member=number).exists()):
        return number
    raise NotReady(_("Nobody here has this name, address or number. Please look at the spelling."))


def take_pack(*, actor: User, pack: Pack, at: datetime) -> Pack:
    """It is handed to who asked for it. Raises NotAllowed, MovedOn when it is not there."""
    if not rules.can_take_pack(actor, pack):
        raise NotAllowed(_("A pack is handed to whoever asked for it."))
    if pack.state != "ready":
        raise MovedOn(_("This pack is not ready, or its files are gone. Ask for it once more; it will be the same."))
    with transaction.atomic():
        _record(actor, pack, "guideline_pack_taken", at)
    return pack


def _record(actor: User, pack: Pack, kind: str, at: datetime, **data: object) -> None:
    audit.record(actor=actor, kind=kind, about=f"pack:{pack.pk}", at=at, data=data)
