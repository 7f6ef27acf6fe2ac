"""Our copy of a post's figures goes when the post is gone.

Readings are append-only for the running product. The one way out is a function of the owner's, which forgets nothing
but the readings of posts that are gone: those whose plan says so, or which were deleted through us.
"""

from datetime import datetime

from django.db import connection

from reach.models import ReadingPlan

BATCH = 500


def forget_readings(share_id: int) -> int:
    """How many readings went. Raises a database error when the post is not gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT advocacy_forget_readings(%s)", [share_id])
        return int(cursor.fetchone()[0])


def end_deleted(*, at: datetime) -> int:
    """What was deleted through us is read no more, and forgotten. How many posts that were."""
    over = ReadingPlan.objects.filter(share__state="deleted", gone_at=None)
    ids = list(over.values_list("pk", flat=True)[:BATCH])
    ReadingPlan.objects.filter(pk__in=ids).update(due_at=None, late_at=None, gone_at=at, rung_until=None)
    for share_id in ids:
        forget_readings(share_id)
    return len(ids)
