"""What a made-up person would see of a story: by the same arithmetic and the same rules as anybody's page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import queries as accounts
from accounts.models import LinkedAccount, User
from content import rules
from content.models import Caption, Story
from shares import picking
from shares.queries.composer import AccountChoice, Measured, measure, why_by_hand
from shares.queries.feed import TODAY, FeedCard, Known, candidates, rows_of, today
from shares.queries.lines import Lines, lines_of
from shares.queries.offers import Offer, offer_of

# What speaks for a story with whoever has only just come; the rest depends on what somebody did.
SPEAKS = {
    "urgent": gettext_lazy("it is urgent"),
    "pinned": gettext_lazy("it stands first"),
    "new": gettext_lazy("it is new"),
    "language": gettext_lazy("it is in their language"),
    "going_well": gettext_lazy("it is opened often"),
    "few_voices": gettext_lazy("few have told it yet"),
}


@dataclass(frozen=True)
class ShownCard(FeedCard):
    """The feed's card on a curator's page: what can be pressed on it stays there."""

    leads_to: str = "#card"

    @cached_property
    def url(self) -> str:
        return self.leads_to

    @cached_property
    def share_url(self) -> str:
        return "#composer" if self.story.is_for_sharing and self.leads_to == "#card" else ""


@dataclass(frozen=True)
class FirstScreen:
    """The composer as it opens for them, with an account on each platform that is open here."""

    choices: list[AccountChoice]
    offer: Offer
    lines: Lines
    measured: list[Measured]

    @property
    def caption(self) -> Caption | None:
        return next(iter(self.offer.free), None)


@dataclass(frozen=True)
class SeenAs:
    """`place` is where the story stands on their page of today, from one; None where it is found further down."""

    person: User
    sees: bool
    card: FeedCard
    place: int | None
    points: list[tuple[str, int]]
    screen: FirstScreen | None


def seen_as(person: User, story: Story, *, at: datetime) -> SeenAs:
    """A story that is not live yet is shown as if it went live now."""
    sees = rules.is_for(person, story)
    known = Known.of(person, at)
    rows = {row["pk"]: row for row in candidates(person, known.followed, at)}
    rows |= rows_of([story.pk], person)
    rows[story.pk]["live_at"] = story.live_at if story.state == "live" else at
    weighed = {one.story: one for one in known.weigh(rows.values())}
    picked = [one.story for one in picking.pick(list(weighed.values()), TODAY)]
    mine = weighed[story.pk]
    (card,) = known.cards([(story, mine)], among=rows.values())
    speaks = [(str(SPEAKS[name]), round(number)) for name, number in picking.points(mine.facts).items()
              if name in SPEAKS and round(number)]  # fmt: skip
    return SeenAs(
        person=person,
        sees=sees,
        card=ShownCard(story, card.why),
        place=picked.index(story.pk) + 1 if story.pk in picked else None,
        points=sorted(speaks, key=lambda one: -one[1]),
        screen=first_screen(person, story, at) if sees and story.is_for_sharing else None,
    )


def first_screen(person: User, story: Story, at: datetime) -> FirstScreen:
    choices = [stand_in(connector.key, at) for connector in accounts.platforms()]
    offer = offer_of(person, story, [choice.platform for choice in choices if choice.ready], at=at)
    words = next((one.text for one in offer.free), "")
    names = {choice.platform: choice.platform_name for choice in choices}
    lines = lines_of(person, story, words, captions=story.captions.all(), offered=names)
    measured = [measure(one, lines.wording(words, one.platform), story) for one in choices]
    return FirstScreen(choices, offer, lines, measured)


def stand_in(platform: str, at: datetime) -> AccountChoice:
    """An account that nobody has."""
    connector = accounts.connectors()[platform]
    account = LinkedAccount(connector=platform, handle=_("their own account"), state="healthy")
    return AccountChoice(account, connector, False, why_by_hand(connector, at))


def today_as(person: User, *, at: datetime, leads_to: Iterable[str] = ()) -> list[FeedCard]:
    """Their page of today; `leads_to` is the beginning and the end of each card's address, around its number."""
    before, after = leads_to
    cards = today(person, at=at, limit=TODAY)
    return [ShownCard(one.story, one.why, leads_to=f"{before}{one.story.pk}{after}") for one in cards]
