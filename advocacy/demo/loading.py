"""The whole firm, from nothing, in one transaction."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from accounts.models import LinkedAccount, Organisation, PlatformApp, User
from accounts.queries import forget_kept
from advocacy.demo import (
    campaigns,
    channels,
    closed,
    content,
    feeds,
    giving,
    guidelines,
    kinds,
    knowing,
    learning,
    platforms,
    reach,
    scenes,
    sharing,
    timelines,
)
from advocacy.demo.chance import dice
from advocacy.demo.outcomes import attempts_of
from advocacy.demo.people import Person, make_invitations, make_people
from advocacy.demo.platforms import NoSandbox
from advocacy.demo.sharing import Firm
from connectors import registry
from content.models import Story
from core import audit, partitions
from links.actions import record_clicks
from links.models import Click, ShortLink
from links.redirect.lines import Row
from reach.models import Reading, ReadingPlan
from recognition.actions import derive_points
from recognition.models import BoardChoice
from shares import drafts
from shares.models import Attempt, Share

SEED = "brackenby"
BATCH = 4000


class NotEmpty(Exception):
    """There is something in the database already, and the demo never mixes with it."""


def load(*, at: datetime, seed: str = SEED) -> tuple[Counter[str], bool]:
    """Load the firm. Answers how many of what, and whether its accounts can post. Raises NotEmpty."""
    at = at.replace(microsecond=0)
    if User.objects.exists() or Story.objects.exists():
        raise NotEmpty
    with transaction.atomic():
        partitions.make_months(at=at, back=5)
        firm, can_post = make_firm(seed, at)
        counts = save_history(firm, can_post)
        campaigns.make_campaigns(firm.told, firm.person("sofia").user, at)
        closed.close(firm)
        guidelines.guide(firm)
        knowing.know(firm)
        learning.learn(firm)
        channels.make_channels(firm.person("tom").user, at)
        learn_sizes()
        feeds.count_stories(at)
        counts["points"] = derive_points(at=at)
        audit.record(actor=None, kind="demo.loaded", about="organisation", at=at, data={"seed": seed})
    forget_kept()
    return counts, can_post


def make_firm(seed: str, at: datetime) -> tuple[Firm, bool]:
    """People, stories and accounts, saved."""
    make_organisation(at)
    people = make_people(seed, at)
    User.objects.bulk_create(person.user for person in people)
    make_budgets()
    make_choices(seed, people)
    by_key = {person.key: person for person in people}
    make_invitations(at, by_key["ruth"].user)
    topics = content.make_topics()
    told = content.make_stories(seed, at, by_key, topics)
    kinds.make_more(at, by_key, topics, content.article_url(told[0].source.slug))
    feeds.make_followings(seed, people, topics, at)
    accounts = platforms.make_accounts(seed, at, people)
    try:
        platforms.open_accounts([account for rows in accounts.values() for account in rows])
        can_post = True
    except NoSandbox:
        can_post = False
    return Firm(seed, at, people, told, accounts, campaigns.make_disclosures()), can_post


def make_organisation(at: datetime) -> None:
    Organisation.objects.update_or_create(
        pk=1,
        defaults={
            "name": "Brackenby Cycle Works", "languages": ["en", "de"], "country": "GB", "boards_on": True,
            "time_zone": "Europe/London",
            "working_time": "Yes: half an hour a week counts as working time, like reading the mail.",
            "customers_word": {"en": "riders", "de": "Radler"},
            "networks": ["10.20.0.0/16"], "set_up_at": at - timedelta(days=120),
        },
    )  # fmt: skip


def make_budgets() -> None:
    """Where posts cost money the firm has set some aside; the stand-ins take none of it in earnest."""
    for connector in registry.CLASSES:
        if connector.prices:
            PlatformApp.objects.update_or_create(connector=connector.key, origin="", defaults={"monthly_budget": 40})


def make_choices(seed: str, people: list[Person]) -> None:
    """Who is on the personal board, by their own choice, and who hides."""
    chosen = []
    for person in people:
        roll = dice(seed, "board", person.key).random()
        if person.rate and person.user.is_active and (roll < 0.24 or roll > 0.97):
            chosen.append(BoardChoice(member=person.user, personal=roll < 0.24, hidden=roll > 0.97))
    BoardChoice.objects.bulk_create(chosen)


def save_history(firm: Firm, can_post: bool) -> Counter[str]:
    sharing.make_history(firm)
    scenes.play(firm)
    firm.shares.sort(key=lambda share: (share.planned_at, share.key))
    sharing.save_shares(firm.shares)
    scenes.leave_notes(firm)
    giving.give(firm)
    attempts = attempts_of(firm.shares, firm.at, drafts.freeze)
    Attempt.objects.bulk_create(attempts, batch_size=1000)
    clicks, readings, plans = reach.make_reach(firm)
    if can_post:
        timelines.tell_platforms(firm, readings, plans)
    ReadingPlan.objects.bulk_create(plans, batch_size=BATCH)
    Reading.objects.bulk_create(sorted(readings, key=by_time), batch_size=BATCH)
    save_clicks(clicks)
    return Counter(
        people=len(firm.people), stories=len(firm.told), accounts=sum(map(len, firm.accounts.values())),
        shares=len(firm.shares), attempts=len(attempts), readings=len(readings), clicks=len(clicks),
        published=sum(share.state == "published" for share in firm.shares),
    )  # fmt: skip


def learn_sizes() -> None:
    """PostgreSQL plans by what it last counted: without this it takes the full tables for empty ones, for minutes."""
    with connection.cursor() as cursor:
        for table in (ShortLink, Click, Share, Attempt, Reading, ReadingPlan, Story, User, LinkedAccount):
            cursor.execute(f'ANALYZE "{table._meta.db_table}"')


def save_clicks(clicks: list[Row]) -> None:
    clicks.sort(key=by_time)
    for number in range(0, len(clicks), BATCH):
        record_clicks(clicks[number : number + BATCH])


def by_time(row: Any) -> Any:
    return row.at
