"""A platform paused and opened by hand."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts import actions
from accounts.models import PlatformApp
from core import clock
from core.models import AuditEntry
from shares.actions.sending import due
from tests.factories import MemberFactory, ShareFactory

pytestmark = pytest.mark.django_db


def test_an_administrator_pauses_and_opens_it_and_both_are_written_down() -> None:
    at, boss = clock.now(), MemberFactory(roles=["administrator"])
    share = ShareFactory(account__connector="x", due_at=at)
    actions.hold_platform(actor=boss, connector="x", until=at + timedelta(hours=6), why="Their bill is open.", at=at)
    assert not due(at).exists() and PlatformApp.objects.get().pause_reason == "Their bill is open."
    actions.open_platform(actor=boss, connector="x", at=at)
    assert list(due(at)) == [share] and PlatformApp.objects.get().paused_until is None
    found = AuditEntry.objects.order_by("pk").values_list("kind", "about", "actor")
    assert list(found) == [("platform.paused", "platform:x", boss.pk), ("platform.opened", "platform:x", boss.pk)]


def test_what_was_set_up_stays_as_it_was() -> None:
    app = PlatformApp.objects.create(connector="x", client_id="abc", enabled=False)
    at = clock.now()
    actions.hold_platform(
        actor=MemberFactory(roles=["administrator"]), connector="x", until=at + timedelta(1), why="So.", at=at
    )
    app.refresh_from_db()
    assert (app.client_id, app.enabled, app.pause_reason) == ("abc", False, "So.")


@pytest.mark.parametrize("roles", [[], ["curator"], ["hr"], ["council"]])
def test_nobody_else_does(roles: list[str]) -> None:
    at, other = clock.now(), MemberFactory(roles=roles)
    with pytest.raises(PermissionDenied):
        actions.hold_platform(actor=other, connector="x", until=at + timedelta(1), why="No.", at=at)
    with pytest.raises(PermissionDenied):
        actions.open_platform(actor=other, connector="x", at=at)
    assert not PlatformApp.objects.exists() and not AuditEntry.objects.exists()
