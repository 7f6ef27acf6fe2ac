"""Shares that will not be sent any more: taken back, failed, or, where a post may be up all the same, a question."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.sentences import translated
from core import audit
from core.flow import move
from notifications import actions as notifications
from shares.models import Share


def end_unsent(share: Share, *, at: datetime, sentence: str) -> None:
    """End it with its reason. An attempt whose answer was lost may have posted it, so then the member is asked."""
    if share.may_be_up():
        ask_member(share, at)
    else:
        move(share, "cancelled", at=at, reason=sentence)


def end_and_tell(share: Share, *, at: datetime, sentence: str, more: str = "") -> None:
    """End what its member did not take back themselves, and say so: several plans of one story are one line. `more` is
    said after the reason and stays out of it."""
    with transaction.atomic():
        end_unsent(share, at=at, sentence=sentence)
        if share.state != "cancelled" or not share.member.is_active:
            return
        with override(share.member.language):
            text = _("“%(title)s” was not posted. %(sentence)s") % {"title": share.story.title, "sentence": sentence}
            text = " ".join(filter(None, [text, more]))
            notifications.tell(member=share.member, kind="share.cancelled", text=text, url=place_of(share), at=at)


def place_of(share: Share) -> str:
    """Where a member finds all their posts of this story; what is said about them is settled by this address."""
    return f"/shares/?story={share.story_id}"


def fail_share(share: Share, sentence: str, at: datetime) -> None:
    """The platform refused it. Where an earlier attempt may be up, a refused resend says nothing of that one."""
    if share.may_be_up():
        ask_member(share, at)
        return
    with transaction.atomic(), override(share.member.language):
        move(share, "failed", at=at, reason=sentence[:400])
        audit.record(actor=None, kind="share.failed", about=f"share:{share.pk}", at=at)
        notifications.tell(
            member=share.member,
            kind="share.failed",
            text=_("Your post “%(title)s” did not go out. %(sentence)s")
            % {"title": share.story.title, "sentence": translated(sentence)},
            url=f"/shares/{share.pk}/",
            at=at,
        )


def ask_member(share: Share, at: datetime) -> None:
    """Nothing can prove it either way: the member looks at their own page and tells us."""
    with transaction.atomic(), override(share.member.language):
        reason = _("The platform gives us no way to find out. Please look whether it is there.")
        move(share, "asked", at=at, reason=reason)
        notifications.tell(
            member=share.member,
            kind="share.asked",
            text=_("We don't know yet whether “%(title)s” went out. Please have a look.")
            % {"title": share.story.title},
            url=f"/shares/{share.pk}/",
            at=at,
        )
