"""The quiet switch: who may press it, what it writes down, and who reads what of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts import actions
from accounts.models import QuietTime
from accounts.queries import forget_kept, quiet_time
from core import clock
from core.models import AuditEntry
from tests.accounts.conftest import BrowserOf
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def begin(*roles: str, why: str = "There was an accident.", name: str = "Sofia") -> QuietTime:
    at = clock.now()
    actor = MemberFactory(roles=list(roles) or ["curator"], name=name)
    return actions.begin_quiet(actor=actor, why=why, until=at + DAY, at=at)


@pytest.mark.parametrize("role", ["curator", "hr", "administrator"])
def test_any_of_the_roles_alone_begins_and_ends_it(role: str) -> None:
    quiet = begin(role)
    assert quiet_time(clock.now()) == quiet
    assert actions.end_quiet(actor=quiet.begun_by, at=clock.now())
    assert quiet_time(clock.now()) is None
    assert list(AuditEntry.objects.order_by("pk").values_list("kind", "actor", "about")) == [
        ("quiet.begun", quiet.begun_by.pk, f"quiet:{quiet.pk}"),
        ("quiet.ended", quiet.begun_by.pk, f"quiet:{quiet.pk}"),
    ]
    quiet.refresh_from_db()
    assert (quiet.why, quiet.ended_by, quiet.ended_at is None) == ("There was an accident.", quiet.begun_by, False)


@pytest.mark.parametrize("roles", [[], ["council"]])
def test_nobody_else_begins_or_ends_it(roles: list[str]) -> None:
    at, other = clock.now(), MemberFactory(roles=roles)
    with pytest.raises(PermissionDenied):
        actions.begin_quiet(actor=other, why="No.", until=at + DAY, at=at)
    begin()
    with pytest.raises(PermissionDenied):
        actions.end_quiet(actor=other, at=at)
    assert quiet_time(at) is not None and AuditEntry.objects.count() == 1


def test_a_second_one_beside_it_is_refused_and_the_first_stands() -> None:
    first = begin()
    with pytest.raises(actions.AlreadyQuiet):
        begin("hr")
    assert list(QuietTime.objects.all()) == [first] and AuditEntry.objects.count() == 1


def test_it_runs_out_by_itself_and_the_next_one_may_begin() -> None:
    quiet = begin()
    QuietTime.objects.update(until=clock.now() - timedelta(seconds=1))
    forget_kept()
    assert quiet_time(clock.now()) is None
    second = begin("hr")
    quiet.refresh_from_db()
    assert (quiet.state, quiet.ended_by) == ("over", None)
    assert quiet_time(clock.now()) == second


def test_asking_before_every_post_costs_next_to_nothing(django_assert_num_queries) -> None:
    begin()
    forget_kept()
    with django_assert_num_queries(1):
        assert all(quiet_time(clock.now()) for _ in range(200))


def test_the_page_pauses_with_one_tap_and_ends_with_another(browser_of: BrowserOf) -> None:
    browser = browser_of(MemberFactory(roles=["hr"], name="Ruth"))
    page = browser.get("/quiet/").content.decode()
    assert "Something else comes first now." in page and "Pause all sharing" in page
    answer = browser.post("/quiet/", {"why": "Something else comes first now.", "hours": "24"}, follow=True)
    page = answer.content.decode()
    assert "Everything planned waits now." in page and "Ruth paused all sharing until" in page
    page = browser.post("/quiet/end/", follow=True).content.decode()
    assert "The pause is over." in page and "Earlier pauses" in page and "paused all sharing" not in page


def test_without_a_reason_nothing_is_paused_and_nothing_typed_is_lost(browser_of: BrowserOf) -> None:
    browser = browser_of(MemberFactory(roles=["hr"]))
    answer = browser.post("/quiet/", {"why": " ", "hours": "72"})
    assert answer.status_code == 422 and 'value="72" selected' in answer.content.decode()
    assert browser.post("/quiet/", {"why": "Yes.", "hours": "9999"}).status_code == 422
    assert not QuietTime.objects.exists()


def test_other_roles_get_no_page_and_no_button_works(browser_of: BrowserOf) -> None:
    begin()
    for roles in ([], ["council"]):
        browser = browser_of(MemberFactory(roles=roles))
        assert browser.get("/quiet/").status_code == 403
        assert browser.post("/quiet/end/").status_code == 403
    assert QuietTime.objects.get().state == "on"


def test_who_and_why_stand_on_every_page_of_those_who_may_end_it_and_of_nobody_else(browser_of: BrowserOf) -> None:
    begin(name="Sofia Lindqvist", why="There was an accident.")
    for role in ("curator", "hr", "administrator"):
        page = browser_of(MemberFactory(roles=[role])).get("/").content.decode()
        assert "Sofia Lindqvist paused all sharing" in page and "There was an accident." in page
    assert "Sofia" not in browser_of(MemberFactory()).get("/shares/").content.decode()


def test_the_name_of_one_who_left_is_gone_and_the_banner_stands(browser_of: BrowserOf) -> None:
    begin()
    QuietTime.objects.update(begun_by=None)
    forget_kept()
    assert "Somebody who has left paused" in browser_of(MemberFactory(roles=["hr"])).get("/").content.decode()
