"""Working hours: per weekday, Monday first, [from, to] in minutes after midnight, or None for a day off."""

from datetime import time

Day = list[int] | None
DAY = 24 * 60


def minutes(clock_time: time) -> int:
    return clock_time.hour * 60 + clock_time.minute


def clock_time(after_midnight: int) -> time:
    return time(min(after_midnight, DAY - 1) // 60, min(after_midnight, DAY - 1) % 60)


def shown(hours: list[Day] | None) -> list[Day]:
    """Seven days, whatever was saved; nothing where the member has not chosen."""
    return list(hours) if hours and len(hours) == 7 else [None] * 7
