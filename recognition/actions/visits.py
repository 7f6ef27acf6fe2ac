"""Rows for visits: four points at the 1st, 3rd, 7th, 15th … visit of one share on one UTC day.

Those steps are where 4 · log2(1 + visits) has grown by another four, so a row is final the moment it is written: the
day need not be over, and a large following does not decide.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from datetime import time as clock_time

from django.db.models import DateTimeField, F, Q, Window
from django.db.models.functions import Coalesce, RowNumber, TruncDate

from links.queries import counted
from recognition.actions import scheme
from recognition.actions.shares import is_curators_own, row
from recognition.models import LedgerRow
from shares.models import Share

GONE = ("deleted", "dropped")


def visit_rows(since: datetime | None) -> Iterator[LedgerRow]:
    """Rows for visits from the day of `since` on, or for all. Counted while the post was up, by whoever posted it."""
    steps = _steps(since)
    shares = Share.objects.filter(pk__in={share for share, *_ in steps}).select_related("member", "story")
    known = {share.pk: share for share in shares if not is_curators_own(share)}
    for share, day, number, at in steps:
        if share in known:
            cause = f"share:{share}:{day.isoformat()}:{number}"
            yield row(known[share], scheme.VISITS, at=at, points=scheme.VISIT_POINTS, cause=cause)


def _steps(since: datetime | None) -> list[tuple[int, date, int, datetime]]:
    clicks = counted().annotate(day=TruncDate("at", tzinfo=UTC))
    if since is not None:
        clicks = clicks.filter(at__gte=datetime.combine(since.date(), clock_time(), UTC))
    up_from = Coalesce("link__share__published_at", "link__share__planned_at", output_field=DateTimeField())
    by_hand = Q(link__share__account__isnull=True)
    clicks = (
        clicks.filter(by_hand | Q(link__share__published_at__isnull=False), link__share__isnull=False)
        .filter(at__gte=up_from)
        .exclude(link__share__state__in=GONE, at__gte=F("link__share__state_at"))
        .annotate(number=Window(RowNumber(), partition_by=["link", "day"], order_by=["at", "id"]))
        .filter(number__in=scheme.VISIT_STEPS)
        .order_by("at", "id")
    )
    return list(clicks.values_list("link__share", "day", "number", "at"))
