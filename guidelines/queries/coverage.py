"""How many know a guideline: of those it is for, how many have signed what is asked of them. Counts; names only of who
owes a signature, for HR, since that is what a duty to sign means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from accounts.ordering import in_order_of
from accounts.queries import away_from
from audiences import queries as audiences
from audiences.terms import cleaned
from guidelines.models import OWED, Due, Guideline, ReceiptPersonal, Version
from guidelines.models.evidence import DECLINED
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
    """All guidelines, by as many questions as for one."""
    versions: dict[int, list[Version]] = {}
    for version in Version.objects.order_by("number").defer("content"):
        versions.setdefault(version.guideline_id, []).append(version)
    guidelines = list(Guideline.objects.select_related("audience").order_by("name"))
    counts, sizes, rows = _counts(at), _sizes(guidelines), []
    for guideline in (
        one for one in guidelines if one.pk in versions
    ):  # one that was begun this moment comes next time
        published = next((one for one in versions[guideline.pk] if one.state == "published"), None)
        counted, people = counts.get(guideline.pk, {}), sizes[guideline.pk]
        covered = _coverage(guideline, published, counted, people) if published else None
        rows.append(Row(guideline, versions[guideline.pk][-1], published.number if published else None, covered))
    return rows


def coverage(guideline: Guideline, *, at: datetime) -> Coverage:
    """Of one that is out."""
    published = guideline.versions.defer("content").get(state="published")
    counted = _counts(at, guideline).get(guideline.pk, {})
    return _coverage(guideline, published, counted, _sizes([guideline])[guideline.pk])


def _sizes(guidelines: Iterable[Guideline]) -> dict[int, int]:
    """How many each of these is for, by its number: one look at everybody, however many there are."""
    asked = {
        f"of_{one.pk}": Count("pk", filter=audiences.condition(cleaned(one.audience.terms)))
        for one in guidelines
        if one.audience is not None
    }
    found = User.objects.filter(is_active=True).aggregate(everybody=Count("pk"), **asked)
    return {one.pk: found.get(f"of_{one.pk}", found["everybody"]) for one in guidelines}


def _coverage(guideline: Guideline, published: Version, counts: Mapping[str, int], people: int) -> Coverage:
    """Once all have been asked, whoever owes nothing has signed. Before that it is asked of the receipts, which takes
    longer."""
    owing = counts.get("due", 0) + counts.get("overdue", 0)
    lacking = owing if published.asked_all_at else unsatisfied(guideline, in_audience(guideline)).count()
    asking = max(0, lacking - owing) if published.asked_all_at is None else 0
    named = {name: counts.get(name, 0) for name in COUNTED}
    return Coverage(people, max(0, people - lacking), asking=asking, **named)


def _counts(at: datetime, guideline: Guideline | None = None) -> dict[int, dict[str, int]]:
    rows = Due.objects.filter(state__in=OWED, **({"guideline": guideline} if guideline else {})).order_by()
    found = rows.values("guideline").annotate(
        due=Count("pk", filter=Q(due_at__gt=at)),
        overdue=Count("pk", filter=Q(due_at__lte=at)),
        declined=Count("pk", filter=Q(state="declined")),
    )
    counted = found.values_list("guideline", "due", "overdue", "declined")
    # By themselves, from the few who are away: beside the others every member would be read.
    away = dict(rows.filter(member__away_until__gte=away_from(at)).values_list("guideline").annotate(n=Count("pk")))
    names = ("due", "overdue", "declined")
    return {
        number: dict(zip(names, counts, strict=True)) | {"away": away.get(number, 0)} for number, *counts in counted
    }


def owing(guideline: Guideline) -> QuerySet[Due]:
    """Who owes it, the longest overdue first; for HR alone."""
    rows = Due.objects.filter(guideline=guideline, state__in=OWED)
    return rows.select_related("member__team", "member__manager", "publication").order_by("due_at", "member_id")


def named_owing(at: datetime, guideline: Guideline, which: str, search: str = "") -> QuerySet[Due]:
    """`which`: overdue, due, away or declined. By name, as one looks for somebody."""
    rows = owing(guideline).order_by(in_order_of("member__name"), "member_id")
    narrowed: dict[str, Any] = {
        "overdue": Q(due_at__lte=at),
        "due": Q(due_at__gt=at),
        "away": Q(member__away_until__gte=away_from(at)),
        "declined": Q(state="declined"),
    }
    return rows.filter(narrowed.get(which, Q()), Q(member__name__icontains=search) if search else Q())


def reasons(dues: Iterable[Due]) -> dict[tuple[int, int], str]:
    """Why somebody cannot agree yet, by member and publication, where they said so; for HR, to whom they said it."""
    declined = [due for due in dues if due.state == "declined"]
    found = ReceiptPersonal.objects.filter(
        receipt__kind=DECLINED, receipt__member__in=[due.member_id for due in declined],
        receipt__publication__in=[due.publication_id for due in declined],
    ).order_by("pk")  # fmt: skip
    return {
        (member, publication): reason
        for member, publication, reason in found.values_list("receipt__member", "receipt__publication", "reason")
    }
