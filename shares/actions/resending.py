"""Whether the same body under the same key may go out again without a second post."""

from datetime import datetime

from connectors.base import Connector
from shares.models import Share


def may_resend(share: Share, connector: Connector, at: datetime) -> bool:
    """Whether it is safe at this moment."""
    lost = share.lost_attempts()
    if connector.resend_safe_after is None or not lost or not resend_comes(share, connector, at):
        return False
    return at >= lost[-1].started_at + connector.resend_safe_after


def resend_comes(share: Share, connector: Connector, at: datetime) -> bool:
    """Whether it is safe now or will be, if nothing changes."""
    lost = share.lost_attempts()
    if connector.resend_safe_after is None or not lost or share.account is None or share.account.state != "healthy":
        return False
    resent = sum(attempt.resend for attempt in lost)
    in_time = connector.resend_until is None or at <= lost[0].started_at + connector.resend_until
    return in_time and (connector.resends_allowed is None or resent < connector.resends_allowed)
