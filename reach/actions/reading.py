"""One look at a batch of posts of one account. What a platform did not say is kept as unsaid, never as nought."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts import actions as account_actions
from accounts import queries as accounts
from accounts.models import LinkedAccount
from connectors.base import ConnectorError, NeedsRelink, RateLimited, Unavailable
from connectors.base import Reading as Figures
from reach.actions.forgetting import forget_readings
from reach.actions.schedule import LONGEST_PAUSE, next_reading, pause_after
from reach.models import Reading, ReadingPlan
from shares.models import Share

SILENT = "The platform did not answer about this post."


def read_posts(*, share_ids: Sequence[int], at: datetime) -> int:
    """Read those posts that are still due. How many readings were written; errors are written as errors."""
    due = ReadingPlan.objects.filter(share__in=share_ids, due_at__lte=at, share__state="published")
    plans = {plan.share.post_id: plan for plan in due.select_related("share__account")}
    account = next((plan.share.account for plan in plans.values()), None)
    if account is None:
        return 0
    try:
        answers = _read(account, list(plans), at)
    except ConnectorError as error:
        _note_failure(plans.values(), error, account, at)
        return 0
    return sum(_keep(plan, answers.get(post_id), at) for post_id, plan in plans.items())


def _read(account: LinkedAccount, post_ids: Sequence[str], at: datetime) -> Mapping[str, Figures]:
    connector = accounts.connectors()[account.connector]
    credentials = account_actions.fresh_credentials(account=account, at=at)
    try:
        return connector.read(credentials, post_ids)
    except NeedsRelink as error:
        if not error.refresh_may_help:
            raise
        renewed = account_actions.renewed_credentials(account=account, refused=credentials, at=at)
        return connector.read(renewed, post_ids)


def _keep(plan: ReadingPlan, figures: Figures | None, at: datetime) -> bool:
    if figures is None:
        _fail(plan, SILENT, at)
        return False
    if figures.gone:
        end_plan(plan, at)
        return False
    with transaction.atomic():
        Reading.objects.create(
            share=plan.share, at=at, likes=figures.likes, reposts=figures.reposts, replies=figures.replies,
            quotes=figures.quotes, impressions=figures.impressions, clicks=figures.clicks,
        )  # fmt: skip
        _change(plan, last_at=at, due_at=_next(plan.share, at), failures=0, reason="")
    return True


def end_plan(plan: ReadingPlan, at: datetime) -> None:
    """The post is gone: it is read no more, and our copy of its figures goes with it."""
    with transaction.atomic():
        _change(plan, due_at=None, gone_at=at, reason="")
        forget_readings(plan.share_id)


def _note_failure(plans: Iterable[ReadingPlan], error: ConnectorError, account: LinkedAccount, at: datetime) -> None:
    until = None
    if isinstance(error, RateLimited):
        until = error.until
        account_actions.pause_account(account=account, until=until, sentence=error.sentence)
    elif isinstance(error, NeedsRelink):
        account_actions.mark_needs_relink(account=account, sentence=error.sentence, at=at)
    elif isinstance(error, Unavailable) and error.operator:
        until = at + LONGEST_PAUSE
        account_actions.pause_platform(connector=account.connector, until=until, sentence=error.sentence, at=at)
    for plan in plans:
        _fail(plan, error.sentence, at, until)


def _fail(plan: ReadingPlan, sentence: str, at: datetime, until: datetime | None = None) -> None:
    again = until or at + pause_after(plan.failures + 1)
    _change(plan, due_at=again, failures=F("failures") + 1, reason=sentence[:300])


def _change(plan: ReadingPlan, **changes: object) -> None:
    ReadingPlan.objects.filter(pk=plan.pk).update(rung_until=None, **changes)


def _next(share: Share, at: datetime) -> datetime | None:
    return next_reading(share.connector, share.published_at, at) if share.published_at else None
