"""The feed's cards: what is live for a member, in which order, and why it is shown."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import Case, FilteredRelation, IntegerField, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.models import User
from content import queries as content
from content.models import Story
from shares import picking
from shares.models import Mark, Share

TOLD = ["published", "said_posted"]
# Of the newest so many, and of followed topics some more, the best are picked: a page's work stays the same
# however many stories there are. Older ones are found under everything, and by searching.
NEWEST, OF_TOPICS = 200, 60
REMEMBERED = timedelta(days=365)  # of a member's own posts
TODAY = 7  # an end is a kindness: the first page is what is worth reading now
SHOWN_AWAY = 100
SKIPPED_FOR = timedelta(days=7)
# Until when a curator wants a story to be seen.
WANTED = {"urgent": "urgent_until", "pinned": "pinned_until"}
STORY_COLUMNS = ("pk", "kind", "topic", "language", "live_at", *WANTED.values(), "tally__voices", "tally__visits")
MARKS = ("mine__days_seen", "mine__skipped_at")
COLUMNS = (*STORY_COLUMNS, *MARKS)


@lru_cache(maxsize=16_384)  # the same stories stand on everybody's page, and asking sixty times takes a tenth of it
def address(page: str, story: int) -> str:
    return reverse(page, args=[story])


@dataclass(frozen=True)
class FeedCard:
    """One story as the feed shows it."""

    story: Story
    why: str
    follows: bool = False  # whether the member follows its topic
    is_aside: bool = False  # whether they have put it away

    def __getattr__(self, name: str) -> Any:
        return getattr(self.story, name)

    @cached_property
    def picture(self) -> str:
        return self.story.picture.url if self.story.picture else ""

    @cached_property
    def url(self) -> str:
        return address("shares:story", self.story.pk)

    @cached_property
    def share_url(self) -> str:
        return address("shares:compose", self.story.pk) if self.story.is_for_sharing else ""

    @property
    def sent_picture(self) -> str:
        """What a post shows of it: not a picture we may only link to."""
        return self.picture if self.story.sends_picture else ""

    @property
    def at(self) -> datetime | None:
        return self.story.live_at


def feed(member: User) -> QuerySet[Story]:
    """All live stories this member may see and has not put away: those they have not told first, then the newest."""
    # Asked of the member's own shares: counting beside each story reads everybody's, and the page slows as they share.
    mine = Share.objects.filter(member=member, state__in=TOLD).values("story")
    shared = Case(When(pk__in=mine, then=1), default=0, output_field=IntegerField())
    return offered(member).annotate(shared=shared).order_by("shared", "-live_at")


def offered(member: User) -> QuerySet[Story]:
    """What may be shown to a member unasked."""
    return with_marks(content.live_stories(member), member).filter(Q(mine__not_for_me_at=None))


def with_marks(stories: QuerySet[Story], member: User) -> QuerySet[Story]:
    """The same stories, each beside what this member has seen of it and put aside, as `mine`."""
    return stories.annotate(mine=FilteredRelation("marks", condition=Q(marks__member=member)))


def today(member: User, *, at: datetime, limit: int) -> list[FeedCard]:
    """The few that are worth this member's while today, each with its reason."""
    known = Known.of(member, at)
    rows = {row["pk"]: row for row in candidates(member, known.followed, at)}
    picked = picking.pick(known.weigh(rows.values()), limit)
    stories = Story.objects.select_related("topic").in_bulk([one.story for one in picked])
    return known.cards(arranged(picked, stories), among=rows.values())


def arranged(
    picked: Iterable[picking.Candidate], stories: Mapping[int, Story]
) -> list[tuple[Story, picking.Candidate]]:
    """The large card is one that can be passed on, where there is any: that is what the page is for."""
    chosen = [(stories[one.story], one) for one in picked if one.story in stories]
    first = next((place for place, (story, _one) in enumerate(chosen) if story.is_for_sharing), 0)
    return chosen[first : first + 1] + chosen[:first] + chosen[first + 1 :]


def cards(numbers: Sequence[int], member: User, *, at: datetime) -> list[FeedCard]:
    """The same reasons for stories in an order of their own; the same few queries however many there are. Only their
    numbers are put in order: sorting thousands of whole rows takes twice as long."""
    known = Known.of(member, at)
    rows = rows_of(numbers, member)
    found = Story.objects.select_related("topic").in_bulk(rows)
    chosen = [(found[one.story], one) for one in known.weigh(rows.values()) if one.story in found]
    return known.cards(chosen, among=rows.values())


def rows_of(numbers: Sequence[int], member: User) -> dict[int, dict[str, Any]]:
    """Of these stories in this order what `candidates` reads of them."""
    found = {row["pk"]: row for row in with_marks(Story.objects.filter(pk__in=numbers), member).values(*COLUMNS)}
    return {number: found[number] for number in numbers if number in found}


def put_away(member: User) -> QuerySet[Story]:
    """What this member has said no to and could have back."""
    live = content.live_stories(member).filter(marks__member=member, marks__not_for_me_at__isnull=False)
    return live.order_by("-marks__not_for_me_at")[:SHOWN_AWAY]


def is_put_away(member: User, story: Story) -> bool:
    return Mark.objects.filter(member=member, story=story, not_for_me_at__isnull=False).exists()


def remembers(member: User) -> int:
    """Of how many stories the feed knows something for this member."""
    return Mark.objects.filter(member=member).count()


def candidates(member: User, followed: Iterable[int], at: datetime) -> list[dict[str, Any]]:
    """Plain columns of the stories among which to pick, and of the member's marks on them, in one query."""
    shown = offered(member)
    wanted = Q(urgent_until__gt=at) | Q(pinned_until__gt=at)
    wanted_first = Case(When(wanted, then=0), default=1, output_field=IntegerField())
    mine = shown.filter(Q(topic__in=list(followed)) | wanted).order_by(wanted_first, "-live_at")
    several = [shown.order_by("-live_at")[:NEWEST], mine[:OF_TOPICS]]
    parts = [part.select_related(None).values(*COLUMNS) for part in several]
    return list(parts[0].union(*parts[1:]))


@lru_cache(maxsize=256)
def base_of(language: str) -> str:
    """`de` of `de-AT`."""
    return language.partition("-")[0]


@dataclass(frozen=True)
class Known:
    """What the feed knows of one member: their own topics, shares and marks. Nobody else's."""

    member: User
    at: datetime
    followed: set[int]
    told: set[int]
    topics_told: Counter[int]
    made: set[int]

    @classmethod
    def of(cls, member: User, at: datetime) -> "Known":
        return cls.of_each([member], at)[member.pk]

    @classmethod
    def of_each(cls, members: Iterable[User], at: datetime) -> dict[int, "Known"]:
        """Of several members, by their numbers; three queries for all of them."""
        known = {member.pk: member for member in members}
        told: dict[int, dict[int, int | None]] = defaultdict(dict)
        own = Share.objects.filter(member__in=known, state__in=TOLD, planned_at__gt=at - REMEMBERED)
        for number, story, topic in own.values_list("member", "story", "story__topic"):
            told[number][story] = topic
        followed, made = content.followed_by(known), content.made_by(known)
        return {
            number: cls(
                member,
                at,
                followed[number],
                set(told[number]),
                Counter(filter(None, told[number].values())),
                made[number],
            )
            for number, member in known.items()
        }

    def weigh(self, rows: Iterable[Mapping[str, Any]]) -> list[picking.Candidate]:
        return [picking.Candidate(row["pk"], row["topic"], self.facts(row)) for row in rows]

    def facts(self, row: Mapping[str, Any]) -> picking.Facts:
        live_at, skipped_at = row["live_at"], row["mine__skipped_at"]
        wanted = {name: bool(row[column] and row[column] > self.at) for name, column in WANTED.items()}
        return picking.Facts(
            hours_live=(self.at - live_at).total_seconds() / 3600 if live_at else 24.0 * 365,
            followed=row["topic"] in self.followed,
            in_my_language=self.reads(row["language"]),
            told_of_topic=self.topics_told[row["topic"]],
            made=row["pk"] in self.made,
            voices=None if row["kind"] == Story.INTERNAL else row["tally__voices"],
            visits=row["tally__visits"] or 0,
            days_seen=row["mine__days_seen"] or 0,
            skipped=bool(skipped_at and skipped_at > self.at - SKIPPED_FOR),
            told=row["pk"] in self.told,
            **wanted,
        )

    @cached_property
    def language(self) -> str:
        return base_of(self.member.language)

    def reads(self, language: str) -> bool:
        return base_of(language) == self.language

    def cards(
        self, chosen: Sequence[tuple[Story, picking.Candidate]], *, among: Iterable[Mapping[str, Any]]
    ) -> list[FeedCard]:
        languages = [self.reads(row["language"]) for row in among]
        is_rare = 2 * sum(languages) < len(languages)
        return [
            FeedCard(
                story,
                sentence(picking.reason(one.facts, language_is_rare=is_rare), story),
                follows=one.topic in self.followed,
            )
            for story, one in chosen
        ]


# Said only where it is chosen: a page of thirty cards would otherwise translate all of them thirty times.
REASONS = {
    "told": gettext_lazy("You have shared this"),
    "urgent": gettext_lazy("Wanted soon"),
    "pinned": gettext_lazy("Put first by the people who choose the stories"),
    "made": gettext_lazy("Because you worked on it"),
    "followed": gettext_lazy("Because you follow %(topic)s"),
    "new": gettext_lazy("New"),
    "language": gettext_lazy("In your language"),
    "usual": gettext_lazy("You have told of %(topic)s before"),
    "going_well": gettext_lazy("Opened often when colleagues share it"),
    "few_voices": gettext_lazy("Few colleagues have told this yet"),
    "current": gettext_lazy("Still current"),
}


def sentence(reason: str, story: Story) -> str:
    """Why a story is on the page, in a few words."""
    said = str(REASONS[reason])
    return said.replace("%(topic)s", story.topic.name if story.topic else "")
