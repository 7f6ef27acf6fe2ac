"""One share goes out: claim and write the attempt, call the platform, write its answer, then move the share."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from accounts import actions as account_actions
from accounts import queries as accounts
from accounts.models import LinkedAccount
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
from core.flow import move
from shares import drafts, gates
from shares.actions.answers import record_answer
from shares.actions.ending import end_unsent
from shares.models import Attempt, Share

LEASE = timedelta(
    seconds=4 * Connector.seconds + 30
)  # a publish is up to four calls: two of a picture, a refresh, the post
PATIENCE = timedelta(seconds=30)


def send_share(*, share_id: int, at: datetime) -> Share | None:
    """Send one due share. None when somebody else has it or it is no longer due."""
    # Not first(): ordering by key would cost a quarter of the whole call.
    rows = LinkedAccount.objects.filter(shares=share_id, shares__state__in=["scheduled", "retrying"])[:1]
    account = next(iter(rows), None)
    if account is None:
        return None
    credentials: Credentials | None = None
    if account.state == "healthy":
        try:
            credentials = account_actions.fresh_credentials(account=account, at=at)
        except NeedsRelink as error:
            account_actions.mark_needs_relink(account=account, sentence=error.sentence, at=at)
        except (RateLimited, Unavailable):
            # No attempt is spent on a refresh that could not be made; the bell rings again shortly.
            Share.objects.filter(pk=share_id, state__in=["scheduled", "retrying"]).update(rung_until=at + PATIENCE)
            return None
    attempt = begin_attempt(share_id, at, may_send=credentials is not None)
    if attempt is None or credentials is None:
        return None
    return call_platform(attempt, credentials)


def begin_attempt(share_id: int, at: datetime, *, may_send: bool) -> Attempt | None:
    """Claim the share and write its attempt in one transaction; or hold or end it where a gate says so."""
    with transaction.atomic():
        rows = Share.objects.filter(pk=share_id, due_at__lte=at).select_for_update(skip_locked=True, of=("self",))
        share = next(iter(rows.select_related("account", "story", "member", "link")[:1]), None)
        if share is None or share.state not in ("scheduled", "retrying"):
            return None
        answer = gates.ask(share, at)
        if answer.verdict is gates.Verdict.HOLD:
            move(share, "held", at=at, reason=answer.sentence, held_until=answer.until, due_at=at + PATIENCE)
            return None
        if answer.verdict is gates.Verdict.NO:
            end_unsent(share, at=at, sentence=answer.sentence)
            return None
        if not may_send:  # reconnected a moment ago; the next bell reads it anew
            return None
        counted = {"tries": share.tries + 1, "attempts_made": share.attempts_made + 1}
        move(share, "sending", at=at, due_at=at + LEASE, rung_until=None, **counted)
        return _write_attempt(share, at)


def _write_attempt(share: Share, at: datetime) -> Attempt:
    # A share that comes back from a lost answer repeats the same body under the same key, to the letter.
    lost = share.lost_attempts() if share.attempts_made > 1 else []
    return Attempt.objects.create(
        share=share,
        number=share.attempts_made,
        body=lost[0].body if lost else drafts.freeze(share, at=at),
        resend=bool(lost),
        started_at=at,
        lease_until=at + LEASE,
    )


def call_platform(attempt: Attempt, credentials: Credentials) -> Share:
    """Call outside any transaction; whatever comes back is written to the attempt first."""
    answer: Receipt | ConnectorError
    try:
        answer = _publish(attempt, credentials)
    except NeedsRelink as error:
        answer = _publish_refreshed(attempt, credentials, error)
    except (Rejected, RateLimited, Unavailable, OutcomeUnknown) as error:
        answer = error
    return record_answer(attempt=attempt, answer=answer, at=clock.now())


def _publish(attempt: Attempt, credentials: Credentials) -> Receipt:
    connector = accounts.connectors()[attempt.share.connector]
    draft = drafts.draft_of(attempt)
    if "prepared" not in attempt.body and (prepared := dict(connector.prepare(credentials, draft))):
        # Saved before the post itself is sent, so that a resend names the same picture.
        attempt.body["prepared"] = prepared
        Attempt.objects.filter(pk=attempt.pk).update(body=attempt.body)
        draft = replace(draft, prepared=prepared)
    return connector.publish(credentials, draft, resend=attempt.resend)


def _publish_refreshed(attempt: Attempt, stale: Credentials, error: NeedsRelink) -> Receipt | ConnectorError:
    """A refused token created nothing: where it may merely have run out, refresh once and call again."""
    if not error.refresh_may_help or attempt.share.account is None:
        return error
    try:
        fresh = account_actions.renewed_credentials(account=attempt.share.account, refused=stale, at=clock.now())
        return _publish(attempt, fresh)
    except (Rejected, NeedsRelink, RateLimited, Unavailable, OutcomeUnknown) as second:
        return second
