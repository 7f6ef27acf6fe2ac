"""Somebody new is asked on the first day; what they share waits for a signature, and then goes out by itself."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.demo.test_first_run import join, slip_for
from tests.browser.house import DESK, STRANGER, House

NAME = "Pictures of people"
PATIENCE = 100  # seconds; beat asks within one minute, and looks at what is held twice a minute


def until(page: Page, address: str, is_there: Callable[[], bool], what: str) -> None:
    for _ in range(PATIENCE):
        page.goto(address)
        if is_there():
            return
        page.wait_for_timeout(1000)
    raise AssertionError(f"it never came: {what}")


def joined(house: House) -> Page:
    page = house.page(STRANGER)
    join(page, slip_for(house, "Ola Berg"), "ola")
    page.get_by_role("button", name="Show me the stories").tap()
    page.wait_for_url(re.compile(r":\d+/$"))
    page.goto("/me/")
    page.get_by_label("Photography").check()
    page.get_by_role("button", name="Save my profile").tap()
    expect(page.locator("body")).to_contain_text("Your profile is saved.")
    return page


def shared(page: Page, words: str) -> None:
    """The first one, which connects an account on its way."""
    page.goto("/?all")
    page.locator("main a[href$='/share/']").first.tap()
    page.wait_for_load_state("networkidle")
    page.get_by_label("Your words").fill(words)
    page.get_by_role("button", name="Connect an account").tap()
    page.get_by_role("link", name="Connect Mastodon").tap()
    page.get_by_label("Your address there").fill("@ola@town.example")
    page.get_by_role("button", name="Connect Mastodon").tap()
    page.get_by_role("link", name="Continue to Mastodon").tap()
    page.get_by_label("Continue as").fill("ola")
    page.get_by_role("button", name="Allow").tap()
    page.get_by_role("button", name=re.compile("^Share to")).tap()
    expect(page).to_have_url(re.compile("/shares/$"))


def published_for_photographers(house: House) -> None:
    desk = house.page("hr", "/guidelines/desk/new/?starter=care", size=DESK)
    desk.get_by_label("What you call it").fill(NAME)
    desk.get_by_label("Whom it is for").select_option(label="Photographers")
    desk.get_by_role("button", name="Begin the draft").click()
    desk.get_by_label("Days to sign it").fill("0")
    desk.get_by_label("Seconds between opening and signing, at least").fill("0")
    desk.get_by_role("button", name="Save and send to review").click()
    expect(desk.locator("main")).to_contain_text("a colleague in HR has to publish it")
    second = house.page("second_hr", desk.url, size=DESK)
    second.get_by_role("button", name="Publish this version").click()
    expect(second.locator("main")).to_contain_text("Whoever has to sign is asked within a minute.")


def test_a_joiner_is_asked_and_a_share_waits_for_the_signature(house: House) -> None:
    published_for_photographers(house)
    page = joined(house)
    asked = page.locator("main a.primary", has_text="Read")
    # Others of this suite may have published one for everybody meanwhile.
    until(
        page,
        "/guidelines/",
        lambda: asked.count() >= 2 and page.locator("main", has_text=NAME).count() == 1,
        "the one for everybody and the one for photographers",
    )
    shared(page, "My first picture from the bench.")
    row = page.locator(".share-row", has_text="My first picture from the bench.")
    until(page, "/shares/", lambda: "waits for you to read and sign" in row.inner_text(), "the share waits")
    row.get_by_role("link").first.tap()
    page.get_by_role("link", name="Read and sign").tap()
    page.wait_for_url(re.compile("/guidelines/$"))
    sign_all(page)
    until(page, "/shares/", lambda: "Posted" in row.inner_text(), "the share went out")


def sign_all(page: Page) -> None:
    """The newcomer owes two at least; the order is that of their days."""
    while page.locator("main a.primary", has_text="Read").count():
        page.locator("main a.primary", has_text="Read").first.tap()
        page.wait_for_url(re.compile(r"/guidelines/\d+/"))
        think_all_through(page)
        page.get_by_label("Sign with your name").fill("Ola Berg")
        press = page.get_by_role("button", name=re.compile("^Sign version"))
        press.tap()
        expect(page.locator("body")).to_contain_text(re.compile("Signed. Thank you|You have only just opened it"))
        if page.get_by_text("You have only just opened it").count():
            page.wait_for_timeout(20_000)  # the time this version wants; what was typed is still there
            press.tap()
        expect(page.locator("body")).to_contain_text("Signed. Thank you for reading it.")
        page.goto("/guidelines/")


def think_all_through(page: Page) -> None:
    situations = page.locator("#situations")
    expect(situations).to_be_visible()
    page.wait_for_load_state("networkidle")
    while not page.get_by_label("Sign with your name").count():
        situations.get_by_role("radio").first.check()
        situations.get_by_role("button", name="I would do this").tap()
        expect(situations.locator(".situation-chosen")).to_be_visible()
        following = situations.get_by_role("link", name="Next situation")
        if following.count():
            following.tap()
            expect(situations.locator(".situation-chosen")).to_have_count(0)
        else:
            expect(page.get_by_label("Sign with your name")).to_be_visible()
