"""The settings of the firm and of its platforms: nothing gets in that a page could stumble over later."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Organisation, PlatformApp
from accounts.queries import forget_kept
from tests.accounts.conftest import BrowserOf
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
FIRM = "/admin/accounts/organisation/{}/change/"
FILLED = {
    "name": "Bracken & Co", "accent": "#0a5c68", "languages": ["en"], "country": "DE", "time_zone": "Europe/Berlin",
    "boards_on": "on", "networks": "203.0.113.9/24\r\n2001:db8::1",
}  # fmt: skip


@pytest.fixture
def firm() -> Organisation:
    made = Organisation.objects.create(name="Bracken", languages=["de", "en"], boards_on=True)
    forget_kept()
    return made


@pytest.fixture
def boss(browser_of: BrowserOf) -> Client:
    return browser_of(MemberFactory(name="Tom", roles=["administrator"]))


def test_what_is_right_is_kept(boss: Client, firm: Organisation) -> None:
    filled = FILLED | {"languages": ["en", "de"]}
    assert boss.post(FIRM.format(firm.pk), filled).status_code == 302
    firm.refresh_from_db()
    assert (firm.country, firm.time_zone, firm.languages) == ("DE", "Europe/Berlin", ["de", "en"])
    assert firm.networks == ["203.0.113.0/24", "2001:db8::1/128"]
    page = boss.get(FIRM.format(firm.pk)).content.decode()
    assert "203.0.113.0/24\n2001:db8::1/128" in page and "Time zone" in page


@pytest.mark.parametrize(
    "wrong",
    [{"time_zone": "Mars/Phobos"}, {"country": "XX"}, {"languages": ["xx"]}, {"languages": []}, {"accent": "#ffee88"},
     {"networks": "our office"}, {"networks": "203.0.113.0/24 300.1.1.1"}],
)  # fmt: skip
def test_what_is_wrong_changes_nothing(boss: Client, firm: Organisation, wrong: dict[str, Any]) -> None:
    answer = boss.post(FIRM.format(firm.pk), FILLED | wrong)
    assert answer.status_code == 200 and "Please correct the error" in answer.content.decode()
    firm.refresh_from_db()
    assert (firm.name, firm.time_zone, firm.networks) == ("Bracken", "Europe/London", [])


@pytest.mark.parametrize("page", ["/teams/", "/teams/my-points/", "/me/", "/impact/", "/", "/accounts/login/"])
def test_pages_survive_what_an_earlier_version_let_in(browser_of: BrowserOf, firm: Organisation, page: str) -> None:
    bad = {"time_zone": "Mars/Phobos", "country": "XX", "languages": ["xx"], "networks": ["our office"]}
    Organisation.objects.update(**bad)
    forget_kept()
    member = MemberFactory(time_zone="Mars/Phobos", country="XX", language="xx", roles=["curator"])
    assert browser_of(member).get(page, follow=True).status_code == 200
    assert Client().get(page, follow=True).status_code == 200


def test_an_invitation_is_written_in_a_firm_with_an_unknown_language(boss: Client, firm: Organisation) -> None:
    Organisation.objects.update(languages=["xx"])
    forget_kept()
    assert boss.post("/people/invite/", {"email": "ada@firm.example"}, follow=True).status_code == 200


def test_a_platform_is_chosen_and_never_typed(boss: Client) -> None:
    page = boss.get("/admin/accounts/platformapp/add/").content.decode()
    assert '<option value="linkedin">LinkedIn</option>' in page
    assert "/me/accounts/linkedin/callback/" in page and "/me/accounts/x/callback/" in page
    answer = boss.post("/admin/accounts/platformapp/add/", {"connector": "myspace", "enabled": "on"})
    assert answer.status_code == 200 and not PlatformApp.objects.exists()


def test_only_a_platform_of_many_servers_has_a_server(boss: Client) -> None:
    add = "/admin/accounts/platformapp/add/"
    answer = boss.post(add, {"connector": "x", "origin": "town.example", "enabled": "on"})
    assert "no servers of its own" in answer.content.decode()
    assert boss.post(add, {"connector": "mastodon", "origin": "Town.example", "enabled": "on"}).status_code == 302
    app = PlatformApp.objects.get()
    assert app.origin == "https://town.example" and str(app) == "Mastodon · town.example"


def test_the_settings_speak_plain_words(boss: Client, firm: Organisation) -> None:
    index = boss.get("/admin/").content.decode()
    assert "Settings" in index and "Tom" in index.partition("user-tools")[2][:200]
    pages = "".join(
        boss.get(path).content.decode() for path in (FIRM.format(firm.pk), "/admin/accounts/platformapp/add/")
    )
    for word in ("Customers word", "Boards on:", "Connector:", "Origin:", "Paused until:", "Before<"):
        assert word not in pages
