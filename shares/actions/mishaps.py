"""“It went wrong”: take down what we can, hold what is planned, and tell one human."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from connectors.text import printable
from core.flow import ForbiddenMove, LostRace, claim
from core.refusals import MovedOn, NotAllowed, NotReady
from guidelines import queries as guidelines
from notifications import actions as notifications
from shares import gates, rules
from shares.actions.deleting import begin_deleting, can_delete
from shares.actions.holding import times_from
from shares.models import OWNER, Mishap, Share

BEGAN, ADDED, ANSWERED = "mishap.began", "mishap.added", "mishap.answered"
AT_ONCE, AT_ALL = 1000, 4000  # signs of one piece of their words, and of all of them
BATCH = 500


def begin_mishap(
    *, actor: User, helper: User | None, shares: Iterable[Share] = (), words: str = "", at: datetime
) -> Mishap:  # fmt: skip
    """Everything of theirs that is planned waits for them, what they chose is taken down where the platform lets us,
    and the helper is told. None only where nobody is here who helps. Raises MovedOn while there is one."""
    helpers = guidelines.who_helps(actor, at)
    if (helpers or helper) and helper not in helpers:
        raise NotReady(_("Please choose who should help."))
    try:
        with transaction.atomic():
            made = Mishap.objects.create(
                member=actor, helper=helper, words=printable(words).strip()[:AT_ONCE], began_at=at
            )
            Mishap.objects.filter(pk=made.pk).update(held=_hold_plans(actor, at))
            if helper:
                with override(helper.language):
                    text = _("%(name)s asks for your help: a post went wrong.") % {"name": actor.name}
                notifications.tell(member=helper, kind=BEGAN, text=text, url=place_of(made), at=at)
    except IntegrityError:
        raise MovedOn(_("You have asked for help already. It is below.")) from None
    made.refresh_from_db()
    take_down(actor=actor, mishap=made, shares=shares, at=at)
    return made


def take_down(*, actor: User, mishap: Mishap, shares: Iterable[Share], at: datetime) -> None:
    """What a platform does not let us delete is listed all the same, for the member to delete there."""
    if mishap.member_id != actor.pk:
        raise NotAllowed(_("Only whoever posted it can take it down here."))
    for share in shares:
        if not rules.is_own(actor, share):
            raise NotAllowed(_("That post is not yours."))
        mishap.shares.add(share)
        if can_delete(share):
            with suppress(LostRace, ForbiddenMove):  # it is on its way down, or gone, already
                begin_deleting(share, actor=actor, at=at)


def _hold_plans(member: User, at: datetime) -> int:
    """They decide on each later; nothing goes out by itself meanwhile, also what waited for something else. Returns how
    many wait for them now, those of an earlier time included."""
    with override(member.language):
        reason = gates.help_sentence()
    times = times_from(at)
    planned = Share.objects.filter(member=member, state__in=["scheduled", "retrying"])
    while claim(planned, "held", at=at, limit=BATCH, reason=reason, held_for=OWNER, rung_until=None, **times):
        pass
    waiting = Share.objects.filter(member=member, state="held")
    waiting.exclude(held_for=OWNER).update(reason=reason, held_for=OWNER, **times)
    return waiting.count()


def see_mishap(*, actor: User, mishap: Mishap, at: datetime) -> Mishap:
    """Its helper has opened it; the member sees that."""
    _allow_helper(actor, mishap)
    Mishap.objects.filter(pk=mishap.pk, seen_at=None).update(seen_at=at)
    mishap.seen_at = mishap.seen_at or at
    return mishap


def add_words(*, actor: User, mishap: Mishap, words: str, at: datetime) -> Mishap:
    """What came to mind later stands below what was written, and the helper hears that there is more."""
    if mishap.member_id != actor.pk:
        raise NotAllowed(_("Only whoever asked for help writes here."))
    added = printable(words).strip()[:AT_ONCE]
    if not added:
        raise NotReady(_("Please write what you would like to add."))
    with transaction.atomic():
        found = Mishap.objects.select_for_update().filter(pk=mishap.pk).first()
        if found is None:
            raise MovedOn(_("You have closed it meanwhile."))
        whole = "\n\n".join(filter(None, [found.words, added]))
        if len(whole) > AT_ALL:
            raise NotReady(_("This page is full. Please write to the one who helps you instead."))
        Mishap.objects.filter(pk=found.pk).update(words=whole, added_at=at, seen_at=None)
        if found.helper:
            with override(found.helper.language):
                text = _("%(name)s wrote more about the post that went wrong.") % {"name": actor.name}
            notifications.tell(member=found.helper, kind=ADDED, text=text, url=place_of(found), at=at)
    mishap.refresh_from_db()
    return mishap


def answer_mishap(*, actor: User, mishap: Mishap, answer: str, at: datetime) -> Mishap:
    _allow_helper(actor, mishap)
    said = printable(answer).strip()[:2000]
    if not said:
        raise NotReady(_("Please write a sentence; “I am on it” is one."))
    with transaction.atomic():
        if not Mishap.objects.filter(pk=mishap.pk).update(answer=said, answered_at=at):
            raise MovedOn(_("They have closed it meanwhile."))
        with override(mishap.member.language):
            text = _("%(name)s wrote to you.") % {"name": actor.name}
        notifications.tell(member=mishap.member, kind=ANSWERED, text=text, url=place_of(mishap), at=at)
        for kind in (BEGAN, ADDED):
            notifications.settle_question(kind=kind, url=place_of(mishap), at=at)
    mishap.refresh_from_db()
    return mishap


def close_mishap(*, actor: User, mishap: Mishap, at: datetime) -> None:
    """Over. Its page and what was told of it are deleted; what was held stays held until its owner decides."""
    if mishap.member_id != actor.pk:
        raise NotAllowed(_("Whoever asked for help says when it is over."))
    with transaction.atomic():
        for kind in (BEGAN, ADDED, ANSWERED):
            notifications.forget_question(kind=kind, url=place_of(mishap), at=at)
        Mishap.objects.filter(pk=mishap.pk).delete()


def place_of(mishap: Mishap) -> str:
    return reverse("shares:mishap", args=[mishap.pk])


def _allow_helper(actor: User, mishap: Mishap) -> None:
    if not rules.helps_with(actor, mishap):
        raise NotAllowed(_("Only the person who was asked sees this."))
