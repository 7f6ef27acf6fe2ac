"""A member reads and signs, or says that they cannot agree yet. Nothing of how long it took is kept."""

from datetime import date, datetime, timedelta
from math import ceil
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.queries import organisation
from connectors.text import one_line
from core.flow import ForbiddenMove, LostRace, move
from core.refusals import MovedOn, NotAllowed, NotReady
from core.templatetags.times import say_day
from core.zones import zone_of
from guidelines import evidence, rules, texts
from guidelines.actions.answering import situations_in
from guidelines.models import FORGOTTEN, OWED, Due, Receipt, ReceiptPersonal
from guidelines.models.evidence import DECLINED, SIGNED
from guidelines.models.versions import AGAIN, PAPER
from guidelines.names import is_name_of, is_part_of
from notifications import actions as notifications


class OtherName(NotReady):
    """On the paper stands a name that is not spelled as the member's."""


def open_due(*, actor: User, due: Due, at: datetime) -> Due:
    """It was shown to them. Said once: opening it again begins nothing anew."""
    _allow(rules.can_sign(actor, due))
    if Due.objects.filter(pk=due.pk, opened_at=None, state__in=OWED).update(opened_at=at):
        due.opened_at = at
    return due


def sign_due(
    *, actor: User, due: Due, fingerprint: str, language: str, typed_name: str, proved: bool = False, at: datetime
) -> Receipt:
    """Sign what was shown: `fingerprint` is that of the page. Refused when a newer version is out, when it was never
    opened, or too soon after; before its situations were gone through; and without showing who one is where that is
    asked for."""
    _allow(rules.can_sign(actor, due))
    publication = due.publication
    _allow_now(due)
    if fingerprint != publication.fingerprint:
        raise MovedOn(_("A newer version is out, or it was signed already. Please look at what is there now."))
    if due.opened_at is None:
        raise NotReady(_("Please open the guideline first; it takes a few minutes to read."))
    _allow_time(publication.least_seconds, at - due.opened_at)
    if publication.proof == AGAIN and not proved:
        raise NotReady(_("This one asks you to show once more who you are before you sign."))
    name = one_line(typed_name)[:200]
    if not is_name_of(actor.name, name):
        raise NotReady(_not_whole(actor.name, name))
    gone_through = situations_in(due)
    _found, shown_in = texts.text_of(publication.content, language, publication.language)
    return _sign(due, actor, shown_in, publication.proof, name, at, situations=gone_through)


def _allow_time(least: int, since: timedelta) -> None:
    if since >= timedelta(seconds=least):
        return
    left = min(least, ceil((timedelta(seconds=least) - since).total_seconds()))
    raise NotReady(
        ngettext(
            "You have only just opened it. Please read it first; you can sign in %(n)s second.",
            "You have only just opened it. Please read it first; you can sign in %(n)s seconds.",
            left,
        )
        % {"n": left}
    )


def _not_whole(own: str, typed: str) -> str:
    if is_part_of(own, typed):
        said = _("Nearly: your signature is your whole name, %(name)s. A middle name may be left out.")
    else:
        said = _("Please type your own name, %(name)s; that is your signature.")
    return said % {"name": own}


def record_signature(
    *, actor: User, due: Due, typed_name: str, day: date, language: str = "", checked: bool = False, at: datetime
) -> Receipt:
    """For somebody without a device, who has signed on paper on this day. The receipt names who recorded it. Another
    spelling than the member's needs somebody who has `checked` the paper."""
    name = allow_record(actor=actor, due=due, typed_name=typed_name, day=day, checked=checked, at=at)
    content, original = due.publication.content, due.publication.language
    return _sign(due, actor, language if language in content else original, PAPER, name, at, signed_on=day)


def allow_record(*, actor: User, due: Due, typed_name: str, day: date, checked: bool, at: datetime) -> str:
    """Whether this would be recorded, and under which name; what the page asks before it asks whether one is sure."""
    _allow(rules.can_record_for(actor, due))
    _allow_now(due)
    name = one_line(typed_name)[:200]
    if not name:
        raise NotReady(_("Please type the name as it stands on the paper."))
    zone = zone_of(organisation().time_zone)
    if day > at.astimezone(zone).date():
        raise NotReady(_("This day is still to come. Please look at the day on the paper."))
    out = due.publication.at.astimezone(zone).date()
    if day < out:
        told = {"n": due.publication.number, "day": say_day(out, "date")}
        raise NotReady(_("Version %(n)s came out on %(day)s; a signature on it cannot be older.") % told)
    if not checked and not is_name_of(due.member.name, name):
        raise OtherName(
            _("This is not how %(name)s is written here. Please look at the paper again; tick below if it is theirs.")
            % {"name": due.member.name}
        )
    return name


def _sign(due: Due, actor: User, language: str, proof: str, name: str, at: datetime, **more: Any) -> Receipt:
    with transaction.atomic():
        receipt = _receipt(due, SIGNED, actor, at, language=language, proof=proof, **more)
        _step(due, "signed", at, **FORGOTTEN)
        (made,) = evidence.keep_receipts([receipt], actor=actor, at=at)
        ReceiptPersonal.objects.create(receipt=made, typed_name=name)
        url = reverse("guidelines:read", args=[due.guideline_id])
        notifications.settle_notices(member=due.member, url=url, at=at)
    return made


def decline_due(*, actor: User, due: Due, reason: str, at: datetime) -> Receipt:
    """ "I cannot agree yet": a real answer, which HR sees. Signing stays possible."""
    _allow(rules.can_sign(actor, due))
    said = one_line(reason)[:300]
    _allow_now(due)
    with transaction.atomic():
        _step(due, "declined", at)
        (made,) = evidence.keep_receipts([_receipt(due, DECLINED, actor, at)], actor=actor, at=at)
        ReceiptPersonal.objects.create(receipt=made, reason=said)
        # It is answered: what still waits to remind them waits for nothing.
        url = reverse("guidelines:read", args=[due.guideline_id])
        notifications.settle_notices(member=due.member, url=url, at=at)
    return made


def _allow_now(due: Due) -> None:
    """Whether this is still what is asked."""
    if due.state not in OWED or due.publication.version.state != "published":
        raise MovedOn(_("A newer version is out, or it was signed already. Please look at what is there now."))


def _receipt(due: Due, kind: str, actor: User, at: datetime, **more: Any) -> Receipt:
    return Receipt(
        member_id=due.member_id, publication=due.publication, kind=kind, asked_at=due.asked_at,
        opened=due.opened_at is not None, fingerprint=due.publication.fingerprint, by=actor, at=at, **more,
    )  # fmt: skip


def _step(due: Due, to: str, at: datetime, **changes: Any) -> None:
    try:
        move(due, to, at=at, **changes)
    except (LostRace, ForbiddenMove):
        raise MovedOn(
            _("This was answered already, or a newer version is out. Please look at what is there now.")
        ) from None


def _allow(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed(_("You can sign only for yourself."))
