"""How far a campaign is: totals of everybody, and none of a group under ten."""

from dataclasses import dataclass

from django.db.models import Count

from content.models import Campaign
from links.queries import visits
from recognition.queries.groups import SMALLEST
from shares.models import Share


@dataclass(frozen=True)
class Progress:
    """`posts` and `visits` are None while fewer than ten people have shared its stories."""

    stories: int  # that are live or were
    waiting: int  # that are not yet
    posts: int | None
    visits: int | None


def progress_of(campaign: Campaign) -> Progress:
    """Posts confirmed by a platform since the campaign's first day; those made by hand are not."""
    told = campaign.stories.filter(live_at__isnull=False).count()
    shares = Share.objects.filter(
        story__campaign=campaign, state="published", published_at__date__gte=campaign.starts_on
    )
    waiting = campaign.stories.filter(live_at__isnull=True).exclude(state="withdrawn").count()
    if shares.aggregate(people=Count("member", distinct=True))["people"] < SMALLEST:
        return Progress(told, waiting, None, None)
    links = [link for link in shares.values_list("link", flat=True) if link]
    return Progress(told, waiting, len(shares), sum(visits(links).values()))
