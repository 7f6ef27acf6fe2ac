"""Suggestions kept for one member while they compose. A look at the composer may lease one: no more than that."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q

from accounts.models import User
from content.models import Caption, Story
from shares.models import Reservation
from shares.queries.offers import Offer, offer_of

LEASE = timedelta(minutes=30)


def reserve_caption(
    *, actor: User, story: Story, platforms: Iterable[str], at: datetime, wanted: Caption | None = None
) -> Offer:
    """Keep a suggestion for this member to share on these platforms: `wanted`, else the one they have, else the best
    that is free. What comes back may hold none: all are used or in somebody's hands."""
    offer = offer_of(actor, story, platforms, at=at)
    free = [caption for caption in ([wanted] if wanted else offer.in_order) if offer.is_free(caption)]
    for caption in free:
        if not _take_all(caption, actor, offer.families, at):
            continue
        _let_go_others(actor, story, caption)
        # Looked at again once it is ours: a colleague may have planned it between the first look and the taking.
        offer = offer_of(actor, story, platforms, at=at)
        if offer.mine:
            return offer
        release_captions(actor=actor, story=story)
    # Where others were quicker since the first look, what is said to be left has to be left.
    return offer_of(actor, story, platforms, at=at) if free else offer


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


def _let_go_others(member: User, story: Story, kept: Caption) -> None:
    Reservation.objects.filter(member=member, caption__story=story).exclude(caption=kept).delete()


def release_captions(*, actor: User, story: Story, families: Iterable[str] | None = None) -> None:
    """Planned with these or other words, or thrown away: the next colleague may have it."""
    rows = Reservation.objects.filter(member=actor, caption__story=story)
    (rows if families is None else rows.filter(family__in=list(families))).delete()
