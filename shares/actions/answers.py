"""What a platform answered: written to the attempt first, then the share moves."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import actions as accounts
from connectors.base import ConnectorError, NeedsRelink, OutcomeUnknown, RateLimited, Receipt, Unavailable
from core.flow import ForbiddenMove, LostRace, move, move_each
from core.rows import write_each
from shares.actions.ending import fail_share
from shares.actions.spending import refund
from shares.models import Attempt, Share

log = logging.getLogger(__name__)
BACK_OFF = [timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(minutes=30)]
FIRST_LOOK = timedelta(seconds=5)
OPERATOR_PAUSE = timedelta(hours=1)


Answers = Sequence[tuple[Attempt, Receipt | ConnectorError]]


def record_answers(answers: Answers, *, at: datetime) -> None:
    """Write all answers, then move the shares; in this order, so that what a platform said is never lost to a race.

    May be called again with the same answers after the database broke off.
    """
    posted = [(attempt, answer) for attempt, answer in answers if isinstance(answer, Receipt)]
    with transaction.atomic():
        written = {"answered_at": at, "outcome": Attempt.PUBLISHED}
        write_each({attempt: {**written, **_post(receipt)} for attempt, receipt in posted})
        for attempt, answer in answers:
            if isinstance(answer, ConnectorError):
                words = {"outcome": type(answer).__name__, "detail": answer.sentence[:400]}
                Attempt.objects.filter(pk=attempt.pk).update(answered_at=at, **words)
                if not isinstance(answer, OutcomeUnknown):
                    refund(attempt)
    receipts = [(attempt.share, receipt) for attempt, receipt in posted]
    for share, receipt in _publish_together(receipts, at):
        _settle_late(share, receipt, at)
    accounts.note_success(accounts=[share.account for share, _receipt in receipts if share.account], at=at)
    for attempt, answer in answers:
        if not isinstance(answer, Receipt):
            _settle_late(attempt.share, answer, at)
    for attempt, _answer in answers:
        log.info("share %d is %s", attempt.share.pk, attempt.share.state)


def _publish_together(receipts: list[tuple[Share, Receipt]], at: datetime) -> list[tuple[Share, Receipt]]:
    """Publish by one statement, and where somebody else has moved one meanwhile, one by one; those are given back."""
    try:
        with transaction.atomic():
            move_each({share: _published(receipt, at) for share, receipt in receipts}, "published", at=at)
        return []
    except (LostRace, ForbiddenMove):
        pass
    left = []
    for share, receipt in receipts:
        try:
            publish_share(share, receipt, at)
        except (LostRace, ForbiddenMove):
            left.append((share, receipt))
    return left


def _settle_late(share: Share, answer: Receipt | ConnectorError, at: datetime) -> None:
    with override(share.member.language):
        try:
            _settle(share, answer, at)
        except LostRace:
            # A sweep made it uncertain in between. What we know now still counts.
            share.refresh_from_db(fields=["state"])
            _settle(share, answer, at)


def publish_share(share: Share, receipt: Receipt, at: datetime) -> None:
    """The post exists, and has its place in `Share`."""
    move(share, "published", at=at, **_published(receipt, at))


def _published(receipt: Receipt, at: datetime) -> dict[str, Any]:
    return {"reason": "", "published_at": at, "rung_until": None, **_post(receipt)}


def _post(receipt: Receipt) -> dict[str, Any]:
    return {"post_id": receipt.post_id, "post_url": receipt.url}


def _settle(share: Share, answer: Receipt | ConnectorError, at: datetime) -> None:
    if isinstance(answer, Receipt):
        if share.flow.allows(share.state, "published") and share.state != "deleting":
            publish_share(share, answer, at)
    elif share.state != "sending" or share.account is None:
        return  # swept to uncertain: only a receipt may move it from here, the look-up does the rest
    elif isinstance(answer, OutcomeUnknown):
        sentence = _("The answer got lost on the way. We are finding out whether your post went out.")
        move(share, "uncertain", at=at, reason=sentence, due_at=at + FIRST_LOOK, rung_until=None)
    elif isinstance(answer, NeedsRelink):
        accounts.mark_needs_relink(account=share.account, sentence=answer.sentence, at=at)
        move(share, "retrying", at=at, reason=answer.sentence, due_at=at, rung_until=None)
    elif isinstance(answer, RateLimited):
        accounts.pause_account(account=share.account, until=answer.until, sentence=answer.sentence)
        if answer.until > share.cut_off_at:
            # Said now, while the member can still do something else, and not when the pause is over.
            fail_share(share, answer.sentence, at)
            return
        # The platform did not look at it, so the try does not count.
        move(share, "retrying", at=at, reason=answer.sentence, due_at=answer.until, tries=max(0, share.tries - 1))
    elif isinstance(answer, Unavailable):
        _try_later(share, answer, at)
    else:
        fail_share(share, answer.sentence, at)


def pause_after(tries: int) -> timedelta:
    """How long to leave a platform alone that failed this often."""
    return BACK_OFF[min(max(tries, 1), len(BACK_OFF)) - 1]


def _try_later(share: Share, answer: Unavailable, at: datetime) -> None:
    if answer.operator:
        accounts.pause_platform(connector=share.connector, until=at + OPERATOR_PAUSE, sentence=answer.sentence, at=at)
    wait = pause_after(share.tries)
    if at + wait > share.cut_off_at:
        fail_share(share, answer.sentence, at)
    else:
        move(share, "retrying", at=at, reason=answer.sentence[:400], due_at=at + wait, rung_until=None)
