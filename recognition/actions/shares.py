"""Rows for shares: the first one of a story, and words of one's own.

A member's published shares are put in order once, with those since deleted among them; so a share's place in its week
never changes, whatever happens later, and deriving again gives the same rows.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _

from content.models import Caption
from recognition.actions import scheme
from recognition.actions.words import are_own
from recognition.models import LedgerRow
from shares.models import Share

NOT_FIRST = _("You had shared this story before, and it was still up.")
OWN_STORY = _("You worked on this story yourself.")
ENOUGH_TODAY = _("Three shares a day count.")


def published() -> QuerySet[Share]:
    """Everything that was ever up, through us. What was handed over to post by hand earns by its visits alone."""
    return Share.objects.filter(published_at__isnull=False, account__isnull=False)


def is_curators_own(share: Share) -> bool:
    story = share.story
    return share.member_id in (story.created_by_id, story.submitted_by_id, story.approved_by_id)


def row(share: Share, rule: str, *, at: datetime, points: Any, **more: Any) -> LedgerRow:
    values = {"cause": f"share:{share.pk}", "about": f"story:{share.story_id}"} | more
    return LedgerRow(
        member_id=share.member_id, team_id=share.member.team_id, share=share, rule=rule, version=scheme.VERSION,
        points=points, at=at, **values,
    )  # fmt: skip


@dataclass
class Record:
    """What one member has done so far, in the order of doing it."""

    days: Counter[date] = field(default_factory=Counter)
    weeks: Counter[tuple[int, int]] = field(default_factory=Counter)
    stories: dict[int, list[Share]] = field(default_factory=lambda: defaultdict(list))

    def judge(self, share: Share) -> LedgerRow:
        """The row of the next share; a share that earns nothing gets a row that says why."""
        at = share.published_at
        assert at is not None
        day, week = at.date(), at.isocalendar()[:2]
        reason = self._why_nothing(share, at)
        points = scheme.share_points(self.weeks[week]) if not reason else 0
        if not reason:
            self.days[day] += 1
            self.weeks[week] += 1
        self.stories[share.story_id].append(share)
        return row(share, scheme.FIRST_SHARE, at=at, points=points, reason=reason)

    def _why_nothing(self, share: Share, at: datetime) -> str:
        if is_curators_own(share):
            return OWN_STORY
        if any(earlier.state != "deleted" or earlier.state_at > at for earlier in self.stories[share.story_id]):
            return NOT_FIRST
        return ENOUGH_TODAY if self.days[at.date()] >= scheme.SHARES_A_DAY else ""


def share_rows(members: Iterable[int]) -> Iterator[LedgerRow]:
    """All rows for all shares these members ever published; who calls keeps those that are new."""
    shares = list(
        published()
        .filter(member__in=members)
        .select_related("member", "story")
        .only(
            "published_at", "state", "state_at", "member__team", "story__created_by", "story__submitted_by",
            "story__approved_by",
        )
        .order_by("published_at", "pk")
    )  # fmt: skip
    records: dict[int, Record] = defaultdict(Record)
    for share in shares:
        yield records[share.member_id].judge(share)


def own_words_rows(counted: dict[int, LedgerRow]) -> Iterator[LedgerRow]:
    """For first shares that earned, by share: a row more where the words are the member's own."""
    shares = list(Share.objects.filter(pk__in=counted).select_related("story", "member").order_by("pk"))
    own = in_own_words(shares)
    for share in shares:
        if share.pk in own:
            yield row(share, scheme.OWN_WORDS, at=counted[share.pk].at, points=scheme.OWN_WORDS_POINTS)


def in_own_words(shares: Sequence[Share]) -> set[int]:
    """Which of these are clearly not what was suggested for their story; one question to the database."""
    captions: dict[int, list[str]] = defaultdict(list)
    for story, text in Caption.objects.filter(story__in={s.story_id for s in shares}).values_list("story", "text"):
        captions[story].append(text)
    return {
        share.pk
        for share in shares
        if are_own(share.words, [share.story.title, share.story.summary, *captions[share.story_id]])
    }
