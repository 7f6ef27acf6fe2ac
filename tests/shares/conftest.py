"""A member with an account on a stand-in platform, a clock that moves on both sides, and a ledger to count in."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from accounts import queries as accounts
from accounts.models import LinkedAccount
from core import clock
from shares import actions
from shares.actions.callers import Callers
from shares.models import Share
from tests.contract.town import Town, running_town
from tests.factories import LinkedAccountFactory, StoryFactory

RESTS = ("published", "failed", "cancelled", "asked", "deleted")
ORIGINS = {"mastodon": "https://town.example"}


@pytest.fixture(scope="session")
def clock_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clock") / "clock"


@pytest.fixture(scope="session")
def session_town(tmp_path_factory: pytest.TempPathFactory, clock_file: Path) -> Iterator[Town]:
    with running_town(tmp_path_factory.mktemp("town"), clock_file) as town:
        yield town


@pytest.fixture
def town(session_town: Town, clock_file: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    monkeypatch.setenv("CLOCK_FILE", str(clock_file))
    settings.SANDBOX, settings.SANDBOX_URL = True, session_town.base
    forget()
    for connector in accounts.connectors().values():
        connector.seconds = 0.8  # a dropped answer is noticed at once, a slow one soon
    yield session_town
    session_town.mend()
    forget()


def forget() -> None:
    accounts.door.cache_clear()
    accounts.connectors.cache_clear()
    accounts.forget_kept()


class AtOnce(Callers):
    """Calls on the thread of the test, which sees the test's own transaction."""

    def __init__(self, threads: int = 64) -> None:
        self.free = threads

    def call(self, job: Callable[[], Any], answer: Callable[[Any], None]) -> None:
        answer(job())


class Stage:
    """One member, one story; `plan` and `send` as the worker would, `later` moves every clock."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.story = StoryFactory()

    def account(self, connector: str, **fields: Any) -> LinkedAccount:
        person = self.town.person(connector, f"member{LinkedAccount.objects.count()}")
        return LinkedAccountFactory(
            connector=connector,
            origin=ORIGINS.get(connector, ""),
            remote_id=person["remote_id"],
            handle=person["handle"],
            scopes=list(accounts.connectors()[connector].scopes),
            token=person["access_token"],
            renewal=person["refresh_token"] or "",
            extra=person.get("extra"),
            **fields,
        )

    def plan(self, account: LinkedAccount, words: str = "We tried this and it held.") -> Share:
        at = clock.now()
        share = actions.plan_share(
            actor=account.member, story=self.story, account=account, words=words, due_at=None, at=at
        )
        return self.at_due_time(share)

    def at_due_time(self, share: Share) -> Share:
        self.later(max(timedelta(0), share.due_at - clock.now()) + timedelta(seconds=1))
        return share

    def send(self, share: Share) -> Share:
        actions.send_due(using=AtOnce())
        share.refresh_from_db()
        return share

    def settle(
        self, share: Share, *, rounds: int = 12, step: timedelta = timedelta(seconds=30), rests: Sequence[str] = RESTS
    ) -> Share:
        """Let time pass as the periodic tasks would see it, until the share rests."""
        for _ in range(rounds):
            share.refresh_from_db()
            if share.state in rests:
                break
            self.later(step)
            self.tick(share)
        share.refresh_from_db()
        return share

    def tick(self, share: Share) -> None:
        at = clock.now()
        actions.end_leases(at=at)
        actions.release_held(at=at)
        actions.cancel_orphans(at=at)
        share.refresh_from_db()
        if share.state in ("uncertain", "deleting") and share.due_at <= at:
            actions.settle_share(share_id=share.pk, at=at)
        actions.send_due(using=AtOnce())

    def at_noon(self) -> None:
        """Some limits end at midnight, so that it would matter when the tests run."""
        now = clock.now()
        self.later(now.replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=1) - now)

    def later(self, step: timedelta) -> datetime:
        clock.advance(step.total_seconds())
        return clock.now()

    def posts(self, share: Share) -> list[dict[str, Any]]:
        found = self.town.posts(share.connector, share.link.code)
        return [post for post in found if not post["deleted_at"]]


@pytest.fixture
def stage(db: None, town: Town) -> Stage:
    return Stage(town)
