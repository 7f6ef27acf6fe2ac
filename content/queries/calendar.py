"""Which stories begin and end on which day, in the zone of whoever looks."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q

from content.models import Campaign, Story
from core import zones

BEGINS, LIVE, ENDS = "begins", "live", "ends"
WEEK = 7


@dataclass(frozen=True)
class Entry:
    """One story on one day. `what` is BEGINS for a plan, LIVE for what went live, ENDS for its end."""

    story: Story
    what: str
    at: datetime

    @property
    def can_move(self) -> bool:
        """A plan or an end that may still change; a draft is changed where it is written."""
        return self.story.state in ("in_review", "approved", "live") and self.what != LIVE


@dataclass
class Day:
    day: date
    entries: list[Entry] = field(default_factory=list)
    campaigns: list[Campaign] = field(default_factory=list)


@dataclass(frozen=True)
class Span:
    """Whole weeks, Monday first, that hold a month or are one week."""

    first: date
    last: date

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]


def week_of(day: date) -> Span:
    monday = day - timedelta(days=day.weekday())
    return Span(monday, monday + timedelta(days=WEEK - 1))


def month_of(day: date) -> Span:
    first = day.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Span(week_of(first).first, week_of(last).last)


def calendar(span: Span, zone: str) -> list[Day]:
    """Each day of the span; two questions, however many stories."""
    since = zones.to_utc(datetime.combine(span.first, datetime.min.time()), zone).at
    until = zones.to_utc(datetime.combine(span.last + timedelta(days=1), datetime.min.time()), zone).at
    found: dict[date, list[Entry]] = defaultdict(list)
    for entry in _entries(since, until):
        found[zones.to_local(entry.at, zone).date()].append(entry)
    campaigns = list(Campaign.objects.filter(starts_on__lte=span.last, ends_on__gte=span.first).order_by("starts_on"))
    return [
        Day(
            day,
            sorted(found[day], key=lambda entry: (entry.at, entry.story.pk)),
            [one for one in campaigns if one.starts_on <= day <= one.ends_on],
        )
        for day in span.days
    ]


def _entries(since: datetime, until: datetime) -> list[Entry]:
    within = {"gte": since, "lt": until}
    asked = [Q(**{f"{name}__{how}": when for how, when in within.items()}) for name in _TIMES]
    stories = Story.objects.filter(asked[0] | asked[1] | asked[2]).exclude(state="withdrawn").select_related("topic")
    entries = []
    for story in stories:
        waits = story.state in ("draft", "in_review", "approved")
        times = ((BEGINS, story.live_from if waits else None), (LIVE, story.live_at if not waits else None))
        entries += [Entry(story, what, at) for what, at in (*times, (ENDS, story.expires_at)) if at]
    return [entry for entry in entries if since <= entry.at < until]


_TIMES = ("live_from", "live_at", "expires_at")
