"""How many know a guideline: of those it is for, how many have signed what is asked of them. Counts, never names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from guidelines.models import OWED, Due, Guideline, Version
from guidelines.queries.asked import in_audience, unsatisfied

COUNTED = ("due", "overdue", "declined")


@dataclass(frozen=True)
class Coverage:
    people: int
    signed: int
    due: int  # asked, and there is still time
    overdue: int
    declined: int  # who said that they cannot agree yet; counted among due and overdue, too


@dataclass(frozen=True)
class Row:
    """One guideline on HR's page: its newest version, the number of the one that is out, and how many have signed."""

    guideline: Guideline
    newest: Version
    number: int | None
    covered: Coverage | None


def overview(*, at: datetime) -> list[Row]:
    """All guidelines. How many people there are, and how many have still to sign, takes two questions for each that is
    out, since each is for others; all else is asked once."""
    versions: dict[int, list[Version]] = {}
    for version in Version.objects.order_by("number").defer("content"):
        versions.setdefault(version.guideline_id, []).append(version)
    counts = _counts(at)
    rows = []
    for guideline in Guideline.objects.select_related("audience").order_by("name"):
        published = next((one.number for one in versions[guideline.pk] if one.state == "published"), None)
        covered = _coverage(guideline, counts.get(guideline.pk, {})) if published else None
        rows.append(Row(guideline, versions[guideline.pk][-1], published, covered))
    return rows


def coverage(guideline: Guideline, *, at: datetime) -> Coverage:
    """Of one that is out."""
    return _coverage(guideline, _counts(at, guideline).get(guideline.pk, {}))


def _coverage(guideline: Guideline, counts: Mapping[str, int]) -> Coverage:
    members = in_audience(guideline)
    people = members.count()
    signed = people - unsatisfied(guideline, members).count()
    return Coverage(people, signed, **{name: counts.get(name, 0) for name in COUNTED})


def _counts(at: datetime, guideline: Guideline | None = None) -> dict[int, dict[str, int]]:
    rows = Due.objects.filter(state__in=OWED, **({"guideline": guideline} if guideline else {}))
    found = (
        rows.order_by()
        .values("guideline")
        .annotate(
            due=Count("pk", filter=Q(due_at__gt=at)),
            overdue=Count("pk", filter=Q(due_at__lte=at)),
            declined=Count("pk", filter=Q(state="declined")),
        )
    )
    counted = found.values_list("guideline", *COUNTED)
    return {number: dict(zip(COUNTED, counts, strict=True)) for number, *counts in counted}
