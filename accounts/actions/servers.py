"""What each server of a platform allows, where they differ: read when somebody connects, and again every day."""

from datetime import datetime, timedelta

from django.db.models import F, Q

from accounts.models import PlatformApp
from accounts.queries import connectors, forget_kept
from connectors.base import ConnectorError

READ_AGAIN = timedelta(days=1)


def read_limits(*, connector: str, origin: str, at: datetime) -> None:
    """Ask this server now and keep what it says. One that does not answer keeps what it said before."""
    changes: dict[str, object] = {"limits_read_at": at}
    try:
        changes["limits"] = connectors()[connector].ask_limits(origin).kept
    except ConnectorError:
        pass
    PlatformApp.objects.filter(connector=connector, origin=origin).update(**changes)
    forget_kept()


def read_old_limits(*, at: datetime, limit: int) -> None:
    """Those that were read longest ago. One call a server and day."""
    known = [key for key, connector in connectors().items() if connector.needs_origin]
    old = PlatformApp.objects.filter(Q(limits_read_at=None) | Q(limits_read_at__lte=at - READ_AGAIN))
    old = old.filter(connector__in=known).exclude(origin="").order_by(F("limits_read_at").asc(nulls_first=True))
    for connector, origin in old.values_list("connector", "origin")[:limit]:
        read_limits(connector=connector, origin=origin, at=at)
