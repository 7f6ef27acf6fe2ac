"""The board of teams: what a group earned per active member, and how that stands against its own usual."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth

from accounts.models import Team, User
from recognition.models import LedgerRow
from recognition.queries.groups import Group, grouped
from recognition.queries.periods import Period

ORDERS = ("usual", "average")


@dataclass(frozen=True)
class TeamRow:
    """One line. `change` is in whole per cent against the group's own usual; None while there is no usual yet."""

    group: Group
    points_each: float
    taking_part: int
    change: int | None
    mine: bool
    place: int = 0
    tied: bool = False


@dataclass(frozen=True)
class TeamBoard:
    rows: list[TeamRow]
    counted_at: datetime

    @property
    def mine(self) -> TeamRow | None:
        return next((row for row in self.rows if row.mine), None)


def team_board(*, period: Period, order: str, member: User, at: datetime) -> TeamBoard:
    """Teams by `order`: "usual" or "average". Always the same number of questions to the database."""
    earlier = period.before()
    months, taking = _months(earlier[-1].since, period), _taking_part(period)
    earned, before = _points(months, period), [_points(months, one) for one in earlier]
    rows = []
    for group in grouped(_teams()):
        each = _total(earned, group) / group.size
        usual = _usual([_total(one, group) for one in before]) / group.size * period.elapsed(at)
        change = round((each / usual - 1) * 100) if usual else None
        taking_part = sum(taking.get(team, 0) for team in group.teams)
        rows.append(TeamRow(group, round(each, 1), taking_part, change, member.team_id in group.teams))
    return TeamBoard(placed(rows, _value(order)), at)


def _teams() -> list[tuple[int | None, str, int]]:
    active = Count("members", filter=Q(members__is_active=True))
    teams: list[tuple[int | None, str, int]] = list(
        Team.objects.annotate(size=active).values_list("pk", "name", "size")
    )
    return [*teams, (None, "", User.objects.filter(team=None, is_active=True).count())]


def _months(since: datetime, period: Period) -> list[tuple[int | None, date, Decimal]]:
    """(team, first of the month, points) from `since` to the end of the period."""
    rows = LedgerRow.objects.filter(at__gte=since, at__lt=period.until)
    months = rows.values("team", month=TruncMonth("at", tzinfo=period.zone)).annotate(points=Sum("points"))
    return [(row["team"], row["month"].date(), row["points"]) for row in months]


def _points(months: list[tuple[int | None, date, Decimal]], period: Period) -> dict[int | None, Decimal]:
    points: dict[int | None, Decimal] = defaultdict(Decimal)
    for team, month, earned in months:
        if period.first <= month < period.after:
            points[team] += earned
    return points


def _taking_part(period: Period) -> dict[int | None, int]:
    rows = LedgerRow.objects.filter(at__gte=period.since, at__lt=period.until, points__gt=0, member__is_active=True)
    people = rows.values("team").annotate(people=Count("member", distinct=True))
    return {row["team"]: row["people"] for row in people}


def _total(points: dict[int | None, Decimal], group: Group) -> float:
    return float(sum((points.get(team, Decimal(0)) for team in group.teams), Decimal(0)))


def _usual(earlier: list[float]) -> float:
    """The mean of earlier periods, nearest first as given, from the group's first points on.

    The period of the first points began without them, so it is left out where there is another.
    """
    looked_at = len(earlier)
    while earlier and not earlier[-1]:
        earlier = earlier[:-1]
    if 1 < len(earlier) < looked_at:
        earlier = earlier[:-1]
    return sum(earlier) / len(earlier) if earlier else 0.0


def _value(order: str) -> Callable[[TeamRow], float | None]:
    return (lambda row: row.points_each) if order == "average" else (lambda row: row.change)


def placed(rows: Iterable[TeamRow], value: Callable[[TeamRow], float | None]) -> list[TeamRow]:
    """In order, with places; equal values share one. Rows without a value come last, without a place."""
    ranked = sorted((row for row in rows if value(row) is not None), key=lambda row: (-(value(row) or 0), _name(row)))
    sharing: dict[float | None, int] = defaultdict(int)
    places: dict[float | None, int] = {}
    for number, row in enumerate(ranked, 1):
        places.setdefault(value(row), number)
        sharing[value(row)] += 1
    done = [replace(row, place=places[value(row)], tied=sharing[value(row)] > 1) for row in ranked]
    return done + sorted((row for row in rows if value(row) is None), key=_name)


def _name(row: TeamRow) -> str:
    return " ".join(row.group.names).casefold()
