"""What one member still has to sign."""

from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from guidelines.models import OWED, Due


def owed(member: User) -> QuerySet[Due]:
    """The most urgent first."""
    return (
        Due.objects.filter(member=member, state__in=OWED)
        .select_related("publication", "guideline")
        .order_by("due_at", "pk")
    )


def overdue(member: User, at: datetime) -> bool:
    """Whether sharing waits for a signature. One query, by an index made for it."""
    return Due.objects.filter(member=member, state__in=OWED, due_at__lte=at).exists()
