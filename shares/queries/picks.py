"""The page of today of many members at once, for what is sent by the thousand: a few questions for all of them, where
`feed.today` asks a few for each. The arithmetic is the same, and a test holds the two together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import chain, islice
from typing import Any

from django.db.models import Q
from django.utils.translation import override

from accounts.models import User
from audiences import queries as audiences
from content.models import Story
from shares import picking
from shares.models import Mark
from shares.queries.feed import MARKS, NEWEST, OF_TOPICS, STORY_COLUMNS, WANTED, FeedCard, Known, arranged

Row = dict[str, Any]


def today_of_each(members: Sequence[User], *, at: datetime, limit: int) -> dict[int, list[FeedCard]]:
    """`feed.today` of each member, in their own language, by their numbers."""
    known, pool = Known.of_each(members, at), Pool.of(members, at)
    rows = {one.pk: pool.candidates(one.pk, known[one.pk].followed) for one in members}
    picked = {number: picking.pick(known[number].weigh(mine), limit) for number, mine in rows.items()}
    wanted = {one.story for mine in picked.values() for one in mine}
    stories = Story.objects.select_related("topic").in_bulk(wanted)
    cards = {}
    for member in members:
        with override(member.language):
            chosen = arranged(picked[member.pk], stories)
            cards[member.pk] = known[member.pk].cards(chosen, among=rows[member.pk])
    return cards


@dataclass(frozen=True)
class Pool:
    """All that is live, the newest first, and what keeps some of it from some of these members."""

    rows: list[Row]
    wanted: list[Row]
    of_topic: dict[int | None, list[tuple[int, Row]]]  # without the wanted ones, each with its place among all
    reached: dict[int, set[int]]
    away: dict[int, set[int]]
    marks: dict[int, dict[int, Row]]

    @classmethod
    def of(cls, members: Sequence[User], at: datetime) -> "Pool":
        live = Story.objects.filter(state="live").order_by("-live_at", "-pk").values(*STORY_COLUMNS, "audience")
        rows = [row | dict.fromkeys(MARKS) for row in live]
        wanted: list[Row] = []
        of_topic: dict[int | None, list[tuple[int, Row]]] = defaultdict(list)
        for place, row in enumerate(rows):
            if any(row[column] and row[column] > at for column in WANTED.values()):
                wanted.append(row)
            else:
                of_topic[row["topic"]].append((place, row))
        closed = {row["audience"] for row in rows if row["audience"]}
        away, marks = marks_of(members)
        return cls(rows, wanted, of_topic, audiences.reached(members, closed), away, marks)

    def candidates(self, member: int, followed: Iterable[int]) -> list[Row]:
        """What `feed.candidates` finds for them."""
        of_topics = (row for _place, row in merge(*(self.of_topic.get(topic, ()) for topic in followed)))
        mine = self.shown(chain(self.wanted, of_topics), member, OF_TOPICS)
        both = {row["pk"]: row for row in chain(self.shown(self.rows, member, NEWEST), mine)}
        marks = self.marks[member]
        return [row | marks[number] if number in marks else row for number, row in both.items()]

    def shown(self, rows: Iterable[Row], member: int, most: int) -> list[Row]:
        """The first of them that they may see and have not put away."""
        reached, away = self.reached.get(member, set()), self.away[member]
        allowed = (row for row in rows if row["audience"] is None or row["audience"] in reached)
        return list(islice((row for row in allowed if row["pk"] not in away), most))


def marks_of(members: Iterable[User]) -> tuple[dict[int, set[int]], dict[int, dict[int, Row]]]:
    """What each has put away, and what they have seen so often, or skipped, that it weighs."""
    away: dict[int, set[int]] = defaultdict(set)
    marks: dict[int, dict[int, Row]] = defaultdict(dict)
    known = Mark.objects.filter(member__in=[one.pk for one in members], story__state="live")
    weighing = Q(not_for_me_at__isnull=False) | Q(skipped_at__isnull=False) | Q(days_seen__gt=picking.SEEN_FREE)
    for member, story, gone, *seen in known.filter(weighing).values_list(
        "member", "story", "not_for_me_at", "days_seen", "skipped_at"
    ):
        if gone:
            away[member].add(story)
        else:
            marks[member][story] = dict(zip(MARKS, seen, strict=True))
    return away, marks
