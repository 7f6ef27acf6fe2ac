"""One share goes out: claimed with its attempt written, called, answered. Only the middle step talks to a platform."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import actions as account_actions
from accounts import queries as accounts
from accounts.models import PlatformApp
from connectors.base import (
    Connector,
    ConnectorError,
    Credentials,
    NeedsRelink,
    OutcomeUnknown,
    RateLimited,
    Receipt,
    Rejected,
    Unavailable,
)
from core import clock
from core.flow import move_all
from guidelines import queries as guidelines
from shares import drafts, gates
from shares.actions.ending import ask_member, end_and_tell
from shares.actions.holding import PATIENCE, hold_share
from shares.actions.resending import may_resend
from shares.actions.spending import grant
from shares.models import Attempt, Mishap, Share
from shares.queries.wording import said_first

log = logging.getLogger(__name__)
# A publish is up to four calls: two of a picture, a refresh, the post. What takes more calls shares their time.
LEASE = timedelta(seconds=4 * Connector.seconds + 30)


@dataclass(frozen=True)
class Called:
    """What a platform answered to an attempt; or what it was given to prepare, and the post is still to be sent."""

    attempt: Attempt
    credentials: Credentials
    answer: Receipt | ConnectorError | Mapping[str, str]


def due(at: datetime) -> QuerySet[Share]:
    """Shares to send now, on platforms and accounts that do not pause; not those whose token is being renewed."""
    return (
        Share.objects.filter(state__in=["scheduled", "retrying"], due_at__lte=at)
        .filter(Q(rung_until=None) | Q(rung_until__lte=at))
        .exclude(account__paused_until__gt=at)
        .exclude(connector__in=PlatformApp.objects.filter(origin="", paused_until__gt=at).values("connector"))
        .order_by("due_at")
    )


def claimable(at: datetime) -> QuerySet[Share]:
    """Due shares that nobody else is claiming, locked, with what the gates ask about."""
    # What the gates ask, asked of all at once; elsewhere each gate asks for itself.
    asked = {
        "owes_signature": guidelines.overdue(at, OuterRef("member")),
        "called_for_help": Exists(Mishap.objects.filter(member=OuterRef("member"))),
    }
    rows = due(at).select_for_update(skip_locked=True, of=("self",))
    rows = rows.annotate(**asked)
    return rows.select_related("account", "story", "member", "link").prefetch_related(
        "story__attachments", "story__captions"
    )


def begin_attempts(*, at: datetime, limit: int) -> tuple[list[tuple[Attempt, Credentials]], list[Share]]:
    """Claim up to `limit` due shares and write their attempts in one transaction: the attempts to call now, and the
    shares whose token has to be renewed first. Where a gate says so, a share is held or ended instead."""
    while True:
        # Where all of a claim had to wait, others behind them may not have to.
        attempts, stale, claimed = _begin(at, limit)
        if attempts or stale or not claimed:
            return attempts, stale


def _begin(at: datetime, limit: int) -> tuple[list[tuple[Attempt, Credentials]], list[Share], int]:
    ready: dict[Share, Credentials] = {}
    stale: list[Share] = []
    with transaction.atomic():
        claimed = list(claimable(at)[:limit])
        said = said_first(claimed, at=at)
        for share in claimed:
            credentials = _credentials(share, at)
            share.said_first = share.pk in said
            if not _pass_gates(share, at):
                continue
            if credentials is None:
                stale.append(share)
            else:
                ready[share] = credentials
        Share.objects.filter(pk__in=[share.pk for share in stale]).update(rung_until=at + PATIENCE)
        attempts = _write_attempts(grant(list(ready), at=at), at)
    return [(attempt, ready[attempt.share]) for attempt in attempts], stale, len(claimed)


def _credentials(share: Share, at: datetime) -> Credentials | None:
    """None when they have to be renewed, or when the account is not healthy, which is for a gate to say."""
    if share.account is None:
        return None
    try:
        return account_actions.ready_credentials(account=share.account, at=at)
    except NeedsRelink as error:
        account_actions.mark_needs_relink(account=share.account, sentence=error.sentence, at=at)
        return None


def _pass_gates(share: Share, at: datetime) -> bool:
    answer = gates.ask(share, at)
    if answer.verdict is gates.Verdict.HOLD:
        hold_share(share, answer, at)
    elif answer.verdict is gates.Verdict.NO:
        end_and_tell(share, at=at, sentence=answer.sentence)
    elif share.may_be_up() and not may_resend(share, accounts.connectors()[share.connector], at):
        # The time in which a second call makes no second post has passed while it waited.
        ask_member(share, at)
    else:
        return True
    return False


def _write_attempts(granted: Sequence[tuple[Share, int]], at: datetime) -> list[Attempt]:
    def counts(share: Share) -> tuple[int, int]:
        return share.tries, share.attempts_made

    for (tries, made), alike in groupby(sorted((share for share, _price in granted), key=counts), counts):
        counted = {"tries": tries + 1, "attempts_made": made + 1}
        move_all(list(alike), "sending", at=at, due_at=at + LEASE, rung_until=None, **counted)
    return Attempt.objects.bulk_create([_attempt(share, price, at) for share, price in granted])


def _attempt(share: Share, price: int, at: datetime) -> Attempt:
    # A share that comes back from a lost answer repeats the same body under the same key, to the letter.
    lost = share.lost_attempts() if share.attempts_made > 1 else []
    return Attempt(
        share=share,
        number=share.attempts_made,
        body=lost[0].body if lost else drafts.freeze(share, at=at),
        price=price,
        resend=bool(lost),
        started_at=at,
        lease_until=at + LEASE,
    )


def call_platform(attempt: Attempt, credentials: Credentials) -> Called:
    """Call, outside any transaction. A refused token created nothing: where it may merely have run out, it is renewed
    once and the call made again."""
    try:
        return _call(attempt, credentials)
    except NeedsRelink as error:
        if not error.refresh_may_help or attempt.share.account is None:
            return Called(attempt, credentials, error)
    except (Rejected, RateLimited, Unavailable, OutcomeUnknown) as error:
        return Called(attempt, credentials, error)
    account, at = attempt.share.account, clock.now()
    try:
        return _call(attempt, account_actions.renewed_credentials(account=account, refused=credentials, at=at))
    except (Rejected, NeedsRelink, RateLimited, Unavailable, OutcomeUnknown) as error:
        return Called(attempt, credentials, error)


def _call(attempt: Attempt, credentials: Credentials) -> Called:
    connector = accounts.connectors()[attempt.share.connector]
    draft = drafts.draft_to_send(attempt, at=clock.now())
    if "prepared" not in attempt.body and (prepared := connector.prepare(credentials, draft)):
        return Called(attempt, credentials, prepared)
    return Called(attempt, credentials, connector.publish(credentials, draft, resend=attempt.resend))


def renew(share: Share) -> None:
    """Renew the token a share waits for. Where that cannot be done now, no attempt is spent: it is tried again soon."""
    at = clock.now()
    if share.account is None:
        return
    try:
        account_actions.fresh_credentials(account=share.account, at=at)
    except NeedsRelink as error:
        account_actions.mark_needs_relink(account=share.account, sentence=error.sentence, at=at)
    except (RateLimited, Unavailable):
        return
    Share.objects.filter(pk=share.pk, state__in=["scheduled", "retrying"]).update(rung_until=None)
