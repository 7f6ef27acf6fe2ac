"""What reading may take of the platforms' budgets. Posting goes first: a third of what both use is left to it."""

from datetime import datetime

from accounts import budgets
from accounts.models import LinkedAccount
from connectors.base import Connector
from core import buckets

KEPT_PART = 3


def take_room(connector: Connector, reader: LinkedAccount | None, at: datetime) -> datetime | None:
    """Take one call for figures from the budgets. None when there was room, else when there is some again."""
    # Whoever asks without a token is counted as the server they ask from.
    asks = reader or LinkedAccount(connector=connector.key)
    wanted = budgets.buckets_of(asks, "read")
    posting = {bucket.key for bucket in budgets.buckets_of(asks, "post")}
    keep = max((bucket.allowed // KEPT_PART for bucket in wanted if bucket.key in posting), default=0)
    return buckets.take(wanted, at=at, keep=keep) if wanted else None
