"""When to post: the time a member chose, made kind; or a good one, found in when people opened links.

No model and no guess about anybody: visits are counted by hour of the week, the fullest hours win, and the sentence
beside the time says whose hours they were.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts import queries as accounts
from accounts.models import User
from content.models import Story
from core import zones
from core.templatetags.times import say_moment
from links import queries as links
from shares import times
from shares.models import Share

HISTORY = timedelta(days=180)
ENOUGH_VISITS = 30  # fewer say nothing about hours
SLOT = timedelta(minutes=15)
LOOK_AHEAD = timedelta(days=3)  # a story is worth less later
LONGEST_LOOK = timedelta(days=8)
NEARBY = timedelta(minutes=10)  # colleagues' posts of a story this close look arranged
A_FEW = 5  # minutes a chosen time may give way to colleagues
PLANNED = ["scheduled", "retrying", "sending", "held", "published"]
MORNING = {10: 3, 11: 2, 9: 1}  # where nobody's visits say anything

Hours = Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class Found:
    """A moment and why it was chosen, in one sentence."""

    at: datetime
    why: str

    @property
    def value(self) -> str:
        return self.at.isoformat()


def kind_time(*, member: User, story: Story, chosen: datetime) -> Found:
    """The time a member chose: moved where their own hours or pause ask for it, by a few minutes where colleagues have
    taken the very same one. `why` says what was moved and is empty otherwise."""
    own = times.in_own_time(member, chosen, own_moments(member, story, chosen))
    spread = _beside_colleagues(member, story, own)
    if own == chosen:
        return Found(spread, "")
    text = _(
        "That is outside your working hours or close to another post of yours, so it goes out %(when)s. If you meant "
        "that very time, move it there."
    )
    return Found(spread, text % {"when": say_moment(spread)})


def too_soon(*, member: User, story: Story, at: datetime) -> str:
    """A word to somebody who shares now although they have just done so; nothing is held up."""
    if times.after_pause(member, at, own_moments(member, story, at)) == at:
        return ""
    return _("Another post of yours is within %(minutes)s minutes of this one. It goes out now all the same.") % {
        "minutes": member.least_pause
    }


def own_moments(member: User, story: Story, near: datetime, within: timedelta = timedelta(days=1)) -> list[datetime]:
    """When the member's posts of other stories go out, or went out; one story on several platforms is one post."""
    rows = Share.objects.filter(member=member, state__in=PLANNED, account__isnull=False)
    rows = rows.filter(wanted_at__gt=near - within, wanted_at__lt=near + within + times.A_WEEK * timedelta(days=1))
    return list(rows.exclude(story=story).values_list("wanted_at", flat=True))


def colleagues_moments(member: User, story: Story, since: datetime, until: datetime) -> list[datetime]:
    rows = Share.objects.filter(story=story, state__in=PLANNED, account__isnull=False)
    rows = rows.filter(wanted_at__gt=since, wanted_at__lt=until).exclude(member=member)
    return list(rows.values_list("wanted_at", flat=True))


def _beside_colleagues(member: User, story: Story, at: datetime) -> datetime:
    """The emptiest of the next few minutes, the first of several."""
    taken = colleagues_moments(member, story, at - timedelta(minutes=1), at + timedelta(minutes=A_FEW + 1))
    slots = [at + timedelta(minutes=minutes) for minutes in range(A_FEW + 1)]
    return min(slots, key=lambda slot: sum(abs(moment - slot) < timedelta(minutes=1) for moment in taken))


def good_time(*, member: User, story: Story, at: datetime) -> Found:
    """A good time for this member to share this story, and why."""
    hours, why = _history(member, at)
    slots = _slots(member, story, at)
    if not slots:
        return Found(times.next_daytime(member, at + SLOT), _("The next time within your hours."))
    zone = zones.zone_of(member.time_zone)
    best = max(slots, key=lambda slot: (score(hours, slot.astimezone(zone)), -slot.timestamp()))
    window = timedelta(minutes=accounts.organisation().spread_minutes)
    crowd = colleagues_moments(member, story, best - NEARBY, best + window + NEARBY)
    around = [slot for slot in slots if best <= slot < best + max(window, SLOT)]
    chosen = min(around, key=lambda slot: (sum(abs(moment - slot) <= NEARBY for moment in crowd), slot))
    if chosen != best:
        why += " " + _("Colleagues share this story around the same time, so yours stands a little apart.")
    return Found(chosen, why)


def score(hours: Hours, local: datetime) -> float:
    """Visits in this hour and the two beside it: on this weekday, and on all of them by a seventh."""
    beside = [(local.hour + step) % 24 for step in (-1, 0, 1)]
    here = sum(hours.get((local.weekday(), hour), 0) for hour in beside)
    return here + sum(hours.get((day, hour), 0) for day in range(7) for hour in beside) / 7


def _history(member: User, at: datetime) -> tuple[Hours, str]:
    """The member's own visits by hour of the week; else the team's, where it is large enough; else mid-morning."""
    zone, since = zones.zone_of(member.time_zone), at - HISTORY
    own = links.visits_by_hour(since=since, zone=zone, owners=[member.pk])
    if sum(own.values()) >= ENOUGH_VISITS:
        return own, _("Around this time your links are opened most often.")
    if member.team:
        people = list(accounts.active_members(member.team).values_list("pk", flat=True))
        if len(people) >= accounts.SMALLEST_GROUP:
            team = links.visits_by_hour(since=since, zone=zone, owners=people)
            if sum(team.values()) >= ENOUGH_VISITS:
                return team, _("Around this time your team’s links are opened most often; yours are too few to tell.")
    morning = {(day, hour): weight for day in range(5) for hour, weight in MORNING.items()}
    return morning, _("Nobody can tell yet when your links are opened, so this is the next calm mid-morning.")


def _slots(member: User, story: Story, at: datetime) -> Sequence[datetime]:
    """Quarters of an hour to choose from: in the member's hours, away from their other posts, while the story lives."""
    first = at + SLOT - timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)
    others = own_moments(member, story, at)
    for ahead in (LOOK_AHEAD, LONGEST_LOOK):
        ends = min(at + ahead, story.expires_at or at + ahead)
        slots = [first + number * SLOT for number in range(int((ends - first) / SLOT))]
        fitting = [
            slot for slot in slots if times.is_daytime(member, slot) and times.after_pause(member, slot, others) == slot
        ]
        if fitting:
            return fitting
    return []
