"""The curators' board."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from content.models import Feed, Story, Topic

ON_A_LANE = 30
# Fewer than this to choose from, and colleagues soon have shared them all.
RUNNING_LOW = 3
PAST = ("expired", "withdrawn")
LANES = ("draft", "in_review", "approved", "live")


@dataclass(frozen=True)
class Lane:
    state: str
    stories: list[Story]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.stories)


@dataclass(frozen=True)
class Supply:
    topic: Topic
    live: int
    waiting: int

    @property
    def is_low(self) -> bool:
        return self.live < RUNNING_LOW


def lanes() -> list[Lane]:
    counts = dict(Story.objects.filter(state__in=LANES).values_list("state").annotate(Count("pk")))
    return [Lane(state, list(lane(state)[:ON_A_LANE]), counts.get(state, 0)) for state in LANES]


def lane(*states: str) -> QuerySet[Story]:
    """Newest first, but what waits for review longest comes first, and what goes live soonest."""
    order = {"in_review": ("state_at", "pk"), "approved": ("live_from", "pk"), "live": ("-live_at", "-pk")}
    stories = Story.objects.filter(state__in=states).select_related("topic", "feed", "created_by", "submitted_by")
    return stories.annotate(caption_count=Count("captions")).order_by(*order.get(states[0], ("-state_at", "-pk")))


def past_count() -> int:
    return Story.objects.filter(state__in=PAST).count()


def supply() -> list[Supply]:
    """By topic, how many stories colleagues can share now and how many are approved and wait."""
    live, waiting = Q(stories__state="live"), Q(stories__state="approved")
    topics = Topic.objects.annotate(live=Count("stories", filter=live), waiting=Count("stories", filter=waiting))
    return [Supply(topic, topic.live, topic.waiting) for topic in topics.order_by("live", "name")]


def feeds() -> QuerySet[Feed]:
    return Feed.objects.select_related("topic").annotate(story_count=Count("stories")).order_by("title", "url")


def is_being_fetched(feed: Feed, at: datetime) -> bool:
    return feed.state != "stopped" and feed.due_at <= at


def curators() -> QuerySet[User]:
    return User.objects.filter(is_active=True, roles__contains=["curator"])


def is_only_curator(member: User) -> bool:
    return not curators().exclude(pk=member.pk).exists()
