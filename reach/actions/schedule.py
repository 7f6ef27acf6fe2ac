"""How old a post is when it is read. Reading slows with age, because most of what happens, happens early."""

from datetime import datetime, timedelta

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

USUAL = (
    MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, *(DAY * number for number in range(1, 8)),
    14 * DAY, 21 * DAY, 28 * DAY,
)  # fmt: skip

# By connector, where it is not the usual.
AGES = {
    # Each post returned is paid for (docs.x.com, "Pricing": pay per use), and figures of one's own end after 30 days.
    "x": (HOUR, DAY, 7 * DAY),
    # One call for each figure against a daily quota of the member (learn.microsoft.com, "Member post statistics").
    "linkedin": (HOUR, 6 * HOUR, *(DAY * number for number in range(1, 8)), 14 * DAY, 21 * DAY, 28 * DAY),
}
OLDEST = max(USUAL)

# After a failure: a minute, doubling, at most six hours; the place in the schedule is kept.
FIRST_PAUSE, LONGEST_PAUSE = MINUTE, 6 * HOUR


def next_reading(connector: str, published_at: datetime, at: datetime) -> datetime | None:
    """The first planned moment after `at`; None when the post is old enough to be left alone."""
    ages = AGES.get(connector, USUAL)
    return next((published_at + age for age in ages if published_at + age > at), None)


def pause_after(failures: int) -> timedelta:
    doublings = min(failures - 1, 12)
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << doublings))
