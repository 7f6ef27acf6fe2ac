"""Shares that will not be sent any more: taken back, or, where a post may be up all the same, a question."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.flow import move
from notifications import actions as notifications
from shares.models import Share


def end_unsent(share: Share, *, at: datetime, sentence: str) -> None:
    """End it with its reason. An attempt whose answer was lost may have posted it, so then the member is asked."""
    if any(attempt.may_be_up for attempt in share.lost_attempts()):
        ask_member(share, at)
    else:
        move(share, "cancelled", at=at, reason=sentence)


def ask_member(share: Share, at: datetime) -> None:
    """Nothing can prove it either way: the member looks at their own page and tells us."""
    with transaction.atomic():
        move(
            share,
            "asked",
            at=at,
            reason=_("The platform gives us no way to find out. Please look whether it is there."),
        )
        notifications.tell(
            member=share.member,
            kind="share.asked",
            text=_("We don't know yet whether “%(title)s” went out. Please have a look.")
            % {"title": share.story.title},
            url=f"/shares/{share.pk}/",
            at=at,
        )
