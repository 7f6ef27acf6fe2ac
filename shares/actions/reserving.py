"""Suggestions kept for one member while they compose. A look at the composer may lease one: no more than that."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Q

from accounts.models import User
from content.models import Caption, Story
from shares.models import Reservation
from shares.queries.offers import Offer, offer_of, with_mine

LEASE = timedelta(minutes=30)


def reserve_caption(
    *, actor: User, story: Story, platforms: Iterable[str], at: datetime, wanted: Caption | None = None
) -> Offer:
    """Keep a suggestion for this member to share on these platforms: `wanted`, else the one they have, else the best
    that is free. What comes back may hold none: all are used or in somebody's hands."""
    chosen = list(dict.fromkeys(platforms))
    offer = offer_of(actor, story, chosen, at=at)
    free = [one for one in ([wanted] if wanted else offer.opens_with) if offer.is_free(one)]
    for caption in free:
        if not _take_all(caption, actor, offer.families, at):
            continue
        # Looked at again once it is ours: a colleague may have planned it between the first look and the taking.
        offer = offer_of(actor, story, chosen, at=at)
        if caption in (offer.free if wanted else offer.opens_with):
            return _with_each(with_mine(offer, caption, chosen), actor, story, at)
        release_captions(actor=actor, story=story)
    # Where others were quicker since the first look, what is said to be left has to be left.
    return offer_of(actor, story, chosen, at=at) if free else offer


def _with_each(offer: Offer, actor: User, story: Story, at: datetime) -> Offer:
    """What was written for one platform alone is kept too, where only one may say it; and nothing else is."""
    kept = {key: one for key, one in offer.each.items() if key not in offer.families or _take(one, actor, key, at)}
    _let_go_others(actor, story, [*filter(None, [offer.mine]), *kept.values()])
    return replace(offer, each=kept)


def _take_all(caption: Caption, member: User, families: Iterable[str], at: datetime) -> bool:
    return all([_take(caption, member, family, at) for family in sorted(families)])


def _take(caption: Caption, member: User, family: str, at: datetime) -> bool:
    """By a conditional update of what is over or ours, else by the constraint."""
    rows = Reservation.objects.filter(caption=caption, family=family)
    free = Q(member=member) | Q(until__lte=at) if family else Q(member=member)
    if rows.filter(free).update(member=member, until=at + LEASE):
        return True
    row = Reservation(caption=caption, family=family, member=member, until=at + LEASE)
    Reservation.objects.bulk_create([row], ignore_conflicts=True)
    return rows.filter(member=member, until__gt=at).exists()


def _let_go_others(member: User, story: Story, kept: Iterable[Caption]) -> None:
    Reservation.objects.filter(member=member, caption__story=story).exclude(caption__in=list(kept)).delete()


def release_captions(*, actor: User, story: Story, families: Iterable[str] | None = None) -> None:
    """Planned with these or other words, or thrown away: the next colleague may have it."""
    rows = Reservation.objects.filter(member=actor, caption__story=story)
    (rows if families is None else rows.filter(family__in=list(families))).delete()
