"""Django's admin holds settings and platforms, and no row that belongs to a person."""

import pytest
from django.contrib import admin
from django.test import Client

from accounts.admin_site import belongs_to_a_person
from accounts.models import LinkedAccount, Organisation, PlatformApp, User
from accounts.queries import app_for, forget_kept
from core import clock
from core.models import AuditEntry
from tests.accounts.conftest import BrowserOf
from tests.factories import LinkedAccountFactory, MemberFactory

pytestmark = pytest.mark.django_db
PERSONAL = (
    "session",
    "share",
    "attempt",
    "click",
    "reading",
    "mail",
    "notice",
    "draft",
    "linked",
    "invitation",
    "user",
)


@pytest.fixture
def boss(browser_of: BrowserOf) -> Client:
    return browser_of(MemberFactory(name="Tom", roles=["administrator"]))


def test_no_registered_model_belongs_to_a_person() -> None:
    for model in admin.site._registry:
        assert not belongs_to_a_person(model), model
        assert not any(word in model._meta.model_name for word in PERSONAL), model


def test_the_check_would_see_a_person() -> None:
    assert belongs_to_a_person(User) and belongs_to_a_person(LinkedAccount)
    admin.site.register(LinkedAccount)
    assert not admin.site.is_registered(LinkedAccount)


def test_walking_every_page_shows_nobody(boss: Client) -> None:
    person = LinkedAccountFactory(member=MemberFactory(name="Very Private"), handle="@private@town.example").member
    Organisation.objects.get_or_create(pk=1)
    PlatformApp.objects.create(connector="x", client_id="abc")
    seen, waiting = set(), ["/admin/"]
    while waiting:
        path = waiting.pop()
        answer = boss.get(path)
        assert answer.status_code in (200, 302, 404), path
        page = answer.content.decode() if answer.status_code == 200 else ""
        assert person.name not in page and "@private@" not in page and person.email not in page, path
        seen.add(path)
        links = [part.partition('"')[0] for part in page.split('href="')[1:]]
        waiting += [link for link in links if link.startswith("/admin/") and link not in seen and "logout" not in link]
        waiting = list(dict.fromkeys(waiting))
    assert len(seen) > 6
    assert boss.get("/admin/accounts/user/").status_code == 404
    assert boss.get("/admin/account/emailaddress/").status_code == 404


@pytest.mark.parametrize("roles", [[], ["curator"], ["hr"], ["council"]])
def test_only_administrators_come_in(browser_of: BrowserOf, roles: list[str]) -> None:
    browser = browser_of(MemberFactory(roles=roles))
    assert browser.get("/admin/", follow=True).status_code == 403
    assert Client().get("/admin/", follow=True).redirect_chain[-1][0].startswith("/accounts/login/")


def test_long_signed_in_is_asked_again(boss: Client, own_clock: None) -> None:
    clock.advance(13 * 3600)
    assert boss.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/accounts/again/")


def test_a_secret_is_written_and_never_shown(boss: Client) -> None:
    filled = {"connector": "linkedin", "enabled": "on", "client_id": "abc", "new_secret": "hush-hush"}
    assert boss.post("/admin/accounts/platformapp/add/", filled).status_code == 302
    app = PlatformApp.objects.get()
    forget_kept()
    assert app_for("linkedin").client_secret == "hush-hush"
    page = boss.get(f"/admin/accounts/platformapp/{app.pk}/change/").content.decode()
    assert "hush" not in page and app.client_secret not in page
    boss.post(f"/admin/accounts/platformapp/{app.pk}/change/", filled | {"new_secret": "", "client_id": "def"})
    forget_kept()
    assert app_for("linkedin").client_secret == "hush-hush" and app_for("linkedin").client_id == "def"


def test_a_platform_that_asks_for_no_registration_takes_none(boss: Client) -> None:
    filled = {"connector": "bluesky", "enabled": "on", "client_id": "", "new_secret": "hush-hush"}
    assert "asks for no registration" in boss.post("/admin/accounts/platformapp/add/", filled).content.decode()
    assert not PlatformApp.objects.exists()


def test_every_change_is_in_the_audit_trail_without_values(boss: Client) -> None:
    filled = {"connector": "linkedin", "enabled": "on", "client_id": "abc", "new_secret": "hush-hush"}
    boss.post("/admin/accounts/platformapp/add/", filled)
    entry = AuditEntry.objects.get(kind="settings.changed")
    assert "new_secret" in entry.data["fields"] and "hush" not in str(entry.data)


def test_there_is_one_organisation(boss: Client) -> None:
    Organisation.objects.create(name="Firm")
    assert boss.get("/admin/accounts/organisation/add/").status_code == 403


def test_limits_can_be_lowered_and_never_raised_and_money_stands_where_it_is_asked_for(
    boss: Client, limits: None
) -> None:
    row = PlatformApp.objects.create(connector="x")
    place = f"/admin/accounts/platformapp/{row.pk}/change/"
    page = boss.get(place).content.decode()
    assert "A post with a link costs 0.20 USD" in page and "Used this month: 0.00 USD" in page
    assert boss.post(place, {"connector": "x", "enabled": "on", "limit_posts": "101"}).status_code == 200
    sent = {"connector": "x", "enabled": "on", "limit_posts": "20", "monthly_budget": "50"}
    assert boss.post(place, sent).status_code == 302
    row.refresh_from_db()
    assert (row.lowered, row.monthly_budget) == ({"posts": 20}, 50)
    other = PlatformApp.objects.create(connector="mastodon", origin="https://town.example")
    page = boss.get(f"/admin/accounts/platformapp/{other.pk}/change/").content.decode()
    assert "limit_posts" not in page and "monthly_budget" not in page


def test_a_budget_is_set_with_the_first_saving(boss: Client, limits: None) -> None:
    place = "/admin/accounts/platformapp/add/"
    assert "Only where posts cost money: X." in boss.get(place).content.decode()
    page = boss.get(place + "?connector=x").content.decode()
    assert "A post with a link costs 0.20 USD" in page and "limit_posts" in page
    refused = boss.post(place, {"connector": "linkedin", "enabled": "on", "monthly_budget": "50"})
    assert "LinkedIn charges nothing for posts" in refused.content.decode()
    assert boss.post(place, {"connector": "x", "enabled": "on", "monthly_budget": "50"}).status_code == 302
    assert PlatformApp.objects.get().monthly_budget == 50
