"""Days and weeks as a member's calendar has them. A day begins at local midnight, also when clocks change."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

DAYS, WEEKS = 28, 12


@dataclass(frozen=True)
class Span:
    """Steps of `step` days from `first` on, up to and with today. The last step may not be over."""

    key: str
    first: date
    step: int
    steps: int
    zone: ZoneInfo

    @property
    def since(self) -> datetime:
        return self.moment(self.first)

    @property
    def until(self) -> datetime:
        return self.moment(self.first + timedelta(days=self.step * self.steps))

    def moment(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=self.zone).astimezone(UTC)

    def before(self) -> "Span":
        """The span of the same length just before."""
        return Span(self.key, self.first - timedelta(days=self.step * self.steps), self.step, self.steps, self.zone)

    def starts(self) -> list[date]:
        return [self.first + timedelta(days=self.step * number) for number in range(self.steps)]

    def sums(self, by_day: list[tuple[date, int]]) -> list[int]:
        """Numbers by day, summed for each step."""
        totals = [0] * self.steps
        for day, number in by_day:
            index = (day - self.first).days // self.step
            if 0 <= index < self.steps:
                totals[index] += number
        return totals


def span(key: str, *, at: datetime, zone: ZoneInfo) -> Span:
    """ "weeks": twelve weeks, Monday first; anything else: twenty-eight days. Both end with today."""
    today = at.astimezone(zone).date()
    if key == "weeks":
        monday = today - timedelta(days=today.weekday())
        return Span("weeks", monday - timedelta(weeks=WEEKS - 1), 7, WEEKS, zone)
    return Span("days", today - timedelta(days=DAYS - 1), 1, DAYS, zone)
