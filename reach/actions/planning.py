"""Which posts are read: those that are up, on platforms that tell us something."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from accounts import queries as accounts
from reach.actions.schedule import OLDEST, next_reading
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
    plans = [
        ReadingPlan(share=share, due_at=next_reading(share.connector, share.published_at, at))
        for share in without_plan(at)[:BATCH]
        if share.published_at
    ]
    ReadingPlan.objects.bulk_create(plans, ignore_conflicts=True)
    return len(plans)
