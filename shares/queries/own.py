"""A member's own plans and posts."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from accounts.models import User
from shares.models import Share

UNDER_WAY = ["scheduled", "retrying", "sending", "held", "uncertain", "asked", "deleting", "handed_over"]
LIVELY = timedelta(minutes=5)


def own_shares(member: User) -> QuerySet[Share]:
    return (
        Share.objects.filter(member=member)
        .select_related("story", "story__topic", "account", "link")
        .order_by("-planned_at", "-pk")
    )


def under_way(member: User) -> QuerySet[Share]:
    return own_shares(member).filter(state__in=UNDER_WAY).order_by("wanted_at", "pk")


def is_lively(share: Share, at: datetime) -> bool:
    """Whether its state is about to change, so that the page watches it."""
    if share.state in ("sending", "uncertain", "deleting"):
        return True
    return share.state in ("scheduled", "retrying") and share.due_at <= at + LIVELY
