"""How each live story goes: two sums, counted by a task so that a page never does."""

from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from content import queries as content
from content.models import Story
from links import queries as links
from shares.models import Mark, Share, Tally

AT_ONCE = 100
# New stories are counted often, since their first days decide; the others a few times a day.
NEW, SOON, LATER = timedelta(days=3), timedelta(minutes=10), timedelta(hours=6)
TOLD = ["published", "said_posted"]
GONE_FOR = timedelta(days=30)


def count_tallies(*, at: datetime, limit: int = AT_ONCE) -> int:
    """Count those that were never counted, then those counted longest ago. How many were."""
    due = list(tallies_due(at)[:limit])
    if not due:
        return 0
    told = Share.objects.filter(story__in=due, state__in=TOLD).values_list("story")
    voices = dict(told.annotate(Count("member", distinct=True)))
    groups = {story: content.link_groups(story)[0] for story in due}
    visits = links.visits_by_group(groups.values())
    Tally.objects.bulk_create(
        [
            Tally(story_id=story, voices=voices.get(story, 0), visits=visits.get(group, 0), counted_at=at)
            for story, group in groups.items()
        ],
        update_conflicts=True,
        unique_fields=["story"],
        update_fields=["voices", "visits", "counted_at"],
    )
    return len(due)


def tallies_due(at: datetime) -> "QuerySet[Story, int]":
    """Numbers of live stories, the most urgent first."""
    is_new = Q(live_at__gte=at - NEW, tally__counted_at__lt=at - SOON)
    is_due = Q(tally__isnull=True) | is_new | Q(tally__counted_at__lt=at - LATER)
    live = Story.objects.filter(is_due, state="live")
    return live.order_by(F("tally__counted_at").asc(nulls_first=True), "pk").values_list("pk", flat=True)


def drop_old_marks(*, at: datetime, limit: int = 5_000) -> int:
    """What members saw of stories that are long over is kept for nothing."""
    over = Story.objects.filter(state__in=["expired", "withdrawn"], state_at__lt=at - GONE_FOR)
    old = Mark.objects.filter(story__in=over).values_list("pk", flat=True)[:limit]
    return Mark.objects.filter(pk__in=list(old)).delete()[0]
