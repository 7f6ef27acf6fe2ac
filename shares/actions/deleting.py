"""Taking a post back after it went out."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import actions as account_actions
from accounts import queries as accounts
from accounts.models import User
from connectors.base import ConnectorError, NeedsRelink, RateLimited, Rejected
from core import audit, wake
from core.flow import ForbiddenMove, LostRace, move
from notifications import actions as notifications
from shares import rules
from shares.actions.ending import place_of
from shares.actions.planning import CannotPlan
from shares.models import Share
from shares.signals import post_deleted

TRY_AGAIN = timedelta(seconds=30)
GIVE_UP = timedelta(minutes=30)


def delete_post(*, actor: User, share: Share, at: datetime) -> Share:
    """Ask the platform to delete the post; a worker does it and says how it went. Raises CannotPlan."""
    if not rules.is_own(actor, share):
        raise CannotPlan(_("That post is not yours."))
    if not share.post_id:
        raise CannotPlan(_("We do not know the address of this post, so please delete it on the platform itself."))
    try:
        begin_deleting(share, actor=actor, at=at)
    except (LostRace, ForbiddenMove):
        raise CannotPlan(_("There is no post to delete here any more.")) from None
    return share


def begin_deleting(share: Share, *, actor: User | None, at: datetime) -> None:
    """Raises LostRace or ForbiddenMove where it is not up."""
    with transaction.atomic():
        move(share, "deleting", at=at, due_at=at, rung_until=None, reason="")
        audit.record(actor=actor, kind="share.deleting", about=f"share:{share.pk}", at=at)
        wake.ring_after_commit("shares.tasks.settle_one", share.pk)


def can_delete(share: Share) -> bool:
    """Whether the platform lets us, as far as is known before asking it."""
    return bool(share.post_id) and lets_delete(share)


def lets_delete(share: Share) -> bool:
    """The same of one whose post is not known yet."""
    connector = accounts.connectors().get(share.connector)
    return bool(share.account_id and connector and connector.can_delete)


def finish_deleting(*, share: Share, at: datetime) -> None:
    """Delete at the platform. A fault of the network is tried again; anything else puts the share back, with words."""
    connector = accounts.connectors()[share.connector]
    try:
        if share.account is None or share.account.state != "healthy":
            raise NeedsRelink(_("Connect the account again, or delete the post on the platform itself."))
        account_actions.ask_platform(
            account=share.account, call=lambda credentials: connector.delete(credentials, share.post_id), at=at
        )
    except ConnectorError as error:
        _not_deleted(share, error, at)
        return
    with transaction.atomic():
        move(share, "deleted", at=at, reason="")
        notifications.settle_notices(member=share.member, url=f"/shares/{share.pk}/", at=at)
        if not Share.objects.filter(member=share.member_id, story=share.story_id, state="published").exists():
            notifications.settle_notices(member=share.member, url=place_of(share), at=at)
        audit.record(actor=share.member, kind="share.deleted", about=f"share:{share.pk}", at=at)
        transaction.on_commit(lambda: post_deleted.send(Share, share=share))


def _not_deleted(share: Share, error: ConnectorError, at: datetime) -> None:
    again = max(at + TRY_AGAIN, error.until) if isinstance(error, RateLimited) else at + TRY_AGAIN
    # Who is told to come back tomorrow hears of it now, and not then.
    if not isinstance(error, NeedsRelink | Rejected) and again <= share.state_at + GIVE_UP:
        Share.objects.filter(pk=share.pk, state="deleting").update(due_at=again, rung_until=None)
        return
    with transaction.atomic(), override(share.member.language):
        reason = _("It could not be deleted. %(why)s") % {"why": error.sentence}
        move(share, "published", at=at, reason=reason[:400])
        text = _("“%(title)s” is still up: it could not be deleted. You can try again, or delete it there yourself.")
        notifications.tell(
            member=share.member,
            kind="share.not_deleted",
            text=text % {"title": share.story.title},
            url=f"/shares/{share.pk}/",
            at=at,
        )
