"""Having platforms forget tokens of accounts that are no longer linked."""

from datetime import datetime, timedelta

from accounts.models import Revocation
from accounts.queries import app_for, connectors, keyring, opened_extra
from connectors.base import Credentials, NeedsRelink, RateLimited, Rejected, Unavailable
from core import clock
from core.secrets import Unopenable

LEASE = timedelta(minutes=1)
TRY_AGAIN = timedelta(minutes=10)


def revoke_due(*, at: datetime, limit: int) -> int:
    """Ask each platform once. Rows go when it has forgotten, says there is nothing to forget, or a day is over."""
    done = 0
    for row in Revocation.objects.filter(due_at__lte=at).order_by("due_at")[:limit]:
        at = clock.now()  # the calls before this one took their time, and its lease begins now
        mine = Revocation.objects.filter(pk=row.pk, due_at=row.due_at).update(due_at=at + LEASE)
        if mine:
            done += revoke_one(row, at)
    return done


def revoke_one(row: Revocation, at: datetime) -> bool:
    try:
        connectors()[row.connector].revoke(opened(row))
    except (Unavailable, RateLimited) as error:
        until = getattr(error, "until", at + TRY_AGAIN)
        if until < row.give_up_at:
            Revocation.objects.filter(pk=row.pk).update(due_at=until)
            return False
    except (NeedsRelink, Rejected, Unopenable, KeyError):
        pass  # dead already, or nothing more we could do
    row.delete()
    return True


def opened(row: Revocation) -> Credentials:
    about = f"revocation:{row.key}"
    connector = connectors()[row.connector]
    app = app_for(row.connector, row.origin if connector.needs_origin else "")
    return Credentials(
        origin=row.origin,
        access=row.access and keyring().open(row.access, about=about),
        refresh=row.refresh and keyring().open(row.refresh, about=about),
        remote_id=row.remote_id,
        extra=opened_extra(row.extra, about),
        client_id=app.client_id,
        client_secret=app.client_secret,
    )
