"""Which days people work, and at what hour they share: weekdays, holidays, leave, and a quiet August."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

HISTORY = 118  # days, a little under four months

# Against an average day; Monday first. Few share at the weekend.
WEEKDAYS = (0.85, 1.2, 1.15, 1.1, 0.8, 0.14, 0.1)
# When people take out their phones: (hour, spread in hours, how many of ten).
MOMENTS = ((9.1, 0.7, 3), (12.6, 0.5, 3), (16.0, 1.1, 3), (20.2, 0.9, 1))

FIXED = {
    "GB": ("01-01", "12-25", "12-26"),
    "DE": ("01-01", "05-01", "10-03", "12-25", "12-26"),
    "NL": ("01-01", "04-27", "12-25", "12-26"),
}
# Days after Easter Sunday: Good Friday, Easter Monday, Ascension, Whit Monday.
AFTER_EASTER = {"GB": (-2, 1), "DE": (-2, 1, 39, 50), "NL": (1, 39, 50)}


def easter(year: int) -> date:
    """The anonymous Gregorian computus, as Meeus gives it."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def last_monday(year: int, month: int) -> date:
    last = date(year, month, 28) + timedelta(days=10)
    last = last.replace(day=1) - timedelta(days=1)
    return last - timedelta(days=last.weekday())


def first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7)


@cache
def holidays(country: str, year: int) -> frozenset[date]:
    found = {date.fromisoformat(f"{year}-{day}") for day in FIXED[country]}
    found |= {easter(year) + timedelta(days=days) for days in AFTER_EASTER[country]}
    if country == "GB":
        found |= {first_monday(year, 5), last_monday(year, 5), last_monday(year, 8)}
    return frozenset(found)


def liveliness(day: date, country: str, start: date) -> float:
    """How much is shared on a day, against an average one: more every week, little on holidays, less in August."""
    if day in holidays(country, day.year):
        return 0.05
    grown = 0.88 + 0.18 * min(1.0, (day - start).days / HISTORY)
    summer = 0.45 if (8, 3) <= (day.month, day.day) <= (8, 24) else 0.75 if day.month == 8 else 1.0
    christmas = 0.15 if (day.month, day.day) >= (12, 23) or (day.month, day.day) <= (1, 2) else 1.0
    return WEEKDAYS[day.weekday()] * grown * summer * christmas


def moment(rng: Random, day: date, time_zone: str) -> datetime:
    """A time of that day at which somebody might share, as a moment in UTC."""
    hour, spread, _ = rng.choices(MOMENTS, [one[2] for one in MOMENTS])[0]
    seconds = round(min(22.5, max(6.2, rng.gauss(hour, spread))) * 3600)
    local = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(time_zone)) + timedelta(seconds=seconds)
    return local.astimezone(UTC)


def office_moment(at: datetime, days_ago: float) -> datetime:
    """About so many days before `at`, at an hour when an editor is at the desk; never later than `at`."""
    wanted = at - timedelta(days=days_ago)
    local = wanted.astimezone(ZoneInfo("Europe/London"))
    if days_ago >= 1 and not 8 <= local.hour < 17:
        local = local.replace(hour=8 + int(days_ago * 7) % 9, minute=int(days_ago * 37) % 60)
    if days_ago >= 1 and local.weekday() > 4:
        local -= timedelta(days=local.weekday() - 4)
    return local.astimezone(UTC).replace(microsecond=0)
