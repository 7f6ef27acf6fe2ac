"""Campaigns as curators look at them."""

from django.db.models import Count, Q, QuerySet

from content.models import Campaign


def campaigns() -> QuerySet[Campaign]:
    """Open ones first, by the day they end; each with its number of stories, and of those that are or were live."""
    been_live = Count("stories", filter=Q(stories__live_at__isnull=False))
    rows = Campaign.objects.annotate(story_count=Count("stories"), live_count=been_live)
    return rows.order_by("-state", "ends_on", "name")


def open_campaigns(also: int | None = None) -> QuerySet[Campaign]:
    """What a story can belong to; `also` is the one it belongs to already."""
    return Campaign.objects.filter(Q(state="open") | Q(pk=also)).order_by("name")
