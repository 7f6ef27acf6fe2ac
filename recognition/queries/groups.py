"""Which teams stand on a board: those of ten or more, and the smaller ones joined.

Joined are at least two, and together at least ten, so that nobody can take one from the other. Where not even that
can be had, everybody stands together; a firm of fewer than ten has no board.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.queries import SMALLEST_GROUP

SMALLEST = SMALLEST_GROUP


@dataclass(frozen=True)
class Group:
    """`teams` are ids; None stands for members without a team. `everybody` when there is no other group."""

    teams: tuple[int | None, ...]
    names: tuple[str, ...]
    size: int
    everybody: bool = False

    @property
    def joined(self) -> int:
        return len(self.teams)


def grouped(teams: Sequence[tuple[int | None, str, int]]) -> list[Group]:
    """From (id, name, active members) of every team. Empty teams are left out."""
    ordered = sorted((team for team in teams if team[2]), key=lambda team: (-team[2], team[1]))
    large = [team for team in ordered if team[2] >= SMALLEST and team[0] is not None]
    small = [team for team in ordered if team not in large]
    while small and large and (len(small) < 2 or _size(small) < SMALLEST):
        small.insert(0, large.pop())
    if _size(small) + _size(large) < SMALLEST:
        return []
    groups = [_group([team]) for team in large]
    return groups + [_group(small, everybody=not large)] if small else groups


def _size(teams: Sequence[tuple[int | None, str, int]]) -> int:
    return sum(size for _, _, size in teams)


def _group(teams: Sequence[tuple[int | None, str, int]], everybody: bool = False) -> Group:
    ids, names, _ = zip(*teams, strict=True)
    return Group(tuple(ids), tuple(name for name in names if name), _size(teams), everybody)
