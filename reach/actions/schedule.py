"""When a post is read: at the ages its platform names, since most of what happens, happens early.

A moment is a window. In it a post waits for others that can be read by the same call; the window is the longer the
older the post, and at its end the call is made, however few have come.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from connectors.base import Connector

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SHORTEST_WAIT, LONGEST_WAIT = 10 * MINUTE, 8 * HOUR
OLDEST = 30 * DAY

# A post whose figures stand still is read at every second of its moments, then at every third; never twice a day less
# while it is fresh, and always at the last.
MOST_SKIPPED = 2
CALM = DAY

# After a failure: a minute, doubling, at most six hours; the place in the schedule is kept.
FIRST_PAUSE, LONGEST_PAUSE = MINUTE, 6 * HOUR


class Window(NamedTuple):
    due_at: datetime
    late_at: datetime


def next_window(connector: Connector, published_at: datetime, at: datetime, *, still: int = 0) -> Window | None:
    """The first window that opens after `at`; None when the post is old enough to be left alone. `still` readings in
    a row have said the same."""
    to_come = [age for age in connector.reads_at if published_at + age > at and age <= connector.reads_until]
    if not to_come:
        return None
    skipped = min(still, MOST_SKIPPED, len(to_come) - 1) if to_come[0] >= CALM else 0
    age = to_come[skipped]
    # Nobody is company for a post that is read alone.
    wait = min(SHORTEST_WAIT + 2 * age, LONGEST_WAIT) if connector.read_batch > 1 else timedelta(0)
    return Window(published_at + age, published_at + age + wait)


def pause_after(failures: int) -> timedelta:
    doublings = min(failures - 1, 12)
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << doublings))
