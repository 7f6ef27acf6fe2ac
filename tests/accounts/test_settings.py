"""The settings of the firm and of its platforms: nothing gets in that a page could stumble over later."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Organisation, PlatformApp, WordsReader
from accounts.queries import forget_kept, organisation, words_readers
from core.models import AuditEntry
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


def test_who_reads_own_words_is_named_by_what_they_sign_in_with(boss: Client, firm: Organisation) -> None:
    ada, dee = MemberFactory(email="ada@firm.example"), MemberFactory(email=None, sign_in_name="dee-7")
    named = {"regulated": "on", "words_approver": " Ada@firm.example", "words_deputy": "dee-7", "words_hours": "6"}
    assert boss.post(FIRM.format(firm.pk), FILLED | named).status_code == 302
    assert words_readers() == [ada, dee] and organisation().words_hours == 6
    page = boss.get(FIRM.format(firm.pk)).content.decode()
    assert 'value="ada@firm.example"' in page and 'value="dee-7"' in page
    changed = AuditEntry.objects.filter(kind="settings.changed").latest("pk").data
    assert "words_approver" in changed["fields"] and "ada" not in str(changed)
    swapped = named | {"words_approver": "dee-7", "words_deputy": "ada@firm.example"}
    assert boss.post(FIRM.format(firm.pk), FILLED | swapped).status_code == 302
    assert words_readers() == [dee, ada]
    assert boss.post(FIRM.format(firm.pk), FILLED | {"regulated": "on"}).status_code == 302
    assert words_readers() == [] and organisation().words_hours == 6


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ({"words_approver": "nobody@firm.example"}, "Nobody here signs in with “nobody@firm.example”."),
        ({"words_approver": "left@firm.example"}, "Nobody here signs in with"),
        ({"words_approver": "ada@firm.example", "words_deputy": "ada@firm.example"}, "That is the same person."),
        ({"words_deputy": "ada@firm.example"}, "Whom does the deputy stand in for?"),
        ({"words_hours": "0"}, "greater than or equal to 1"),
    ],
)
def test_readers_that_cannot_read_are_refused(
    boss: Client, firm: Organisation, named: dict[str, str], sentence: str
) -> None:
    MemberFactory(email="ada@firm.example")
    MemberFactory(email="left@firm.example", is_active=False)
    answer = boss.post(FIRM.format(firm.pk), FILLED | {"regulated": "on"} | named)
    assert answer.status_code == 200 and sentence in answer.content.decode()
    assert not WordsReader.objects.exists()


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
