"""Which posts one call can read: of one platform, of one server of it, or of one account."""

from collections.abc import Sequence

from django.db import connection

from accounts.models import LinkedAccount
from connectors.base import Connector

# Waiting is for those who come meanwhile. Where nobody is expected, a post is read as soon as its window opens.
READ_ALONE = """
UPDATE reach_readingplan AS plan SET late_at = due_at
WHERE share_id = ANY(%s) AND due_at < late_at AND NOT EXISTS (
    SELECT 1 FROM reach_readingplan AS other
    WHERE other.pool = plan.pool AND other.due_at > plan.due_at AND other.due_at <= plan.late_at
)
"""


def pool_of(connector: Connector, account: LinkedAccount) -> str:
    if connector.reads_any == "own":
        return own_pool(account)
    return f"{connector.key} {account.origin}" if connector.needs_origin else connector.key


def own_pool(account: LinkedAccount) -> str:
    """Of posts that only their own member's token can see."""
    return f"{account.connector} #{account.pk}"


def spare_the_lonely(share_ids: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(READ_ALONE, [list(share_ids)])
