"""What came back: visits through the short links, robots among them, and figures that grew with every reading."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from advocacy.demo.chance import count, dice
from advocacy.demo.sharing import Firm
from links.redirect.lines import Row
from reach.models import Reading, ReadingPlan
from shares.models import Share

# Visits of an ordinary share there, and after how many hours half of them have come.
VISITS = {
    "linkedin": (11.0, 15.0),
    "bluesky": (7.0, 4.0),
    "mastodon": (6.5, 6.0),
    "x": (4.5, 3.0),
    "threads": (5.0, 4.5),
    "whatsapp": (7.0, 5.0),
    "email": (4.0, 9.0),
    "facebook": (8.0, 11.0),
    "reddit": (15.0, 8.0),
    "device": (4.0, 6.0),
}
# Machines that fetch the address within minutes, to draw a preview of it.
ROBOTS = {
    "linkedin": 0.7,
    "bluesky": 0.6,
    "mastodon": 1.5,
    "x": 0.9,
    "threads": 0.8,
    "facebook": 1.0,
    "reddit": 1.0,
    "whatsapp": 0.5,
}
# Likes, reposts, replies and quotes of an ordinary share, and how often it is shown; LinkedIn tells us nothing.
FIGURES: dict[str, dict[str, float]] = {
    "mastodon": {"likes": 6, "reposts": 2.4, "replies": 0.7, "quotes": 0.1},
    "bluesky": {"likes": 8, "reposts": 1.5, "replies": 0.8, "quotes": 0.3},
    "x": {"likes": 4, "reposts": 0.7, "replies": 0.3, "quotes": 0.1, "impressions": 190},
    "threads": {"likes": 5, "reposts": 0.5, "replies": 0.6, "quotes": 0.1, "views": 160},
}
# Hours after the post at which it was read.
READ_AT = (0.5, 1.5, 4, 9, 22, 47, 95, 167, 335, 700, 1400)
OUT = ("published", "asked", "deleted", "said_posted", "handed_over")


@dataclass
class Pull:
    """How far a share reaches, against an ordinary one: who shared, what, and luck."""

    people: dict[str, float]
    appeals: dict[int, float]

    def of(self, share: Share, rng: Random) -> float:
        luck = rng.lognormvariate(-0.2, 0.65) * (rng.uniform(5, 14) if rng.random() < 0.012 else 1)
        return min(30.0, self.people[share.member.name] * self.appeals[share.story.pk] * luck)


def pulls(firm: Firm) -> Pull:
    # Whoever shares everything is read by few.
    following = {
        person.user.name: dice(firm.seed, "following", person.key).lognormvariate(-0.1, 0.6)
        * (0.3 if person.rate > 2 else 1)
        for person in firm.people
    }
    return Pull(following, {told.story.pk: told.appeal for told in firm.told})


def went_out_at(share: Share) -> datetime | None:
    """When there was something to open, or None."""
    if share.state not in OUT:
        return None
    return share.published_at or share.wanted_at


def make_reach(firm: Firm) -> tuple[list[Row], list[Reading], list[ReadingPlan]]:
    clicks: list[Row] = []
    readings: list[Reading] = []
    plans: list[ReadingPlan] = []
    pull = pulls(firm)
    for share in firm.shares:
        out_at = went_out_at(share)
        if out_at is None:
            continue
        rng = dice(firm.seed, "reach", share.key)
        strength = firm.reach.get(share.key) or pull.of(share, rng)
        if share.link.counts:
            clicks += clicks_of(rng, share, out_at, strength, firm.at)
        if share.state == "published":
            rows = list(readings_of(rng, share, out_at, strength, firm.at))
            readings += rows
            plans.append(ReadingPlan(share=share, last_at=rows[-1].at if rows else None))
    return clicks, readings, plans


def clicks_of(rng: Random, share: Share, out_at: datetime, strength: float, at: datetime) -> Iterator[Row]:
    mean, half = VISITS[share.connector]
    until = share.state_at if share.state == "deleted" else at
    for _ in range(count(rng, mean * strength)):
        # A short wave, and a thin tail of people who come across it days later.
        hours = rng.expovariate(math.log(2) / half) if rng.random() < 0.85 else rng.expovariate(1 / 150)
        moment = by_day(rng, out_at + timedelta(hours=hours))
        if moment < until:
            own = rng.random() < 0.035
            yield Row(share.link.pk, moment, rng.random() < 0.88, False, own)
    for _ in range(count(rng, ROBOTS.get(share.connector, 0))):
        moment = out_at + timedelta(seconds=rng.expovariate(1 / 90) + 1)
        if moment < until:
            yield Row(share.link.pk, moment, False, True, False)


def by_day(rng: Random, moment: datetime) -> datetime:
    """Most people sleep: who would have come between one and five comes at breakfast."""
    if 1 <= moment.hour < 5 and rng.random() < 0.8:
        return moment + timedelta(hours=rng.uniform(4.5, 7))
    return moment


def readings_of(rng: Random, share: Share, out_at: datetime, strength: float, at: datetime) -> Iterator[Reading]:
    figures = FIGURES.get(share.connector)
    if figures is None:
        return
    final = {name: count(rng, mean * strength) for name, mean in figures.items()}
    half = VISITS[share.connector][1] * 1.6
    for hours in READ_AT:
        moment = out_at + timedelta(hours=hours)
        if moment >= at:
            return
        share_of_it = 1 - 0.5 ** (hours / half)
        yield Reading(share=share, at=moment, **{name: int(number * share_of_it) for name, number in final.items()})
