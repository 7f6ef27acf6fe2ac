"""Coverage by team, country, profession or manager. Groups of fewer than ten are shown together, or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q

from accounts.models import Team, User
from accounts.queries import SMALLEST_GROUP
from audiences.sentences import COUNTRY_NAMES
from guidelines.models import OWED, Due, Guideline
from guidelines.queries.asked import in_audience

# What to group by, and where it stands
BY = {"team": "team_id", "country": "country", "profession": "profession", "manager": "manager_id"}


ON_A_PAGE = 30


@dataclass(frozen=True)
class Group:
    """`name` is empty for those who have none of it, None for the small ones together."""

    name: str | None
    people: int
    signed: int
    overdue: int

    @property
    def share(self) -> int:
        """Of a hundred; as many as are whole."""
        return 100 * self.signed // self.people


@dataclass(frozen=True)
class Groups:
    shown: list[Group]
    hidden: int  # people in groups too small to show, even together

    @property
    def first(self) -> list[Group]:
        """As many as a page holds: those where the fewest have signed."""
        return self.shown[:ON_A_PAGE]

    @property
    def more(self) -> int:
        return max(0, len(self.shown) - ON_A_PAGE)


def groups(guideline: Guideline, by: str, *, at: datetime) -> Groups:
    """The least signed first. As many questions however many groups there are."""
    column = BY[by]
    sizes = in_audience(guideline).order_by().values(key=F(column)).annotate(size=Count("pk"))
    dues = Due.objects.filter(guideline=guideline, state__in=OWED, member__is_active=True).order_by()
    counted = dues.values(key=F(f"member__{column}")).annotate(
        owing=Count("pk"), overdue=Count("pk", filter=Q(due_at__lte=at))
    )
    owing = {key: (lacking, late) for key, lacking, late in counted.values_list("key", "owing", "overdue")}
    known = dict(sizes.values_list("key", "size"))
    names, found = _names(by, known), []
    for key, size in known.items():
        lacking, late = owing.get(key, (0, 0))
        found.append(Group(names.get(key, ""), size, max(0, size - lacking), late))
    return folded(found)


def folded(found: list[Group]) -> Groups:
    """Who is in a small group cannot be told apart: not by looking, and not by taking the others from the whole."""
    large = [one for one in found if one.people >= SMALLEST_GROUP]
    small = [one for one in found if one.people < SMALLEST_GROUP]
    together = sum(one.people for one in small)
    large.sort(key=lambda one: (one.signed / one.people, one.name or ""))
    if together >= SMALLEST_GROUP:
        rest = Group(None, together, sum(one.signed for one in small), sum(one.overdue for one in small))
        return Groups([*large, rest], 0)
    # The whole is known: were all other groups shown, the small ones would be what is left.
    shown = large[:-1] if small and large else large
    return Groups(shown, together + sum(one.people for one in large[len(shown) :]))


def _names(by: str, keys: Iterable[Any]) -> dict[Any, str]:
    if by == "team":
        return dict(Team.objects.values_list("pk", "name"))
    if by == "manager":
        return dict(User.objects.filter(pk__in=[key for key in keys if key]).values_list("pk", "name"))
    return {key: str(COUNTRY_NAMES.get(key, key)) if by == "country" else key for key in keys}
