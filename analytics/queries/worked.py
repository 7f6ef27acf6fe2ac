"""What worked: how often stories were opened for each colleague who told them, beside what there is to share next.

Volume is not asked for: a story that ten colleagues told well stands before one that a hundred told in vain. Nothing
is said of a story that fewer than ten have told.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from content.models import Story
from content.queries import supply
from links.queries import visits
from reach.queries import latest_readings
from recognition.queries.groups import SMALLEST
from shares.models import Share, Tally

LATELY = timedelta(days=90)
SHOWN = 10


# Of a story told by thousands so many of its newest posts say enough about impressions.
LOOKED_AT = 500


@dataclass(frozen=True)
class Worked:
    """`per_hundred`: visits in a hundred impressions, of posts whose platform tells those; None where fewer than ten
    colleagues have such posts."""

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
    short: tuple[tuple[str, int], ...]  # languages with little of it, and how many stories
    per_voice: float | None


@dataclass(frozen=True)
class WhatWorked:
    """Of the last ninety days: the ten stories opened most for each colleague who told them, and every topic, what is
    opened most first and what nobody can say anything about last."""

    stories: list[Worked]
    topics: list[TopicWorked]

    @property
    def to_write_next(self) -> TopicWorked | None:
        """Of the topics that run dry, the one that was opened most."""
        return next((topic for topic in self.topics if topic.is_low and topic.per_voice is not None), None)


def what_worked(*, at: datetime) -> WhatWorked:
    recent = Tally.objects.filter(story__live_at__gt=at - LATELY, voices__gte=SMALLEST)
    told = list(recent.select_related("story__topic"))
    return WhatWorked(_stories(told), _topics(told))


def _stories(told: list[Tally]) -> list[Worked]:
    best = sorted(told, key=lambda one: (-one.visits / one.voices, -one.voices, one.pk))[:SHOWN]
    rates = _visits_per_hundred([one.story_id for one in best])
    return [Worked(one.story, one.voices, one.visits, rates.get(one.story_id)) for one in best]


def _topics(told: list[Tally]) -> list[TopicWorked]:
    voices: Counter[int | None] = Counter()
    opened: Counter[int | None] = Counter()
    for one in told:
        voices[one.story.topic_id] += one.voices
        opened[one.story.topic_id] += one.visits
    rows = [
        TopicWorked(
            one.topic.name, one.live, one.waiting, one.is_low, one.short,
            opened[one.topic.pk] / voices[one.topic.pk] if one.topic.pk in voices else None,
        )
        for one in supply()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.per_voice is None, -(row.per_voice or 0), row.name))


def _visits_per_hundred(stories: list[int]) -> dict[int, float]:
    place = Window(RowNumber(), partition_by="story", order_by=F("published_at").desc())
    posts = Share.objects.filter(story__in=stories, state="published").annotate(place=place)
    shares = list(posts.filter(place__lte=LOOKED_AT).values_list("pk", "story_id", "member_id", "link_id"))
    readings = latest_readings([pk for pk, *_ in shares])
    told = {pk: row.impressions for pk, row in readings.items() if row.impressions}
    opened = visits([link for pk, *_, link in shares if pk in told and link])
    seen: Counter[int] = Counter()
    came: Counter[int] = Counter()
    people: dict[int, set[int]] = {}
    for pk, story, member, link in shares:
        if impressions := told.get(pk):
            seen[story] += impressions
            came[story] += opened.get(link, 0)
            people.setdefault(story, set()).add(member)
    return {story: 100 * came[story] / seen[story] for story, who in people.items() if len(who) >= SMALLEST}
