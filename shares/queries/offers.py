"""Which suggestions of a story a member is offered just now, and how many are left."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    """`mine` is kept for this member; `in_order` holds every suggestion they could have, best first; `each` by platform
    the words that were written for it alone, where somebody shares on several."""

    mine: Caption | None
    in_order: list[Caption]
    families: frozenset[str]
    used: frozenset[int] = frozenset()  # a colleague has planned or posted them where this member shares
    taken: frozenset[int] = frozenset()  # not to be had where only one may use them: used up, or in other hands
    each: Mapping[str, Caption] = field(default_factory=dict)

    def is_free(self, caption: Caption) -> bool:
        return caption.pk not in self.taken and caption in self.in_order

    @property
    def free(self) -> list[Caption]:
        return [one for one in self.in_order if self.is_free(one)]

    @property
    def fresh(self) -> list[Caption]:
        """Suggestions nobody has used yet that this member may still take."""
        return [one for one in self.free if one.pk not in self.used]

    @property
    def opens_with(self) -> list[Caption]:
        """Never a text that somebody used: with none left it is the member's own words. Where only approved words may
        go out, there are no others."""
        return self.free if content.takes_only_locked(self.in_order) else self.fresh

    @property
    def left(self) -> int:
        return len(self.fresh)

    @property
    def has_run_out(self) -> bool:
        return bool(self.in_order) and not self.fresh


def offer_of(member: User, story: Story, platforms: Iterable[str], *, at: datetime) -> Offer:
    """For somebody who shares on these platforms; without any, for whom it is not known yet."""
    chosen = list(dict.fromkeys(platforms))
    known = accounts.connectors()
    strict = {key for key in chosen if key in known and known[key].forbids_same_words}
    captions = content.offered_captions(story, member=member, limit=1000)
    if chosen:
        captions = [one for one in captions if one.connector in ("", *chosen)]
    rows = list(
        Reservation.objects.filter(caption__in=captions, until__gt=at).values_list("caption", "family", "member")
    )
    said = said_captions(captions, member=member, connectors=chosen or list(known), at=at)
    others = [(pk, family) for pk, family, holder in rows if holder != member.pk]
    taken = {pk for pk, connector in said if connector in strict} | {pk for pk, family in others if family in strict}
    used = frozenset(pk for pk, _connector in said)
    crowd = Counter(pk for pk, family in others if family == EVERYWHERE)

    def rank(one: Caption) -> tuple[bool, bool, int, int, int]:
        # The language decides before the platform. Among equals each member's own turn stays: the sort is stable.
        fit = content.by_language(one, member.language)
        return one.pk in used, not one.for_makers, fit, suits(one, chosen), crowd[one.pk]

    offer = Offer(None, sorted(captions, key=rank), frozenset({EVERYWHERE, *strict}), used, frozenset(taken))
    return with_mine(offer, _held(offer, rows, member), chosen)


def suits(caption: Caption, platforms: Sequence[str]) -> int:
    """Smaller is better: written for the only platform there is, for all of them, for one of several."""
    if caption.connector == EVERYWHERE:
        return 1
    return 0 if [caption.connector] == list(platforms) else 2


def with_mine(offer: Offer, mine: Caption | None, platforms: Sequence[str]) -> Offer:
    """The same, opening with `mine`, and for each other platform with what was written for it."""
    others = [key for key in platforms if mine and mine.connector != key] if len(platforms) > 1 else []
    own = {key: next((one for one in offer.fresh if one.connector == key), None) for key in others}
    first = [mine] if mine else []
    in_order = [*first, *(one for one in offer.in_order if one != mine)]
    return replace(offer, mine=mine, in_order=in_order, each={key: one for key, one in own.items() if one})


def _held(offer: Offer, rows: list[tuple[int, str, int]], member: User) -> Caption | None:
    """What is kept for this member wherever they share: with an account more, more has to be kept."""
    for one in offer.opens_with:
        held = {family for pk, family, holder in rows if holder == member.pk and pk == one.pk}
        if offer.families <= held:
            return one
    return None
