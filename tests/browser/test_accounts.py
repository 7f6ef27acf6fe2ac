"""Passkeys, which only a browser can make, and pages of one's own that have to work on a phone."""

import re

import pytest
from playwright.sync_api import Page

from accounts.actions.invitations import invite
from accounts.codes import shown
from accounts.models import User
from core import clock
from tests.browser.conftest import DESK, OpenPage
from tests.factories import LinkedAccountFactory, MemberFactory

pytestmark = pytest.mark.django_db(transaction=True)
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def with_a_finger(page: Page) -> None:
    """A device whose owner always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def test_one_joins_by_a_passkey_and_signs_in_with_it_again(open_page: OpenPage) -> None:
    _invitation, code = invite(actor=None, at=clock.now())
    page = open_page("/join/")
    with_a_finger(page)
    page.fill("#id_code", shown(code))
    page.get_by_role("button", name="Open my invitation").click()
    page.fill("#id_name", "Pia Passkey")
    page.get_by_role("button", name="Join with a passkey").click()
    page.wait_for_url(re.compile(r":\d+/welcome/$"))
    member = User.objects.get(name="Pia Passkey")
    assert not member.has_usable_password() and member.email is None
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/?next=/me/accounts/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(re.compile(r":\d+/me/accounts/$"))
    page.goto("/accounts/again/?next=/me/hours/")
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url(re.compile(r":\d+/me/hours/$"))


def test_without_a_passkey_in_the_browser_the_page_says_what_else_works(open_page: OpenPage) -> None:
    _invitation, code = invite(actor=None, at=clock.now())
    page = open_page(f"/join/{shown(code)}/")
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new Error('no')); }")
    page.fill("#id_name", "Pia")
    page.get_by_role("button", name="Join with a passkey").click()
    page.get_by_text("A password works just as well").wait_for()


def test_without_javascript_nobody_is_offered_a_passkey(open_page: OpenPage) -> None:
    _invitation, code = invite(actor=None, at=clock.now())
    page = open_page(f"/join/{shown(code)}/", script=False)
    assert not page.get_by_role("button", name="Join with a passkey").is_visible()
    page.fill("#id_name", "Pia")
    page.fill("#id_sign_in_name", "pia")
    page.fill("#id_password", "correct horse battery")
    page.get_by_role("button", name="Join with a password").click()
    assert User.objects.get().sign_in_name == "pia"


def test_nothing_scrolls_sideways(open_page: OpenPage) -> None:
    boss = MemberFactory(name="Bartholomew Featherstonehaugh-Cholmondeley", roles=["administrator"])
    LinkedAccountFactory(member=boss, handle="@bartholomew_featherstonehaugh_cholmondeley@mastodon.example")
    page = open_page("/me/", member=boss)
    for path in ("/me/", "/me/accounts/", "/me/hours/", "/people/", "/people/invite/"):
        page.goto(path)
        for width in (320, 390, DESK[0]):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} at {width}"
