"""The curators' board."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from accounts.models import User
from accounts.queries import organisation
from content.models import Feed, Story, Suggestion, Topic
from content.queries.suggestions import open_count, open_suggestions
from core.languages import own_name

ON_A_LANE = 30
FIRST_SUGGESTED = 4
# Fewer than this to choose from, and colleagues soon have shared them all.
RUNNING_LOW = 3
PAST = ("expired", "withdrawn")
LANES = ("draft", "in_review", "approved", "live")

# By story, the platforms that take the same words from one person only, and how many of its suggestions nobody has
# used there; as the package above knows.
WordsLeft = Mapping[int, Sequence[tuple[str, int]]]
words_left: list[Callable[[Sequence[Story], datetime], WordsLeft]] = []


@dataclass(frozen=True)
class Lane:
    state: str
    stories: list[Story]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.stories)


@dataclass(frozen=True)
class SuggestedLane:
    """What colleagues offer: the first rows of its page."""

    rows: list[Suggestion]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True)
class Supply:
    """`short` names the languages of the firm, where it has several, in which there is little of the topic, and how
    many stories there are in each."""

    topic: Topic
    live: int
    waiting: int
    short: tuple[tuple[str, int], ...] = ()

    @property
    def is_low(self) -> bool:
        return self.live < RUNNING_LOW or bool(self.short)

    @property
    def scarcest(self) -> int:
        return min((number for _name, number in self.short), default=self.live)


def lanes() -> list[Lane]:
    counts = dict(Story.objects.filter(state__in=LANES).values_list("state").annotate(Count("pk")))
    return [Lane(state, list(lane(state)[:ON_A_LANE]), counts.get(state, 0)) for state in LANES]


def suggested_lane() -> SuggestedLane:
    """What waits longest for an answer stands first; the rest is on its own page."""
    count = open_count()
    return SuggestedLane(list(open_suggestions()[:FIRST_SUGGESTED]) if count else [], count)


def lane(*states: str) -> QuerySet[Story]:
    """Newest first, but what waits for review longest comes first, and what goes live soonest."""
    order = {"in_review": ("state_at", "pk"), "approved": ("live_from", "pk"), "live": ("-live_at", "-pk")}
    stories = Story.objects.filter(state__in=states).select_related("topic", "feed", "created_by", "submitted_by")
    return stories.annotate(caption_count=Count("captions")).order_by(*order.get(states[0], ("-state_at", "-pk")))


def past_count() -> int:
    return Story.objects.filter(state__in=PAST).count()


def supply() -> list[Supply]:
    """By topic, how many stories colleagues can share now and how many are approved and wait; what lacks most first."""
    rows = Story.objects.filter(state__in=["live", "approved"], topic__isnull=False)
    counts: Counter[tuple[int, str, str]] = Counter()
    for topic, state, language, number in rows.values_list("topic", "state", "language").annotate(Count("pk")):
        counts[topic, state, ""] += number
        counts[topic, state, base_of(language)] += number
    languages = list(dict.fromkeys(map(base_of, organisation().languages)))
    found = [
        Supply(
            topic, counts[topic.pk, "live", ""], counts[topic.pk, "approved", ""],
            short=_short(topic, counts, languages if len(languages) > 1 else []),
        )
        for topic in Topic.objects.order_by("name")
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.scarcest, one.live))


def _short(topic: Topic, counts: Counter[tuple[int, str, str]], languages: list[str]) -> tuple[tuple[str, int], ...]:
    numbers = [(own_name(code), counts[topic.pk, "live", code]) for code in languages]
    return tuple(sorted((one for one in numbers if one[1] < RUNNING_LOW), key=lambda one: one[1]))


def base_of(language: str) -> str:
    """Who reads German reads that of Austria."""
    return language.partition("-")[0]


def with_words_left(stories: list[Story], *, at: datetime) -> list[Story]:
    """Each with `words_left`, the platforms where its suggestions may run out; the same queries for one and for all."""
    for asked in words_left:
        left = asked(stories, at)
        for story in stories:
            story.words_left = left.get(story.pk, ())  # type: ignore[attr-defined]
    return stories


def feeds() -> QuerySet[Feed]:
    return Feed.objects.select_related("topic").annotate(story_count=Count("stories")).order_by("title", "url")


def is_being_fetched(feed: Feed, at: datetime) -> bool:
    return feed.state != "stopped" and feed.due_at <= at


def curators() -> QuerySet[User]:
    return User.objects.filter(is_active=True, roles__contains=["curator"])


def is_only_curator(member: User) -> bool:
    return not curators().exclude(pk=member.pk).exists()
