"""What the tests of points start from."""

from datetime import UTC, datetime, timedelta

from accounts.models import Team, User
from links.actions import record_clicks
from links.redirect.lines import Row
from recognition.models import LedgerRow
from shares.models import Share
from tests.factories import LinkedAccountFactory, ShareFactory

MONDAY = datetime(2026, 6, 1, 9, tzinfo=UTC)
MINE = "Nell put sixty loaves in it and I held my breath all the way down the hill."


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def days(number: float) -> timedelta:
    return timedelta(days=number)


def a_member(name: str, team: Team | None = None) -> User:
    # Without a password: making its hash is the slowest thing a test can do.
    return User.objects.create(name=name, team=team, joined_at=MONDAY)


def a_post(member: User, at: datetime = MONDAY, *, words: str = MINE, **more: object) -> Share:
    """A published share, up since `at`."""
    known = member.linked_accounts.first() if "account" not in more else None
    account = more.pop("account", None) or known or LinkedAccountFactory(member=member)
    more = {"state": "published", "state_at": at, "published_at": at, "planned_at": at} | more
    return ShareFactory(account=account, words=words, **more)


def visit(share: Share, at: datetime, times: int = 1, **kind: bool) -> None:
    row = Row(share.link_id, at, True, False, False)._replace(**kind)
    record_clicks([row._replace(at=at + timedelta(seconds=second)) for second in range(times)])


def ledger(member: User | None = None) -> list[tuple[str, float]]:
    rows = LedgerRow.objects.order_by("at", "pk")
    if member:
        rows = rows.filter(member=member)
    return [(row.rule, float(row.points)) for row in rows]


def facts_of_ledger() -> set[tuple[object, ...]]:
    """Everything but the number of the row."""
    return set(
        LedgerRow.objects.values_list(
            "member", "team", "share", "rule", "version", "cause", "about", "points", "at", "reason"
        )
    )
