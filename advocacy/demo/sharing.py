"""Four months of shares: who shared what, where, when, in which words, and what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from accounts.models import LinkedAccount
from advocacy.demo import days, platforms, wording
from advocacy.demo.chance import count, dice, weighted
from advocacy.demo.content import Told
from advocacy.demo.outcomes import finish
from advocacy.demo.people import Person
from connectors.base import record_key
from content.queries import Place, Rulebook
from links.models import ShortLink
from shares.models import Share

CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
BY_HAND = [("whatsapp", 5.0), ("email", 3.0), ("facebook", 4.0), ("device", 2.0), ("reddit", 0.6)]
CUT_OFF = timedelta(hours=6)
MOST_A_DAY = 5


@dataclass
class Firm:
    """Everything the dice have made so far."""

    seed: str
    at: datetime
    people: list[Person]
    told: list[Told]
    accounts: dict[str, list[LinkedAccount]]
    disclosures: Rulebook
    shares: list[Share] = field(default_factory=list)
    taken: set[tuple[str, str, str]] = field(default_factory=set)  # member, story, target
    reach: dict[UUID, float] = field(default_factory=dict)  # of shares whose reach was written by hand, by key

    @property
    def first_day(self) -> date:
        return (self.at - timedelta(days=days.HISTORY)).date()

    def person(self, key: str) -> Person:
        return next(person for person in self.people if person.key == key)

    def story(self, slug: str) -> Told:
        return next(told for told in self.told if told.source.slug == slug)


def make_history(firm: Firm) -> None:
    for person in firm.people:
        if person.rate:
            for number in range(days.HISTORY + 1):
                share_on(firm, person, firm.first_day + timedelta(days=number))


def share_on(firm: Firm, person: Person, day: date) -> None:
    if not person.is_here(day):
        return
    rng = dice(firm.seed, "day", person.key, day)
    lively = days.liveliness(day, person.user.country, firm.first_day) * mood(firm, person, day)
    for _ in range(min(MOST_A_DAY, count(rng, person.rate * lively))):
        moment = days.moment(rng, day, person.user.time_zone)
        told = choose_story(rng, firm, person, moment)
        if told and person.user.joined_at < moment < firm.at:
            firm.shares += share_story(rng, firm, person, told, moment)


def mood(firm: Firm, person: Person, day: date) -> float:
    """A team has better and worse months: somebody new infects the others, or a big order leaves no time."""
    team = person.user.team.name  # type: ignore[union-attr]
    return dice(firm.seed, "mood", team, day.year, day.month).uniform(0.62, 1.38)


def choose_story(rng: Random, firm: Firm, person: Person, moment: datetime) -> Told | None:
    """Fresh ones first, those of one's own trade more than others, German ones among Germans."""
    choices = []
    for told in firm.told:
        if told.is_live(moment) and (told.source.language == "en" or person.user.country == "DE"):
            age = (moment - told.story.live_at).total_seconds() / 86400  # type: ignore[operator]
            liking = 2.5 if told.source.topic in person.topics else 1.0
            own_language = 2.0 if told.source.language == person.user.language else 1.0
            choices.append((told, liking * own_language * told.appeal / (1 + age / 5)))
    return weighted(rng, choices) if choices else None


def share_story(rng: Random, firm: Firm, person: Person, told: Told, moment: datetime) -> Iterator[Share]:
    """One wish of a member: to one account, to all of them, or by hand."""
    open_ones = [one for one in firm.accounts.get(person.key, []) if platforms.is_open(one, moment)]
    if not open_ones or rng.random() < 0.11:
        targets: list[tuple[str, LinkedAccount | None]] = [(weighted(rng, BY_HAND), None)]
    elif rng.random() < 0.24:
        targets = [(one.connector, one) for one in open_ones]
    else:
        one = rng.choice(open_ones)
        targets = [(one.connector, one)]
    for connector, account in targets:
        if (person.key, told.source.slug, connector) not in firm.taken:
            firm.taken.add((person.key, told.source.slug, connector))
            words = wording.compose(rng, person, told, connector)
            share = make_share(rng, firm, person, told, account, connector, words, moment)
            finish(rng, share, told, firm.at)
            yield share


def make_share(
    rng: Random,
    firm: Firm,
    person: Person,
    told: Told,
    account: LinkedAccount | None,
    connector: str,
    words: str,
    moment: datetime,
) -> Share:
    """A share as it was when the member had decided; nothing has become of it yet."""
    wanted = moment + timedelta(seconds=20)
    if account and rng.random() < 0.3:
        # Written now, to go out later that day or the next morning.
        wanted = moment + timedelta(minutes=5 * rng.choice((6, 12, 24, 48, 180, 240)))
    # As it was planned then: before there was a campaign with prizes.
    line = firm.disclosures.line(Place(person.user.country, told.story.language, connector))
    link = ShortLink(
        code="".join(rng.choice(CODE_LETTERS) for _ in range(8)), target=told.story.url,
        group=f"story:{told.story.pk}", owner=person.user, counts=person.user.counts_clicks, created_at=moment,
    )  # fmt: skip
    return Share(
        member=person.user, story=told.story, account=account, connector=connector, words=words,
        disclosure=line.text, disclosure_before=line.before, disclosure_rule=line.record,
        language=told.story.language, link=link,
        key=UUID(int=rng.getrandbits(128), version=4), record_key=record_key(moment, rng.getrandbits(10)),
        state="scheduled" if account else "handed_over", state_at=moment, planned_at=moment, wanted_at=wanted,
        due_at=wanted, cut_off_at=wanted + CUT_OFF,
    )  # fmt: skip


def save_shares(shares: list[Share]) -> None:
    ShortLink.objects.bulk_create([share.link for share in shares], batch_size=1000)
    Share.objects.bulk_create(shares, batch_size=1000)
