"""Which posts are read: those that are up, on platforms that tell us something."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from accounts import queries as accounts
from reach.actions.pools import pool_of, spare_the_lonely
from reach.actions.schedule import OLDEST, next_window
from reach.models import ReadingPlan
from shares.models import Share

BATCH = 1000


def readable() -> list[str]:
    return [key for key, connector in accounts.connectors().items() if connector.can_read]


def without_plan(at: datetime) -> QuerySet[Share]:
    planned = Exists(ReadingPlan.objects.filter(share=OuterRef("pk")))
    posts = Share.objects.filter(state="published", published_at__gt=at - OLDEST, connector__in=readable())
    return posts.exclude(post_id="").filter(~planned)


def plan_readings(*, at: datetime) -> int:
    """Give every post that can be read and is not yet planned its first moment. How many got one."""
    shares = without_plan(at).select_related("account")[:BATCH]
    plans = [planned(ReadingPlan(share=share), at) for share in shares if share.published_at and share.account]
    ReadingPlan.objects.bulk_create(plans, ignore_conflicts=True)
    if plans:
        spare_the_lonely([plan.share_id for plan in plans])
    return len(plans)


def planned(plan: ReadingPlan, at: datetime) -> ReadingPlan:
    """The plan with the next window of its share after `at`, unsaved."""
    share = plan.share
    connector = accounts.connectors()[share.connector]
    window = next_window(connector, share.published_at or at, at)
    plan.due_at, plan.late_at = window or (None, None)
    plan.pool = pool_of(connector, share.account) if share.account else ""
    return plan
