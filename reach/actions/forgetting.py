"""Our copy of a post's figures goes when the post is gone.

Readings are append-only for the running product. The one way out is a function of the owner's, which forgets nothing
but the readings of posts that are gone: those whose plan says so, or which were deleted through us.
"""

from datetime import datetime

from django.db import connection, transaction

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
    for share_id in ids:
        # Together, or a worker that is killed between the two leaves figures that nobody looks for again.
        with transaction.atomic():
            ReadingPlan.objects.filter(pk=share_id).update(due_at=None, late_at=None, gone_at=at, rung_until=None)
            forget_readings(share_id)
    return len(ids)
