"""Reads of what platforms told us about posts."""

from collections.abc import Collection
from itertools import chain

from reach.models import DailyReading, FiguresModel, Reading, ReadingPlan


def latest_readings(share_ids: Collection[int]) -> dict[int, FiguresModel]:
    """The newest figures of each share that has any: a single reading or, where those are gone, the last day's."""
    days = DailyReading.objects.filter(share__in=share_ids).order_by("share", "-day").distinct("share")
    single = Reading.objects.filter(share__in=share_ids).order_by("share", "-at").distinct("share")
    return {row.share_id: row for row in chain(days, single)}


def reading_plans(share_ids: Collection[int]) -> dict[int, ReadingPlan]:
    """When each share is read next, or why it could not be read last."""
    return {plan.share_id: plan for plan in ReadingPlan.objects.filter(share__in=share_ids)}
