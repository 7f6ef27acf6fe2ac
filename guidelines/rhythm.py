"""When somebody who has not signed is reminded. To the person first; to their manager only by a rule that they read."""

from datetime import datetime, timedelta

USUAL, GENTLE, NONE = "usual", "gentle", "none"
# Days from the day it is due; the last one is the last that is heard of it.
DAYS = {USUAL: (-7, -1, 3, 10), GENTLE: (-1, 7), NONE: ()}
LEAST_PAUSE = timedelta(days=1)  # after being asked, and after coming back
FARTHEST_AWAY = timedelta(days=366)  # what is later is a slip of the pen
TIME_AFTER_RETURN = timedelta(days=4)  # from the last day away: three whole days


def next_reminder(rhythm: str, due_at: datetime, after: datetime) -> datetime | None:
    """The first one that is later than `after`; None when there is none left."""
    moments = (due_at + timedelta(days=days) for days in DAYS[rhythm])
    return next((moment for moment in moments if moment > after), None)
