"""Which suggestions of a story a member is offered just now, and how many are left."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts import queries as accounts
from accounts.models import User
from content import queries as content
from content.models import Caption, Story
from shares.models import Reservation
from shares.queries.wording import said_captions

EVERYWHERE = ""  # the family of all platforms that do not mind the same words


@dataclass(frozen=True)
class Offer:
    """`mine` is kept for this member; `in_order` holds every suggestion they could have, best first."""

    mine: Caption | None
    in_order: list[Caption]
    families: frozenset[str]
    used: frozenset[int] = frozenset()  # a colleague has planned or posted them where this member shares
    taken: frozenset[int] = frozenset()  # not to be had where only one may use them: used up, or in other hands

    def is_free(self, caption: Caption) -> bool:
        return caption.pk not in self.taken and caption in self.in_order

    @property
    def free(self) -> list[Caption]:
        return [one for one in self.in_order if self.is_free(one)]

    @property
    def left(self) -> int:
        """Suggestions nobody has used yet that this member may still take."""
        return sum(one.pk not in self.used for one in self.free)

    @property
    def has_run_out(self) -> bool:
        return bool(self.in_order) and not self.free


def offer_of(member: User, story: Story, platforms: Iterable[str], *, at: datetime) -> Offer:
    """For somebody who shares on these platforms; without any, what everybody may have."""
    chosen = list(dict.fromkeys(platforms))
    known = accounts.connectors()
    strict = {key for key in chosen if key in known and known[key].forbids_same_words}
    captions = content.offered_captions(story, member=member, limit=1000)
    if chosen:
        captions = [one for one in captions if one.connector in ("", *chosen)]
    rows = list(
        Reservation.objects.filter(caption__in=captions, until__gt=at).values_list("caption", "family", "member")
    )
    said = said_captions(captions, member=member, connectors=chosen, at=at)
    others = [(pk, family) for pk, family, holder in rows if holder != member.pk]
    taken = {pk for pk, connector in said if connector in strict} | {pk for pk, family in others if family in strict}
    used = frozenset(pk for pk, _connector in said)
    mine = _mine(captions, rows, member, taken, strict)
    crowd = Counter(pk for pk, family in others if family == EVERYWHERE)

    def rank(one: Caption) -> tuple[bool, bool, int, bool, int]:
        # Among equals each member's own turn stays, since the sort is stable.
        fit = content.by_language(one, member.language)
        return one != mine, not one.for_makers, fit, one.pk in used, crowd[one.pk]

    in_order = sorted(captions, key=rank)
    return Offer(mine, in_order, frozenset({EVERYWHERE, *strict}), used, frozenset(taken))


def _mine(
    captions: list[Caption], rows: list[tuple[int, str, int]], member: User, taken: set[int], strict: set[str]
) -> Caption | None:
    """What is kept for this member wherever they share: with an account more, more has to be kept."""
    needed = strict | {EVERYWHERE}
    for one in captions:
        held = {family for pk, family, holder in rows if holder == member.pk and pk == one.pk}
        if needed <= held and one.pk not in taken:
            return one
    return None
