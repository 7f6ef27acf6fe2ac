"""The personal board: only who asked to stand on it, ten names, and one's own place for oneself."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from accounts.models import User
from recognition.models import BoardChoice, LedgerRow
from recognition.queries.periods import Period

NAMES = 10


@dataclass(frozen=True)
class PersonRow:
    member: User
    points: Decimal
    place: int
    tied: bool
    me: bool


@dataclass(frozen=True)
class PersonalBoard:
    """`my_place` is for the member's own eyes; it is there without standing on the board, too."""

    rows: list[PersonRow]
    people: int
    choice: BoardChoice
    my_points: Decimal
    my_place: int | None

    @property
    def shows_me(self) -> bool:
        return any(row.me for row in self.rows)


def choice_of(member: User) -> BoardChoice:
    return BoardChoice.objects.filter(member=member).first() or BoardChoice(member=member)


def personal_board(*, period: Period, member: User) -> PersonalBoard:
    """Members by points, ties sharing a place. Two members with no points at all are not named."""
    choice = choice_of(member)
    open_ = BoardChoice.objects.filter(personal=True, hidden=False, member__is_active=True)
    people = {row.member_id: row.member for row in open_.select_related("member__team")}
    points = _points({*people, member.pk}, period)
    mine = points.get(member.pk, Decimal(0))
    scores = {pk: points[pk] for pk in people if points.get(pk, 0) > 0}
    place = 1 + sum(score > mine for pk, score in scores.items() if pk != member.pk) if mine > 0 else None
    return PersonalBoard(_top(scores, people, member), len(people), choice, mine, place)


def _points(members: set[int], period: Period) -> dict[int, Decimal]:
    rows = LedgerRow.objects.filter(member__in=members, at__gte=period.since, at__lt=period.until)
    return dict(rows.values_list("member").annotate(points=Sum("points")))


def _top(scores: Mapping[int, Decimal], people: Mapping[int, User], member: User) -> list[PersonRow]:
    values = list(scores.values())
    order = sorted(scores, key=lambda pk: (-scores[pk], people[pk].name.casefold(), pk))[:NAMES]
    return [
        PersonRow(
            member=people[pk],
            points=scores[pk],
            place=1 + sum(value > scores[pk] for value in values),
            tied=values.count(scores[pk]) > 1,
            me=pk == member.pk,
        )
        for pk in order
    ]
