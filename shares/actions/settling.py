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
from shares.actions.answers import pause_after, publish_share
from shares.actions.deleting import finish_deleting
from shares.actions.ending import ask_member
from shares.actions.planning import CannotPlan
from shares.actions.resending import may_resend, resend_comes
from shares.actions.spending import refund
from shares.models import Attempt, Share

LOOK_AGAIN = timedelta(seconds=20)
GRACE = timedelta(seconds=60)
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
    attempts = list(share.attempts.order_by("number"))
    for attempt in attempts:
        if attempt.outcome == Attempt.PUBLISHED:
            # The worker died between writing the answer and moving the share.
            publish_share(share, Receipt(attempt.post_id, attempt.post_url), at)
            return
    latest, connector = attempts[-1], accounts.connectors()[share.connector]
    if not latest.is_lost:
        _try_again(share, at)
        return
    found, proven_absent = _look(share, latest, connector, at)
    if found:
        publish_share(share, found, at)
    elif at < latest.lease_until:
        # The call may still be on its way: absence proves nothing yet.
        _wait(share, min(latest.lease_until, at + LOOK_AGAIN))
    elif proven_absent:
        _note_absence(share, attempts, at)
    elif may_resend(share, connector, at) and gates.ask(share, at).verdict is gates.Verdict.YES:
        _try_again(share, at)
    elif connector.can_find and at < latest.started_at + GIVE_UP:
        _wait(share, at + LOOK_AGAIN * 3)
    elif not resend_comes(share, connector, at):
        ask_member(share, at)
    else:
        _wait(share, at + LOOK_AGAIN)


def _note_absence(share: Share, attempts: list[Attempt], at: datetime) -> None:
    """Of the attempts there were before we looked: another one may have begun meanwhile, and is not proven absent. If
    the share has moved on, nothing of this stands."""
    absent = [each for each in attempts if each.is_lost and each.body["key"] == str(share.key)]
    with transaction.atomic():
        share.attempts.filter(pk__in=[each.pk for each in absent]).update(outcome=Attempt.ABSENT)
        for attempt in absent:
            refund(attempt)
        _try_again(share, at)


def _try_again(share: Share, at: datetime) -> None:
    """At once the first time; a platform that goes on like this is given the same pauses as one that is down."""
    if share.tries <= 1:
        # Finding out took a while, and the share began in time.
        move(share, "retrying", at=at, due_at=at, rung_until=None, cut_off_at=max(share.cut_off_at, at + GRACE))
    else:
        move(share, "retrying", at=at, due_at=at + pause_after(share.tries - 1), rung_until=None)
    wake.ring_after_commit("shares.tasks.send")


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
