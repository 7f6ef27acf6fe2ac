"""The bell of readings. A call is made when a plan has waited long enough, and takes along all that are due with it."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts import queries as accounts
from accounts.models import PlatformApp
from core import wake
from reach.models import ReadingPlan

LEASE = timedelta(seconds=90)
SET_ASIDE = timedelta(hours=1)
LOCK = 7_211_031
LIMIT = 1000


def free(at: datetime) -> QuerySet[ReadingPlan]:
    """Plans that nobody is at, of accounts in order, on platforms and accounts that do not pause. Only a healthy
    account's posts are read, by whomever: who ended our permission has ended this too."""
    return (
        ReadingPlan.objects.filter(share__state="published", share__account__state="healthy")
        .filter(Q(rung_until=None) | Q(rung_until__lte=at))
        .exclude(share__account__paused_until__gt=at)
        .exclude(share__connector__in=PlatformApp.objects.filter(origin="", paused_until__gt=at).values("connector"))
    )


def ring_due(*, at: datetime) -> int:
    """Lease the plans whose time is up and those that come along, and ring once a call. How many rings that were."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                return 0
        set_aside(at)
        batches = due_batches(at)
        leased = [pk for batch in batches for pk in batch]
        ReadingPlan.objects.filter(pk__in=leased).update(rung_until=at + LEASE)
    for batch in batches:
        wake.ring("reach.tasks.read", batch)
    return len(batches)


def due_batches(at: datetime) -> list[list[int]]:
    late = free(at).filter(late_at__lte=at).order_by("late_at")
    by_pool = defaultdict(list)
    for share_id, pool, connector in late.values_list("pk", "pool", "share__connector")[:LIMIT]:
        by_pool[pool, largest(connector)].append(share_id)
    return [batch for (pool, size), ids in by_pool.items() for batch in parts(ids + company(pool, ids, size, at), size)]


def company(pool: str, ids: list[int], size: int, at: datetime) -> list[int]:
    """As many that are due and could wait as there is room for in the last call."""
    room = -len(ids) % size
    waiting = free(at).filter(pool=pool, due_at__lte=at, late_at__gt=at).order_by("late_at")
    return list(waiting.values_list("pk", flat=True)[:room]) if room else []


def set_aside(at: datetime) -> None:
    """What belongs to an account that is not connected is not looked at again for a while, and says why."""
    idle = ReadingPlan.objects.filter(Q(rung_until=None) | Q(rung_until__lte=at), late_at__lte=at)
    idle = idle.filter(share__account__state__in=["needs_relink", "unlinked"])
    reason = _("The account has to be connected again.")
    ReadingPlan.objects.filter(pk__in=idle.values("pk")).update(rung_until=at + SET_ASIDE, reason=reason)


def largest(connector: str) -> int:
    known = accounts.connectors().get(connector)
    return known.read_batch if known else 1


def parts(ids: list[int], size: int) -> list[list[int]]:
    return [ids[start : start + size] for start in range(0, len(ids), size)]
