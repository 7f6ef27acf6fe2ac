"""What an administrator decides about a platform: pause it, and open it again."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import rules
from accounts.models import PlatformApp, User
from accounts.queries import forget_kept
from core import audit, wake


def hold_platform(*, actor: User, connector: str, until: datetime, why: str, at: datetime) -> None:
    """Nothing goes out to this platform until then. Raises PermissionDenied."""
    _change(
        actor,
        connector,
        "platform.paused",
        at,
        paused_until=until,
        pause_reason=why.strip()[:300],
        pause_is_fault=False,
    )


def open_platform(*, actor: User, connector: str, at: datetime) -> None:
    """Whatever paused it, posts go out there again; one past its time ends with its reason. Raises PermissionDenied."""
    _change(actor, connector, "platform.opened", at, paused_until=None, pause_reason="", pause_is_fault=False)
    wake.ring_after_commit("shares.tasks.send")


def _change(actor: User, connector: str, kind: str, at: datetime, **changes: object) -> None:
    if not rules.is_administrator(actor):
        raise PermissionDenied
    with transaction.atomic():
        PlatformApp.objects.update_or_create(connector=connector, origin="", defaults=changes)
        until = changes["paused_until"]
        data = {"until": until.isoformat()} if isinstance(until, datetime) else {}
        audit.record(actor=actor, kind=kind, about=f"platform:{connector}", at=at, data=data)
    forget_kept()
