"""HR writes, a second one publishes, coverage moves; a member signs on a phone and is asked again when it matters."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.house import DESK, House
from tests.browser.looking import violations

NAME = "On a bad day, together"


def published(house: House, page: Page) -> None:
    """The version on the page goes to review, and a colleague in HR publishes it."""
    page.get_by_label("Seconds between opening and signing, at least").fill("0")
    page.get_by_role("button", name="Save and send to review").click()
    expect(page.locator("main")).to_contain_text("a colleague in HR has to publish it")
    second = house.page("second_hr", page.url, size=DESK)
    second.get_by_role("button", name="Publish this version").click()
    expect(second.locator("main")).to_contain_text("Whoever has to sign is asked within a minute.")
    second.close()


def waiting(page: Page) -> Locator:
    return page.locator("main a.primary", has_text=NAME)


def asked(page: Page) -> None:
    """Beat asks within a minute; the page is looked at again until then."""
    for _ in range(100):
        page.goto("/guidelines/")
        if waiting(page).count():
            return
        page.wait_for_timeout(1000)
    raise AssertionError("nobody was asked")


def think(page: Page) -> None:
    """One situation: no explanation before an answer, then all of them at once, without the page being loaded anew."""
    situation = page.locator("#situations")
    expect(situation.locator(".situation-chosen")).to_have_count(0)
    situation.get_by_role("radio").first.check()
    situation.get_by_role("button", name="I would do this").tap()
    expect(situation.locator(".situation-chosen")).to_be_visible()
    expect(situation.locator("article.situation").first).to_be_focused()
    assert violations(page) == []


def sign(page: Page) -> None:
    waiting(page).tap()
    expect(page.get_by_label("Sign with your name")).to_have_count(0)
    think(page)
    page.get_by_label("Sign with your name").fill("Mina Okafor")
    page.get_by_role("button", name=re.compile("^Sign version")).tap()
    expect(page.locator("main")).to_contain_text("Signed. Thank you for reading it.")


def test_written_read_by_a_second_one_signed_on_a_phone_and_asked_again(house: House) -> None:
    desk = house.page("hr", "/guidelines/desk/new/?starter=crisis", size=DESK)
    desk.get_by_label("What you call it").fill(NAME)
    desk.get_by_role("button", name="Begin the draft").click()
    published(house, desk)
    phone = house.page("member")
    asked(phone)
    sign(phone)
    desk.goto("/guidelines/desk/")
    row = desk.locator("li", has_text=NAME)
    expect(row).to_contain_text("1")
    row.get_by_role("link", name=NAME, exact=True).click()
    desk.get_by_role("button", name="Write the next version").click()
    desk.get_by_label("Words").first.fill("Do not post about it, and do not guess; not in a chat of colleagues either.")
    desk.get_by_label("What changed, for colleagues").fill("Chats count, too.")
    published(house, desk)
    asked(phone)
    waiting(phone).tap()
    expect(phone.locator("main")).to_contain_text("What changed since you signed")
    expect(phone.locator("main ins").last).to_contain_text("chat of colleagues")
    phone.goto("/guidelines/")
    sign(phone)
    wording_only(house, desk)
    # Whoever has to sign is asked within seconds of it; here nobody is.
    phone.wait_for_timeout(8000)
    phone.goto("/guidelines/")
    assert waiting(phone).count() == 0
    phone.locator("main a", has_text=NAME).first.tap()
    expect(phone.locator("main")).to_contain_text("Version 3")


def wording_only(house: House, desk: Page) -> None:
    desk.reload()
    desk.get_by_role("button", name="Write the next version").click()
    desk.get_by_label("Words").first.fill("Do not post about it and do not guess, also not in a chat of colleagues.")
    desk.get_by_label("What changed, for colleagues").fill("A comma less.")
    desk.get_by_label("Wording only: nobody signs again").check()
    published(house, desk)


def test_a_practice_post_meets_the_town_and_ends_calmly(house: House) -> None:
    phone = house.page("member", "/guidelines/")
    phone.get_by_role("link", name="Go to the practice town").tap()
    phone.get_by_role("link", name="A customer is angry at you").tap()
    expect(phone.locator("main")).to_contain_text("Practice. Nobody but you sees this.")
    phone.get_by_role("textbox").fill("WE DID NOT LAUGH AT YOU. Rita is nice!!")
    phone.get_by_role("button", name="Post it in the practice town").tap()
    expect(phone.locator(".town-reply").last).to_contain_text("So you do know Rita")
    phone.get_by_role("textbox").fill("I am sorry. Customer care can look it up.")
    phone.get_by_role("button", name="Say this to the town").tap()
    expect(phone.locator(".town-reply")).to_have_count(2)
    phone.get_by_role("button", name="Ask a human").tap()
    expect(phone.locator("main")).to_contain_text("What helped")
    assert violations(phone) == []
    expect(phone.locator(".debrief")).to_contain_text("You asked a human.")
    expect(phone.locator(".debrief a").first).to_have_attribute("href", re.compile(r"/guidelines/\d+/#s-"))
    phone.go_back()
    expect(phone.locator("main")).to_contain_text("Practice. Nobody but you sees this.")
