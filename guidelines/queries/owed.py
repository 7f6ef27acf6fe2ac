"""What one member still has to sign."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, QuerySet

from accounts.models import User
from guidelines.models import OWED, Due


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
