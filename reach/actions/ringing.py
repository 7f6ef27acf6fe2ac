"""The bell of readings: due plans of one account together, so that one call to the platform reads many posts."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from accounts import queries as accounts
from accounts.models import PlatformApp
from core import wake
from reach.models import ReadingPlan

LEASE = timedelta(seconds=90)
LOCK = 7_211_031
LIMIT = 1000


def due(at: datetime) -> QuerySet[ReadingPlan]:
    """Plans to read now, on platforms and accounts that do not pause."""
    return (
        ReadingPlan.objects.filter(due_at__lte=at, share__state="published")
        .filter(Q(rung_until=None) | Q(rung_until__lte=at))
        .exclude(share__account__paused_until__gt=at)
        .exclude(share__connector__in=PlatformApp.objects.filter(origin="", paused_until__gt=at).values("connector"))
        .order_by("due_at")
    )


def ring_due(*, at: datetime) -> int:
    """Lease due plans and ring once for each batch a platform takes at once. How many rings that were."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                return 0
        rows = list(due(at).values_list("pk", "share__connector", "share__account")[:LIMIT])
        ReadingPlan.objects.filter(pk__in=[pk for pk, _, _ in rows]).update(rung_until=at + LEASE)
    together = defaultdict(list)
    for share_id, connector, account in rows:
        together[connector, account].append(share_id)
    batches = [batch for (key, _), ids in together.items() for batch in _parts(ids, _largest(key))]
    for batch in batches:
        wake.ring("reach.tasks.read", batch)
    return len(batches)


def _largest(connector: str) -> int:
    known = accounts.connectors().get(connector)
    return known.read_batch if known else 1


def _parts(ids: list[int], size: int) -> list[list[int]]:
    return [ids[start : start + size] for start in range(0, len(ids), size)]
