"""How many know a guideline: of those it is for, how many have signed what is asked of them. Counts; names only of who
owes a signature, for HR, since that is what a duty to sign means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from guidelines.models import OWED, Due, Guideline, Version
from guidelines.queries.asked import in_audience, unsatisfied

COUNTED = ("due", "overdue", "declined", "away")


@dataclass(frozen=True)
class Coverage:
    people: int
    signed: int
    due: int  # asked, and there is still time
    overdue: int
    declined: int  # who said that they cannot agree yet; counted among due and overdue, too
    away: int  # who owe it and are away; the same
    asking: int = 0  # still to be asked: a version has just come out

    @property
    def asked(self) -> int:
        return self.people - self.asking


@dataclass(frozen=True)
class Row:
    """One guideline on HR's page: its newest version, the number of the one that is out, and how many have signed."""

    guideline: Guideline
    newest: Version
    number: int | None
    covered: Coverage | None


def overview(*, at: datetime) -> list[Row]:
    """All guidelines. How many people there are takes one question for each audience; all else is asked once."""
    versions: dict[int, list[Version]] = {}
    for version in Version.objects.order_by("number").defer("content"):
        versions.setdefault(version.guideline_id, []).append(version)
    counts, sizes = _counts(at), _Sizes()
    rows = []
    for guideline in Guideline.objects.select_related("audience").order_by("name"):
        published = next((one for one in versions[guideline.pk] if one.state == "published"), None)
        covered = _coverage(guideline, published, counts.get(guideline.pk, {}), sizes) if published else None
        rows.append(Row(guideline, versions[guideline.pk][-1], published.number if published else None, covered))
    return rows


def coverage(guideline: Guideline, *, at: datetime) -> Coverage:
    """Of one that is out."""
    published = guideline.versions.defer("content").get(state="published")
    return _coverage(guideline, published, _counts(at, guideline).get(guideline.pk, {}), _Sizes())


class _Sizes:
    """How many an audience has, asked once each: several guidelines are for the same people."""

    def __init__(self) -> None:
        self.known: dict[int | None, int] = {}

    def of(self, guideline: Guideline) -> int:
        if guideline.audience_id not in self.known:
            self.known[guideline.audience_id] = in_audience(guideline).count()
        return self.known[guideline.audience_id]


def _coverage(guideline: Guideline, published: Version, counts: Mapping[str, int], sizes: _Sizes) -> Coverage:
    """Once all have been asked, whoever owes nothing has signed. Before that it is asked of the receipts, which takes
    longer."""
    people = sizes.of(guideline)
    owing = counts.get("due", 0) + counts.get("overdue", 0)
    lacking = owing if published.asked_all_at else unsatisfied(guideline, in_audience(guideline)).count()
    asking = max(0, lacking - owing) if published.asked_all_at is None else 0
    named = {name: counts.get(name, 0) for name in COUNTED}
    return Coverage(people, max(0, people - lacking), asking=asking, **named)


def _counts(at: datetime, guideline: Guideline | None = None) -> dict[int, dict[str, int]]:
    rows = Due.objects.filter(state__in=OWED, **({"guideline": guideline} if guideline else {}))
    found = (
        rows.order_by()
        .values("guideline")
        .annotate(
            due=Count("pk", filter=Q(due_at__gt=at)),
            overdue=Count("pk", filter=Q(due_at__lte=at)),
            declined=Count("pk", filter=Q(state="declined")),
            away=Count("pk", filter=Q(member__away_until__gte=at.date())),
        )
    )
    counted = found.values_list("guideline", *COUNTED)
    return {number: dict(zip(COUNTED, counts, strict=True)) for number, *counts in counted}


def owing(guideline: Guideline) -> QuerySet[Due]:
    """Who owes it, the longest overdue first; for HR alone."""
    rows = Due.objects.filter(guideline=guideline, state__in=OWED)
    return rows.select_related("member__team", "member__manager", "publication").order_by("due_at", "member_id")


def named_owing(at: datetime, guideline: Guideline, which: str) -> QuerySet[Due]:
    """`which`: overdue, due, away or declined."""
    rows = owing(guideline)
    narrowed: dict[str, Any] = {
        "overdue": Q(due_at__lte=at),
        "due": Q(due_at__gt=at),
        "away": Q(member__away_until__gte=at.date()),
        "declined": Q(state="declined"),
    }
    return rows.filter(narrowed.get(which, Q()))
