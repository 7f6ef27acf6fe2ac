"""Reads of what platforms told us about posts."""

from collections.abc import Collection

from reach.models import Reading, ReadingPlan


def latest_readings(share_ids: Collection[int]) -> dict[int, Reading]:
    """The newest reading of each share that has one, in one question."""
    newest = Reading.objects.filter(share__in=share_ids).order_by("share", "-at").distinct("share")
    return {reading.share_id: reading for reading in newest}


def reading_plans(share_ids: Collection[int]) -> dict[int, ReadingPlan]:
    """When each share is read next, or why it could not be read last."""
    return {plan.share_id: plan for plan in ReadingPlan.objects.filter(share__in=share_ids)}
