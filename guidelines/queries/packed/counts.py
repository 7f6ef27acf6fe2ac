"""How many receipts of each kind, and how many people are asked still: the figures of a pack's first sheet."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from guidelines.models import Publication
from guidelines.models.evidence import DECLINED, KINDS, SIGNED
from guidelines.queries.packed.evidence import OPEN, RECEIPTS, publications
from guidelines.queries.packed.tables import Scope

OTHERS = tuple(kind for kind in KINDS if kind not in (SIGNED, DECLINED))


@dataclass(frozen=True)
class Counted:
    """One version. `never_opened` and `opened` are of those who ended without a signature."""

    publication: Publication
    signed: int
    declined: int
    never_opened: int
    opened: int
    asked: int


def counted(scope: Scope) -> list[Counted]:
    """Two questions, and one for the versions."""
    receipts = RECEIPTS.rows(scope).order_by().values("publication", "kind", "opened").annotate(n=Count("pk"))
    kinds: Counter[tuple[int, str, bool]] = Counter()
    for row in receipts:
        kinds[row["publication"], row["kind"], row["opened"]] += row["n"]
    waiting = OPEN.rows(scope).order_by().values_list("publication").annotate(n=Count("pk"))
    asked: dict[int, int] = dict(waiting)
    versions: QuerySet[Publication] = publications(scope).defer("content", "version__content")

    def of(pk: int, several: tuple[str, ...], opened: tuple[bool, ...] = (True, False)) -> int:
        return sum(kinds[pk, kind, was] for kind in several for was in opened)

    return [
        Counted(
            one, of(one.pk, (SIGNED,)), of(one.pk, (DECLINED,)), of(one.pk, OTHERS, (False,)),
            of(one.pk, OTHERS, (True,)), asked.get(one.pk, 0),
        )
        for one in versions.order_by("guideline__name", "number")
    ]  # fmt: skip
