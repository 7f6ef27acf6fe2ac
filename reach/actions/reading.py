"""One look at a batch of posts. What a platform did not say is kept as unsaid, never as nought."""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts import actions as account_actions
from accounts import queries as accounts
from accounts.models import LinkedAccount
from connectors.base import Connector, ConnectorError, Credentials, NeedsRelink, RateLimited, Unavailable, counted
from connectors.base import Reading as Figures
from reach.actions.keeping import fail_plans, keep_answers, note_cost
from reach.actions.room import take_room
from reach.actions.schedule import LONGEST_PAUSE
from reach.models import ReadingPlan

READERS = 3  # so many members' tokens are tried before a batch has to wait
Answers = Mapping[str, Figures]


def read_posts(*, share_ids: Sequence[int], at: datetime) -> int:
    """Read those posts that are still due. How many readings were written; errors are written as errors."""
    plans = due_plans(share_ids, at)
    if not plans:
        return 0
    connector = accounts.connectors()[plans[0].share.connector]
    waits: list[datetime] = []
    for reader in readers(connector, plans):
        plans = [plan for plan in plans if plan.account.state == "healthy"]
        if not plans:
            return 0
        if until := take_room(connector, reader, at):
            waits.append(until)
            continue
        try:
            answers = ask(connector, reader, plans, at)
        except NeedsRelink as error:
            if reader:
                account_actions.mark_needs_relink(account=reader, sentence=error.sentence, at=at)
                set_state(plans, reader)
        except ConnectorError as error:
            note_failure(plans, error, at)
            return 0
        else:
            return keep_answers(plans, answers, reader, at)
    if waits:
        hold_plans(plans, min(waits))
    else:
        fail_plans(plans, _("Nobody’s connection could be used to look."), at)
    return 0


def hold_plans(plans: Sequence[ReadingPlan], until: datetime) -> None:
    """They keep their place; nobody rings for them before there is room again."""
    ReadingPlan.objects.filter(pk__in=[plan.pk for plan in plans]).update(rung_until=until)


def due_plans(share_ids: Sequence[int], at: datetime) -> list[ReadingPlan]:
    """Of one pool; those that are not due, not up or not of a healthy account any more are left out."""
    rows = ReadingPlan.objects.filter(share__in=share_ids, due_at__lte=at, share__state="published")
    rows = rows.filter(share__account__state="healthy").select_related("share__account")
    plans = list(rows.order_by("late_at"))
    return [plan for plan in plans if plan.pool == plans[0].pool]


def readers(connector: Connector, plans: Sequence[ReadingPlan]) -> list[LinkedAccount | None]:
    """Whose token asks: one whose own posts are among these. None where a platform tells anybody."""
    if connector.reads_any == "open":
        return [None]
    owners = {plan.share.account_id: plan.account for plan in plans}
    return random.sample(list(owners.values()), min(READERS, len(owners)))


def set_state(plans: Sequence[ReadingPlan], account: LinkedAccount) -> None:
    """Rows were read one by one, so an account that owns several of the posts is there several times."""
    for plan in plans:
        if plan.share.account_id == account.pk:
            plan.account.state = account.state


def ask(connector: Connector, reader: LinkedAccount | None, plans: Sequence[ReadingPlan], at: datetime) -> Answers:
    post_ids = [plan.share.post_id for plan in plans]
    with counted() as calls:
        try:
            answers = call(connector, reader, post_ids, at)
        except ConnectorError:
            note_cost(connector.key, at, calls=calls.made, posts=0)
            raise
    found = sum(1 for figures in answers.values() if not figures.gone)
    note_cost(connector.key, at, calls=calls.made, posts=found)
    return answers


def call(connector: Connector, reader: LinkedAccount | None, post_ids: Sequence[str], at: datetime) -> Answers:
    if reader is None:
        return connector.read(Credentials(), post_ids)
    credentials = account_actions.fresh_credentials(account=reader, at=at)
    try:
        return connector.read(credentials, post_ids)
    except NeedsRelink as error:
        if not error.refresh_may_help:
            raise
        renewed = account_actions.renewed_credentials(account=reader, refused=credentials, at=at)
        return connector.read(renewed, post_ids)


def note_failure(plans: Sequence[ReadingPlan], error: ConnectorError, at: datetime) -> None:
    """A limit of reading holds reading alone, all of what would be asked the same way: posting goes first."""
    until = None
    if isinstance(error, RateLimited):
        until = error.until
        ReadingPlan.objects.filter(pool=plans[0].pool, late_at__lte=until).update(rung_until=until)
    elif isinstance(error, Unavailable) and error.operator:
        until = at + LONGEST_PAUSE
        connector = plans[0].share.connector
        account_actions.pause_platform(connector=connector, until=until, sentence=error.sentence, at=at)
    fail_plans(plans, error.sentence, at, until)
