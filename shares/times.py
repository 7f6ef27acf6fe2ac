"""Working hours and pauses: when a planned post may go out. Plain arithmetic, in the member's own zone."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from accounts.models import User
from core import zones

# Where somebody has chosen no hours: nothing goes out at night because of a plan of ours.
DAYTIME = (9 * 60, 18 * 60)
A_WEEK = 8  # days to look at, today and the same weekday again


def is_daytime(member: User, at: datetime) -> bool:
    """Within the member's working hours; where they chose none, in the daytime of their zone."""
    local = at.astimezone(zones.zone_of(member.time_zone))
    minute = local.hour * 60 + local.minute
    day = _day(member, local.weekday())
    return day is not None and day[0] <= minute < day[1]


def next_daytime(member: User, at: datetime) -> datetime:
    """The first moment from `at` on that is within those hours; `at` itself where a week has none."""
    local = at.astimezone(zones.zone_of(member.time_zone)).replace(tzinfo=None)
    today = local.replace(hour=0, minute=0, second=0, microsecond=0)
    for days in range(A_WEEK):
        midnight = today + timedelta(days=days)
        if day := _day(member, midnight.weekday()):
            first, last = (zones.to_utc(midnight + timedelta(minutes=edge), member.time_zone).at for edge in day)
            if max(first, at) < last:
                return max(first, at)
    return at


def _day(member: User, weekday: int) -> tuple[int, int] | None:
    hours = member.working_hours
    if not hours or len(hours) != 7:
        return DAYTIME
    return (hours[weekday][0], hours[weekday][1]) if hours[weekday] else None


def keeps_to_hours(member: User) -> bool:
    return bool(member.keeps_to_hours and member.working_hours)


def after_pause(member: User, at: datetime, others: Sequence[datetime]) -> datetime:
    """The first moment from `at` on that is at least the member's pause away from each of these."""
    pause = timedelta(minutes=member.least_pause)
    for other in sorted(others):
        if abs(other - at) < pause:
            at = other + pause
    return at


def in_own_time(member: User, at: datetime, others: Sequence[datetime]) -> datetime:
    """`at`, or the first moment after it that keeps the member's pause and, where they asked for that, their hours."""
    for _ in range(A_WEEK):
        moved = after_pause(member, at, others)
        moved = next_daytime(member, moved) if keeps_to_hours(member) else moved
        if moved == at:
            break
        at = moved
    return at
