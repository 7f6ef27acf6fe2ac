"""Life cycles. A flow is a table of allowed moves; `move` and `claim` are the only doors between states."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from django.db import models, transaction

from core.rows import write_each


class LostRace(Exception):
    """Somebody else moved the row first; read it again and decide anew."""


class ForbiddenMove(Exception):
    """The flow has no such move."""


class Flow:
    """`Flow("draft", {"draft": "review", "review": "live draft"})`: where rows start, and which moves are allowed."""

    def __init__(self, start: str, moves: Mapping[str, str]) -> None:
        self.start = tuple(start.split())
        self.moves = {state: frozenset(to.split()) for froms, to in moves.items() for state in froms.split()}
        self.states = tuple(dict.fromkeys([*self.start, *self.moves, *sorted(set().union(*self.moves.values()))]))

    def allows(self, state: str, to: str) -> bool:
        return to in self.moves.get(state, ())

    def before(self, to: str) -> list[str]:
        return [state for state in self.states if self.allows(state, to)]

    def unreachable(self) -> set[str]:
        seen, open_ = set(self.start), list(self.start)
        while open_:
            fresh = self.moves.get(open_.pop(), frozenset()) - seen
            seen |= fresh
            open_ += fresh
        return set(self.states) - seen


class FlowModel(models.Model):
    """A row with a state. `due_field` names the column the claiming query orders by, where there is one."""

    flow: ClassVar[Flow]
    due_field: ClassVar[str] = ""

    state = models.CharField(max_length=16)
    state_at = models.DateTimeField()

    class Meta:
        abstract = True


Row = TypeVar("Row", bound=FlowModel)


def move(row: Row, to: str, *, at: datetime, **changes: Any) -> Row:
    """Move one row by one conditional UPDATE. Raises ForbiddenMove, or LostRace when its state is not what we read."""
    move_all([row], to, at=at, **changes)
    return row


def move_all(rows: Sequence[Row], to: str, *, at: datetime, **changes: Any) -> None:
    """Move several by one conditional UPDATE for each state they are in. Raises as `move`; after that, roll back."""
    changes |= {"state": to, "state_at": at}

    def write(several: Sequence[Row], state: str) -> int:
        found = type(several[0])._base_manager.filter(pk__in=[row.pk for row in several], state=state)
        return found.update(**changes)

    _move(rows, to, write)
    for row in rows:
        _remember(row, changes)


def move_each(rows: Mapping[Row, Mapping[str, Any]], to: str, *, at: datetime) -> None:
    """As `move_all`, each row with values of its own, all under the same names."""
    changes = {row: {"state": to, "state_at": at, **own} for row, own in rows.items()}
    _move(list(rows), to, lambda several, state: write_each({row: changes[row] for row in several}, state=state))
    for row, own in changes.items():
        _remember(row, own)


def _move(rows: Sequence[Row], to: str, write: Callable[[Sequence[Row], str], int]) -> None:
    """The rows in memory stay as they are until all were written: after a lost race they are what the table has."""
    for state in dict.fromkeys(row.state for row in rows):
        several = [row for row in rows if row.state == state]
        if not several[0].flow.allows(state, to):
            raise ForbiddenMove(f"{several[0]._meta.label} {several[0].pk}: {state} to {to}")
        if write(several, state) != len(several):
            raise LostRace(f"{several[0]._meta.label} {several[0].pk} or one beside it is no longer {state}")


def _remember(row: FlowModel, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        setattr(row, name, value)


def claim(rows: models.QuerySet[Row], to: str, *, at: datetime, limit: int, **changes: Any) -> list[Row]:
    """Take up to `limit` rows nobody else holds and move them. Call it inside the transaction that uses them."""
    with transaction.atomic():
        taken = list(rows.filter(state__in=rows.model.flow.before(to)).select_for_update(skip_locked=True)[:limit])
        move_all(taken, to, at=at, **changes)
        return taken
