"""The spans boards are kept for, in the organisation's time zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

KEYS = ("month", "last", "quarter")
MONTHS_BEFORE = 6


@dataclass(frozen=True)
class Period:
    """From the first moment of `first` to the first moment of `after`, both dates of `zone`."""

    key: str
    first: date
    after: date
    zone: ZoneInfo

    @property
    def since(self) -> datetime:
        return midnight(self.first, self.zone)

    @property
    def until(self) -> datetime:
        return midnight(self.after, self.zone)

    @property
    def months(self) -> int:
        return (self.after.year - self.first.year) * 12 + self.after.month - self.first.month

    @property
    def days(self) -> int:
        return (self.after - self.first).days

    def day(self, at: datetime) -> int:
        """Which day of the period it is, the first being 1; the last one once it is over."""
        return max(1, min(self.days, (at.astimezone(self.zone).date() - self.first).days + 1))

    def is_over(self, at: datetime) -> bool:
        return at >= self.until

    def elapsed(self, at: datetime) -> float:
        """The part of the period that has gone by, from 0 to 1."""
        return max(0.0, min(1.0, (at - self.since) / (self.until - self.since)))

    def before(self) -> list["Period"]:
        """As many earlier periods of this length as six months hold, the nearest first."""
        length = self.months
        return [
            Period(self.key, months_on(self.first, -length * n), months_on(self.first, -length * (n - 1)), self.zone)
            for n in range(1, MONTHS_BEFORE // length + 1)
        ]


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def months_on(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def period(key: str, *, at: datetime, zone: ZoneInfo) -> Period:
    """ "month", "last" (the month before) or "quarter"; anything else is this month."""
    today = at.astimezone(zone).date()
    first, length = today.replace(day=1), 1
    if key == "last":
        first = months_on(first, -1)
    elif key == "quarter":
        first, length = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1), 3
    return Period(key if key in KEYS else "month", first, months_on(first, length), zone)
