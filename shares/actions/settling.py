"""What to do when an answer was lost: look, else resend where that is safe, else ask the member."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import actions as account_actions
from accounts import queries as accounts
from accounts.models import User
from connectors.base import Connector, ConnectorError, NeedsRelink, Receipt
from core import audit, wake
from core.flow import ForbiddenMove, LostRace, move
from shares import drafts, gates, rules
from shares.actions.answers import publish_share
from shares.actions.deleting import finish_deleting
from shares.actions.ending import ask_member
from shares.actions.planning import CannotPlan
from shares.models import Attempt, Share

LOOK_AGAIN = timedelta(seconds=20)
GIVE_UP = timedelta(hours=24)


def settle_share(*, share_id: int, at: datetime) -> None:
    """One step for a share that is uncertain or being deleted; whoever comes second finds it moved and stops."""
    share = Share.objects.select_related("account", "member", "story", "link").get(pk=share_id)
    try:
        if share.state == "uncertain":
            find_out(share, at)
        elif share.state == "deleting":
            finish_deleting(share=share, at=at)
    except LostRace:
        return


def find_out(share: Share, at: datetime) -> None:
    """Move an uncertain share on, when there is proof or a safe resend; else wait; at the end ask."""
    attempt = share.attempts.order_by("-number")[0]
    connector = accounts.connectors()[share.connector]
    found, proven_absent = _look(share, attempt, connector, at)
    if found:
        publish_share(share, found, at)
    elif at < attempt.lease_until:
        # The call may still be on its way: absence proves nothing yet.
        _wait(share, min(attempt.lease_until, at + LOOK_AGAIN))
    elif proven_absent or (may_resend(share, connector, at) and gates.ask(share, at).verdict is gates.Verdict.YES):
        if proven_absent:
            share.attempts.filter(pk__in=[each.pk for each in share.lost_attempts()]).update(outcome=Attempt.ABSENT)
        move(
            share, "retrying", at=at, due_at=at, rung_until=None, cut_off_at=max(share.cut_off_at, at + LOOK_AGAIN * 3)
        )
        wake.ring_after_commit("shares.tasks.send")
    elif connector.can_find and at < attempt.started_at + GIVE_UP:
        _wait(share, at + LOOK_AGAIN * 3)
    elif not _resend_comes(share, connector, at):
        ask_member(share, at)
    else:
        _wait(share, at + LOOK_AGAIN)


def _look(share: Share, attempt: Attempt, connector: Connector, at: datetime) -> tuple[Receipt | None, bool]:
    """(the post if it is there, whether its absence is proven)."""
    if not connector.can_find or share.account is None or share.account.state != "healthy":
        return None, False
    try:
        credentials = account_actions.fresh_credentials(account=share.account, at=at)
        receipt = connector.find(credentials, drafts.draft_of(attempt))
    except NeedsRelink as error:
        account_actions.mark_needs_relink(account=share.account, sentence=error.sentence, at=at)
        return None, False
    except ConnectorError:
        return None, False
    return receipt, receipt is None


def may_resend(share: Share, connector: Connector, at: datetime) -> bool:
    """Whether the same body under the same key may go out again now without a second post."""
    lost = share.lost_attempts()
    if connector.resend_safe_after is None or not lost or not _resend_comes(share, connector, at):
        return False
    return at >= lost[-1].started_at + connector.resend_safe_after


def _resend_comes(share: Share, connector: Connector, at: datetime) -> bool:
    lost = share.lost_attempts()
    if connector.resend_safe_after is None or not lost or share.account is None or share.account.state != "healthy":
        return False
    resent = sum(attempt.resend for attempt in lost)
    in_time = connector.resend_until is None or at <= lost[0].started_at + connector.resend_until
    return in_time and (connector.resends_allowed is None or resent < connector.resends_allowed)


def _wait(share: Share, until: datetime) -> None:
    Share.objects.filter(pk=share.pk, state="uncertain").update(due_at=until, rung_until=None)


def answer_asked(*, actor: User, share: Share, is_there: bool, at: datetime) -> Share:
    """The member has looked: the post is there, or it is not. Raises CannotPlan."""
    if not rules.is_own(actor, share):
        raise CannotPlan(_("That post is not yours."))
    try:
        with transaction.atomic():
            audit.record(actor=actor, kind="share.answered", about=f"share:{share.pk}", at=at, data={"there": is_there})
            if is_there:
                publish_share(share, Receipt(post_id="", url=""), at)
            else:
                move(share, "failed", at=at, reason=_("It did not go out, as you told us. You can share it again."))
    except (LostRace, ForbiddenMove):
        raise CannotPlan(_("That question has been answered already.")) from None
    return share
