"""Reads of what platforms told us about posts."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain

from django.db.models import Count

from accounts import budgets
from accounts import queries as accounts
from connectors.base import Connector
from reach.models import DailyReading, FiguresModel, Reading, ReadingCost, ReadingPlan

WEEK = timedelta(days=7)


def latest_readings(share_ids: Collection[int]) -> dict[int, FiguresModel]:
    """The newest figures of each share that has any: a single reading or, where those are gone, the last day's."""
    days = DailyReading.objects.filter(share__in=share_ids).order_by("share", "-day").distinct("share")
    single = Reading.objects.filter(share__in=share_ids).order_by("share", "-at").distinct("share")
    return {row.share_id: row for row in chain(days, single)}


def reading_plans(share_ids: Collection[int]) -> dict[int, ReadingPlan]:
    """When each share is read next, or why it could not be read last."""
    return {plan.share_id: plan for plan in ReadingPlan.objects.filter(share__in=share_ids)}


@dataclass(frozen=True)
class Cost:
    """What reading takes on one platform. `planned` is calls for each post and day as the schedule has it, with full
    calls; `measured` what it came to in the last week, None where nothing was followed. `price` is of this month, as
    "0.75 USD", and empty where reading costs nothing."""

    connector: Connector
    followed: int
    calls_today: int
    posts_today: int
    planned: float
    measured: float | None
    price: str


def costs(at: datetime) -> list[Cost]:
    """For each platform that tells figures; two questions in all."""
    today = at.astimezone(UTC).date()
    followed = followed_posts()
    days = cost_by_day(since=min(today - WEEK, today.replace(day=1)))
    return [
        cost_of(connector, followed.get(key, 0), days.get(key, []), today)
        for key, connector in accounts.connectors().items()
        if connector.can_read
    ]


def followed_posts() -> dict[str, int]:
    plans = ReadingPlan.objects.filter(due_at__isnull=False).values_list("share__connector")
    return dict(plans.annotate(number=Count("pk")).order_by())


def cost_by_day(*, since: date) -> dict[str, list[ReadingCost]]:
    found: dict[str, list[ReadingCost]] = defaultdict(list)
    for row in ReadingCost.objects.filter(day__gte=since):
        found[row.connector].append(row)
    return found


def cost_of(connector: Connector, followed: int, days: list[ReadingCost], today: date) -> Cost:
    week = [row.calls for row in days if today - WEEK <= row.day < today]
    this_month = sum(row.posts for row in days if row.day >= today.replace(day=1))
    now = next((row for row in days if row.day == today), ReadingCost(calls=0, posts=0))
    prices = connector.prices
    span = connector.reads_at[-1] / timedelta(days=1)
    return Cost(
        connector=connector,
        followed=followed,
        calls_today=now.calls,
        posts_today=now.posts,
        planned=len(connector.reads_at) * connector.read_calls / connector.read_batch / span,
        measured=sum(week) / len(week) / followed if week and followed else None,
        price=budgets.shown(this_month * prices.read, prices.currency) if prices and prices.read else "",
    )
