"""What an administrator may do for a share that is in trouble, without reading it: try it again within the time its
member chose, and note where it is after all. The member hears of both."""

from datetime import datetime
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import queries as accounts
from accounts.models import LinkedAccount, User
from connectors.base import Receipt
from core import audit, wake
from core.flow import ForbiddenMove, LostRace
from notifications import actions as notifications
from shares import rules
from shares.actions.answers import publish_share
from shares.actions.planning import TAKE_BACK, CannotPlan, send_once_more
from shares.models import Share


def can_retry(share: Share, at: datetime) -> bool:
    """A failed share only while its member's own wish is in time; later it would be posting in their name."""
    if share.state == "failed":
        return at + TAKE_BACK <= share.cut_off_at
    if share.state in ("scheduled", "retrying"):
        return at > share.cut_off_at
    return share.state == "uncertain"


def can_mark_posted(share: Share) -> bool:
    return share.state in ("failed", "uncertain", "asked")


def retry_for_member(*, actor: User, share: Share, at: datetime) -> Share:
    """Send a failed share again, or look at once at one that is stuck. Raises CannotPlan, PermissionDenied."""
    _refuse(actor)
    if not can_retry(share, at):
        raise CannotPlan(_("The time its member chose is over, or it is on its way, so only they decide about it."))
    if accounts.quiet_time(at):
        raise CannotPlan(_("Sharing is paused, so nothing is tried now."))
    with transaction.atomic():
        audit.record(actor=actor, kind="share.retried", about=f"share:{share.pk}", at=at)
        if share.state == "failed":
            send_once_more(share, due_at=at + TAKE_BACK, cut_off_at=share.cut_off_at, at=at)
            with override(share.member.language):
                text = _("The fault that stopped “%(title)s” is mended, so it goes out after all.")
                if share.state == "held":
                    text = _("The fault that stopped “%(title)s” is mended. %(sentence)s")
                _tell(share, text % {"title": share.story.title, "sentence": share.reason}, at)
            return share
        Share.objects.filter(pk=share.pk, state=share.state).update(due_at=at, rung_until=None)
        wake.ring_after_commit("shares.tasks.settle" if share.state == "uncertain" else "shares.tasks.send")
    return share


def mark_posted(*, actor: User, share: Share, url: str, at: datetime) -> Share:
    """The post is there, at this address. Raises CannotPlan, PermissionDenied."""
    _refuse(actor)
    if not can_mark_posted(share):
        raise CannotPlan(_("This post is not one that anybody wonders about."))
    if not _fits(url, share.account):
        raise CannotPlan(_("That is not an address on this post’s platform. Copy it from the post itself."))
    try:
        with transaction.atomic():
            audit.record(actor=actor, kind="share.marked_posted", about=f"share:{share.pk}", at=at, data={"url": url})
            publish_share(share, Receipt(post_id="", url=url), at)
            with override(share.member.language):
                text = _("We found “%(title)s”: it is up. If that is wrong, please tell an administrator.")
                _tell(share, text % {"title": share.story.title}, at)
    except (LostRace, ForbiddenMove):
        raise CannotPlan(_("Somebody has answered this in the meantime.")) from None
    except IntegrityError:
        raise CannotPlan(_("The same story has gone out to this account by another post.")) from None
    return share


def _fits(url: str, account: LinkedAccount | None) -> bool:
    """On the host of the account's own page or server; where we know neither, encrypted at least."""
    known = {urlsplit(each).netloc for each in (account.profile_url, account.origin) if each} if account else set()
    parts = urlsplit(url)
    return parts.netloc in known if known else parts.scheme == "https" and bool(parts.netloc)


def _tell(share: Share, text: str, at: datetime) -> None:
    notifications.tell(member=share.member, kind="share.operated", text=text, url=f"/shares/{share.pk}/", at=at)


def _refuse(actor: User) -> None:
    if not rules.may_operate(actor):
        raise PermissionDenied
