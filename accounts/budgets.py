"""Budgets at the platforms: what posting and reading may still take, and what the month's posts may still cost.

The limits are data of the connectors (`Connector.limits`), lowered by an administrator at most; core.buckets counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from django.conf import settings

from accounts.models import LinkedAccount
from accounts.queries import connectors, platform_app
from connectors.base import Connector, Limit, Prices
from core import buckets
from core.buckets import Bucket

MONTH = timedelta(days=31)


def buckets_of(account: LinkedAccount, act: Literal["post", "read"], *, pictures: int = 0) -> list[Bucket]:
    """What one post to this account, or one call for its figures, takes from. Empty where LIMITS is off."""
    connector = connectors().get(account.connector)
    if connector is None or not settings.LIMITS:
        return []
    lowered = _lowered(account.connector)
    return [
        _bucket(limit, connector, account, lowered.get(limit.name), costs)
        for limit in connector.limits
        if (costs := limit.read if act == "read" else limit.post + pictures * limit.picture)
    ]


def _bucket(limit: Limit, connector: Connector, account: LinkedAccount, lowered: object, costs: int) -> Bucket:
    allowed = min(limit.allowed, lowered) if isinstance(lowered, int) else limit.allowed
    return Bucket(limit.key(connector.key, account.origin, account.remote_id), allowed, limit.window, costs)


def _lowered(connector: str) -> dict[str, int]:
    row = platform_app(connector)
    return row.lowered if row else {}


@dataclass(frozen=True)
class Money:
    """What posting there costs and may cost in the month of `at`; amounts in thousandths of the currency's unit.
    `allowed` is None until an administrator has set a budget: then nothing is sent."""

    connector: str
    prices: Prices
    allowed: int | None
    taken: int
    until: datetime

    @property
    def left(self) -> int:
        return max(0, (self.allowed or 0) - self.taken)

    def pays_for(self, price: int) -> bool:
        return self.left >= price


def money(connector: str, *, at: datetime) -> Money | None:
    """None where posts cost nothing, or nobody counts."""
    known = connectors().get(connector)
    if known is None or known.prices is None or not settings.LIMITS:
        return None
    bucket = purse(connector, costs=0, at=at)
    taken = buckets.levels([bucket], at=at)[bucket.key].taken
    allowed = _allowed(connector)
    return Money(connector, known.prices, allowed, taken, month_end(at))


def purse(connector: str, *, costs: int, at: datetime) -> Bucket:
    """The month's money there, with what one post takes from it."""
    month = at.astimezone(UTC).strftime("%Y-%m")
    return Bucket(f"{connector}:money:{month}", _allowed(connector) or 0, MONTH, costs, month_end(at))


def month_end(at: datetime) -> datetime:
    first = at.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (first + MONTH).replace(day=1)


def _allowed(connector: str) -> int | None:
    row = platform_app(connector)
    return None if row is None or row.monthly_budget is None else row.monthly_budget * 1000


def give_back(connector: str, *, price: int, taken_at: datetime) -> None:
    """What was taken for a post that was surely not made."""
    buckets.give_back([purse(connector, costs=price, at=taken_at)], taken_at=taken_at)


def shown(amount: int, currency: str) -> str:
    """ "12.40 USD" of thousandths."""
    return f"{amount / 1000:.2f} {currency}"


def limits_of(connector: Connector) -> Sequence[tuple[Limit, int]]:
    """For the administrators' page: each limit with what is allowed now."""
    lowered = _lowered(connector.key)
    return [(limit, min(limit.allowed, lowered.get(limit.name, limit.allowed))) for limit in connector.limits]
