"""What one member still has to sign."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, QuerySet

from accounts.models import User
from guidelines import texts
from guidelines.models import OWED, Due, Publication


def owed(member: User) -> QuerySet[Due]:
    """The most urgent first."""
    return (
        Due.objects.filter(member=member, state__in=OWED)
        .select_related("publication", "guideline")
        .order_by("due_at", "pk")
    )


def overdue(at: datetime, member: Any) -> Exists:
    """Whether sharing waits for a signature of this member: a question that stands inside another query, where it costs
    none of its own. `overdue(at, OuterRef("member"))`, or asked alone by `is_overdue`."""
    return Exists(_late(at).filter(member=member))


def is_overdue(member: User, at: datetime) -> bool:
    return _late(at).filter(member=member).exists()


def _late(at: datetime) -> QuerySet[Due]:
    return Due.objects.filter(state__in=OWED, waits_from__lte=at)


@dataclass(frozen=True)
class Place:
    """A section of a guideline that is this member's, to be linked to."""

    guideline_id: int
    key: str
    title: str
    language: str


def places_of_sections(member: User) -> dict[str, Place]:
    """Where each section stands that this member was asked to know, by its key."""
    asked = Due.objects.filter(member=member, state__in=[*OWED, "signed"]).values("guideline")
    found: dict[str, Place] = {}
    for one in Publication.objects.filter(guideline__in=asked, version__state="published").order_by("guideline"):
        text, language = texts.text_of(one.content, member.language, one.language)
        for section in text.sections:
            found.setdefault(section.key, Place(one.guideline_id, section.key, section.title, language))
    return found
