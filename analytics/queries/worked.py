"""What worked: how often stories were opened for each colleague who told them, beside what there is to share next.

Volume is not asked for: a story that ten colleagues told well stands before one that a hundred told in vain. Nothing
is said of a story that fewer than ten have told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from content.models import Story
from content.queries import supply
from links.queries import visits
from reach.queries import latest_readings
from recognition.queries.groups import SMALLEST
from shares.models import Share, Tally

LATELY = timedelta(days=90)
SHOWN = 10


@dataclass(frozen=True)
class Worked:
    """`per_hundred`: visits in a hundred impressions, of posts whose platform tells those; None where none does."""

    story: Story
    voices: int
    visits: int
    per_hundred: float | None

    @property
    def per_voice(self) -> float:
        return self.visits / self.voices


@dataclass(frozen=True)
class TopicWorked:
    """`per_voice` is None where its stories were told by fewer than ten each."""

    name: str
    live: int
    waiting: int
    is_low: bool
    per_voice: float | None


def what_worked(*, at: datetime) -> list[Worked]:
    """The ten stories of the last ninety days that were opened most for each colleague who told them."""
    told = _told(at)
    best = sorted(told, key=lambda one: (-one.visits / one.voices, -one.voices, one.pk))[:SHOWN]
    rates = _visits_per_hundred([one.story_id for one in best])
    return [Worked(one.story, one.voices, one.visits, rates.get(one.story_id)) for one in best]


def topics_worked(*, at: datetime) -> list[TopicWorked]:
    """Every topic, what is opened most first; those nobody can say anything about come last."""
    sums: dict[int | None, tuple[int, int]] = {}
    for one in _told(at):
        voices, opened = sums.get(one.story.topic_id, (0, 0))
        sums[one.story.topic_id] = voices + one.voices, opened + one.visits
    rows = [
        TopicWorked(
            one.topic.name, one.live, one.waiting, one.is_low,
            sums[one.topic.pk][1] / sums[one.topic.pk][0] if one.topic.pk in sums else None,
        )
        for one in supply()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.per_voice is None, -(row.per_voice or 0), row.name))


def to_write_next(topics: Iterable[TopicWorked]) -> TopicWorked | None:
    """Of the topics that run dry, the one that was opened most."""
    return next((topic for topic in topics if topic.is_low and topic.per_voice is not None), None)


def _told(at: datetime) -> list[Tally]:
    recent = Tally.objects.filter(story__live_at__gt=at - LATELY, voices__gte=SMALLEST)
    return list(recent.select_related("story__topic"))


def _visits_per_hundred(stories: list[int]) -> dict[int, float]:
    shares = list(Share.objects.filter(story__in=stories, state="published").values_list("pk", "story_id", "link_id"))
    told = {pk: row.impressions for pk, row in latest_readings([pk for pk, _, _ in shares]).items() if row.impressions}
    opened = visits([link for pk, _, link in shares if pk in told and link])
    seen: dict[int, int] = {}
    came: dict[int, int] = {}
    for pk, story, link in shares:
        if impressions := told.get(pk):
            seen[story] = seen.get(story, 0) + impressions
            came[story] = came.get(story, 0) + opened.get(link, 0)
    return {story: 100 * came[story] / number for story, number in seen.items()}
