from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import PlatformApp
from accounts.queries import forget_kept
from advocacy.platforms import queries
from connectors import assisted, registry
from core import clock
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client):
    client.force_login(MemberFactory())
    return client


def page(browser) -> str:
    return browser.get(reverse("platforms:page")).content.decode()


def test_the_page_says_of_every_platform_what_it_can_needs_and_costs(browser) -> None:
    shown = page(browser)
    for made in registry.CLASSES:
        facts = registry.facts_of(made)
        assert made.name in shown and facts.registered_by in shown and facts.costs in shown
        assert all(line in shown for line in facts.never_sees)
    for target in assisted.TARGETS.values():
        assert target.name in shown and target.why in shown
    assert "Operations" not in shown and "Our app there" not in shown


def test_a_pause_shows_its_reason_and_its_end(browser) -> None:
    until = clock.now() + timedelta(hours=3)
    PlatformApp.objects.create(connector="x", client_id="c", paused_until=until, pause_reason="The credit is used up.")
    forget_kept()
    states = {one.key: one.state.state for one in queries.sheets(clock.now())}
    assert states["x"] == "paused" and states["linkedin"] == "off"
    assert "The credit is used up." in page(browser)


def test_a_platform_that_charges_is_by_hand_until_there_is_a_budget(browser, limits) -> None:
    for made in registry.CLASSES:
        if made.key != "mastodon" and made.grant_kind == "oauth2":
            PlatformApp.objects.create(connector=made.key, client_id="c")
    forget_kept()
    states = {one.key: one.state.state for one in queries.sheets(clock.now())}
    assert {states[made.key] for made in registry.CLASSES if made.prices} == {"by_hand"}
    assert states["linkedin"] == "open" and "no budget is set" in page(browser)


def test_the_sheet_names_what_is_asked_and_where_people_come_back_to(browser, settings) -> None:
    settings.BASE_URL = "https://share.firm.example"
    for made in registry.CLASSES:
        shown = browser.get(reverse("platforms:sheet", args=[made.key])).content.decode()
        assert all(f"<code>{scope}</code>" in shown for scope in made.scopes)
        address = f"https://share.firm.example/me/accounts/{made.key}/callback/"
        assert (address in shown) == (made.grant_kind == "oauth2")
    assert browser.get(reverse("platforms:sheet", args=["nowhere"])).status_code == 404


def test_an_administrator_also_reads_how_we_are_registered(client) -> None:
    client.force_login(MemberFactory(roles=["administrator"]))
    PlatformApp.objects.create(connector="x", client_id="our-id")
    PlatformApp.objects.create(connector="mastodon", origin="https://town.example", client_id="c")
    forget_kept()
    shown = page(client)
    assert "Registered. Redirect address: http" in shown and "/me/accounts/x/callback/" in shown
    assert "Not registered. Redirect address: http" in shown and "Registered at 1 server." in shown
    assert "our-id" not in shown and "Operations" in shown


def test_strangers_are_asked_to_sign_in(client) -> None:
    for address in (reverse("platforms:page"), reverse("platforms:sheet", args=["x"])):
        assert client.get(address).status_code == 302
