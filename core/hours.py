"""Working hours: per weekday, Monday first, [from, to] in minutes after midnight, or None for a day off."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from core import zones

Day = list[int] | None
DAY = 24 * 60


def minutes(clock_time: time) -> int:
    return clock_time.hour * 60 + clock_time.minute


def clock_time(after_midnight: int) -> time:
    return time(min(after_midnight, DAY - 1) // 60, min(after_midnight, DAY - 1) % 60)


def shown(hours: list[Day] | None) -> list[Day]:
    """Seven days, whatever was saved; nothing where the member has not chosen."""
    return list(hours) if hours and len(hours) == 7 else [None] * 7


def next_working(hours: list[Day] | None, zone: str, at: datetime) -> datetime | None:
    """`at` where it lies within these hours, else the next moment that does; None where none are chosen."""
    return next((begins for begins, _ends in _working_times(hours, zone, at, days=8)), None)


def working_after(hours: list[Day] | None, zone: str, at: datetime, lasting: timedelta) -> datetime:
    """When so much of these hours has passed; by the clock where none are chosen, or they are too few for a season."""
    left = lasting
    for begins, ends in _working_times(hours, zone, at, days=90):
        if begins + left <= ends:
            return begins + left
        left -= ends - begins
    return at + lasting


def _working_times(
    hours: list[Day] | None, zone: str, at: datetime, *, days: int
) -> Iterator[tuple[datetime, datetime]]:
    """What is left of each working day from `at` on."""
    local = zones.to_local(at, zone)
    for ahead in range(days):
        day = local.date() + timedelta(days=ahead)
        chosen = shown(hours)[day.weekday()]
        if chosen is None:
            continue
        begins = zones.to_utc(datetime.combine(day, clock_time(chosen[0])), zone).at
        ends = zones.to_utc(datetime.combine(day, clock_time(chosen[1])), zone).at
        if at < ends:
            yield max(at, begins), ends
