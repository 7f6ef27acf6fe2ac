"""A table of a pack, whatever it holds: whose rows, which columns, cut so that no file and no moment holds too much."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from guidelines.evidence import in_pieces
from guidelines.models import Pack

ROWS = 10_000  # of one file
Cells = Sequence[object]
ERASED = "erased"


@dataclass(frozen=True)
class Scope:
    """What a pack is about: until when, and of which guideline or person, where it is about one."""

    until: datetime
    guideline: int | None = None
    member: int | None = None

    @classmethod
    def of(cls, pack: Pack) -> "Scope":
        return cls(pack.until, pack.guideline_id, pack.member_id)

    def narrow(self, rows: QuerySet[Any], *, guideline: str, member: str = "") -> QuerySet[Any]:
        """`guideline` and `member` name the ways from a row to them."""
        if self.guideline is not None:
            rows = rows.filter(**{guideline: self.guideline})
        if self.member is not None and member:
            rows = rows.filter(**{member: self.member})
        return rows


@dataclass(frozen=True)
class Table:
    """`rows` finds what belongs to a scope; `cells` turns some two thousand of them at a time into lines. Names of
    columns are for programs: English, the same in every language and pack."""

    name: str
    header: tuple[str, ...]
    rows: Callable[[Scope], QuerySet[Any]]
    cells: Callable[[list[Any], Scope], Iterable[Cells]]
    numbered: bool = False  # even where there is only one file of it


@dataclass(frozen=True)
class Cut:
    """One file of a table: the rows after `after` up to `upto`, by their numbers."""

    file: str
    after: int
    upto: int


def cuts(table: Table, scope: Scope, size: int = ROWS) -> list[Cut]:
    """All of its files; one without a line where there is nothing to say."""
    numbers, last = table.rows(scope).order_by("pk").values_list("pk", flat=True), 0
    ends = []
    while few := list(numbers.filter(pk__gt=last)[size - 1 : size]):
        last = few[0]
        ends.append(last)
    rest = numbers.filter(pk__gt=last).last()
    ends += [rest] if rest else []
    begins = [0, *ends[:-1]]
    if len(ends) <= 1 and not table.numbered:
        return [Cut(f"{table.name}.csv", 0, ends[0] if ends else 0)]
    return [
        Cut(f"{table.name}-{place:04}.csv", after, upto)
        for place, (after, upto) in enumerate(zip(begins, ends or [0], strict=True), 1)
    ]


def cells_of(table: Table, scope: Scope, cut: Cut) -> Iterator[Cells]:
    for several in in_pieces(table.rows(scope).filter(pk__gt=cut.after, pk__lte=cut.upto)):
        yield from table.cells(several, scope)


def names_of(numbers: Iterable[int | None]) -> dict[int, str]:
    """Of those who are still here. An erased person has a number and no name."""
    wanted = {number for number in numbers if number is not None}
    found = User._base_manager.filter(pk__in=wanted).values_list("pk", "name")
    return {pk: name for pk, name in found if name}


def moment(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def yes(said: bool) -> str:
    return "yes" if said else "no"
