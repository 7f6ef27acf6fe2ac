"""People, accounts and planned shares for runs that publish many: chaos and the benchmarks."""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import psycopg2
from django.db.models import QuerySet

from accounts import queries as accounts
from accounts.models import LinkedAccount, PlatformApp, Team, User
from content.models import Story
from core import clock, wake
from shares import actions
from shares.models import Share
from tests.control import control

VOCABULARY = (
    "again answer apple april bench better bicycle bolt bread bridge brought careful cellar chain child clock cold "
    "corner customer damp desk door early engine evening every failure farm field first flour forget fourteen friend "
    "garden glad glue green half hammer harvest honest house idea iron january joke kettle kitchen ladder late laugh "
    "letter light listen little local long lunch market measure mechanic mend method midnight milk mistake morning "
    "mountain neighbour never night noise office often old onion orange paint paper patient pencil people picture "
    "piece plan plenty polite proud queue quiet rain ready repair ride river road roof rough salt sample school "
    "screw second seldom sheep short silver simple slow small snow soft south spring station steel stone story "
    "street summer sunday supper table tea ten test thing thursday timber together tomorrow tool town train travel "
    "tuesday twice under valley village visit wait walk warm water weather week wheel willing window winter wonder "
    "wood wool workshop year yellow yesterday young"
)
ORIGINS = {"mastodon": "https://town.example"}


def plan(number: int) -> None:
    """`number` shares of one story, spread evenly over the platforms, each by an account of its own."""
    at = clock.now()
    team = Team.objects.create(name="Chaos")
    story = Story.objects.create(
        title="What we learnt", url="https://blog.example/learnt", state="live", state_at=at, live_at=at, created_at=at
    )
    pay()
    platforms = list(accounts.connectors())
    for platform in platforms:
        people = control(
            "POST", "/accounts", platform=platform, name="chaos", count=number // len(platforms), bound=True
        )
        for place, person in enumerate(people["accounts"]):
            account = link(person, platform, team, place)
            actions.plan_share(
                actor=account.member,
                story=story,
                account=account,
                words=words_of(account),
                due_at=at + timedelta(days=1),
                at=at,
            )


def words_of(account: LinkedAccount) -> str:
    """A dozen words that nobody else says in a row, as colleagues do who speak in their own voice. The same for the
    same account, so that a second run can be compared."""
    rng = random.Random(f"{account.connector} {account.handle}")
    return " ".join(rng.choices(VOCABULARY.split(), k=12)).capitalize() + "."


def pay() -> None:
    """Where posts cost money, as much as anybody could want."""
    for key, connector in accounts.connectors().items():
        if connector.prices:
            PlatformApp.objects.update_or_create(connector=key, origin="", defaults={"monthly_budget": 1_000_000})
    accounts.forget_kept()


def link(person: dict[str, Any], platform: str, team: Team, place: int) -> LinkedAccount:
    from accounts.actions.health import sealed, sealed_extra

    at = clock.now()
    member = User.objects.create_user(
        f"{platform}{place}@chaos.example", name=person["handle"], team=team, joined_at=at
    )
    account = LinkedAccount.objects.create(
        member=member,
        connector=platform,
        origin=ORIGINS.get(platform, ""),
        remote_id=person["remote_id"],
        handle=person["handle"],
        scopes=list(accounts.connectors()[platform].scopes),
        state="healthy",
        state_at=at,
        linked_at=at,
    )
    account.access = sealed(account, person["access_token"])
    account.refresh = sealed(account, person["refresh_token"] or "")
    account.extra = sealed_extra(account, person.get("extra") or {})
    # As after linking: a token that runs out while the clock leaps is renewed, not taken for a disconnection.
    account.expires_at = datetime.fromisoformat(person["expires_at"]) if person["expires_at"] else None
    account.save()
    return account


@contextmanager
def owners_cursor() -> Iterator[Any]:
    """The role that runs may neither analyse nor empty a table, nor make one. All in it is one transaction."""
    with psycopg2.connect(os.environ["DATABASE_OWNER_URL"]) as owner, owner.cursor() as cursor:
        yield cursor


def as_owner(statement: str, *, tries: int = 5) -> None:
    """A statement that met a worker on its way, and lost, is said again."""
    try:
        with owners_cursor() as cursor:
            cursor.execute(statement)
    except psycopg2.errors.DeadlockDetected:
        if tries == 1:
            raise
        as_owner(statement, tries=tries - 1)


def make_due(chosen: "QuerySet[Share] | None" = None) -> None:
    """What is planned, or only the shares named, is due this moment."""
    as_owner("ANALYZE")  # what autovacuum does in time; it is off where nothing is kept
    at = clock.now()
    chosen = Share.objects.filter(state="scheduled") if chosen is None else chosen
    chosen.update(wanted_at=at, due_at=at, cut_off_at=at + timedelta(hours=6))
    wake.ring("shares.tasks.send")
