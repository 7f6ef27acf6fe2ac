"""What each day began with is written down once, so that a trend can be drawn."""

from datetime import datetime

from guidelines import queries
from guidelines.models import CoverageDay, Guideline


def note_days(*, at: datetime) -> int:
    """How many guidelines were counted; 0 when today is written down already."""
    today = at.date()
    known = set(CoverageDay.objects.filter(day=today).values_list("guideline", flat=True))
    if not Guideline.objects.filter(versions__state="published").exclude(pk__in=known).exists():
        return 0
    out = [row for row in queries.overview(at=at) if row.covered and row.guideline.pk not in known]
    days = [
        CoverageDay(
            guideline=row.guideline, day=today, people=row.covered.people, signed=row.covered.signed,
            overdue=row.covered.overdue,
        )
        for row in out
        if row.covered and not row.covered.asking
    ]  # fmt: skip
    return len(CoverageDay.objects.bulk_create(days, ignore_conflicts=True))
