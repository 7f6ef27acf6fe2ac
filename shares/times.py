"""Good times, by plain arithmetic that anybody can redo: the member's working hours, their own pause between posts, and
the hours in which people opened their links."""

from datetime import datetime, timedelta

from accounts.models import User
from core import zones

# Where somebody has chosen no hours: nothing goes out at night because of a plan of ours.
DAYTIME = (9 * 60, 18 * 60)


def is_daytime(member: User, at: datetime) -> bool:
    """Within the member's working hours; where they chose none, in the daytime of their zone."""
    local = at.astimezone(zones.zone_of(member.time_zone))
    minute = local.hour * 60 + local.minute
    hours = member.working_hours
    day = hours[local.weekday()] if hours and len(hours) == 7 else DAYTIME
    return day is not None and day[0] <= minute < day[1]


def next_daytime(member: User, at: datetime) -> datetime:
    """The first moment from `at` on that is within those hours; `at` itself where a week has none."""
    zone = zones.zone_of(member.time_zone)
    for days in range(8):
        local = at.astimezone(zone).replace(tzinfo=None) + timedelta(days=days)
        hours = member.working_hours
        day = hours[local.weekday()] if hours and len(hours) == 7 else DAYTIME
        if day is None:
            continue
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        first = zones.to_utc(midnight + timedelta(minutes=day[0]), member.time_zone).at
        last = zones.to_utc(midnight + timedelta(minutes=day[1]), member.time_zone).at
        if max(first, at) < last:
            return max(first, at)
    return at
