"""A member does a lesson on a phone, and its exercise opens something real; what a curator writes, a member finds."""

import re

from playwright.sync_api import Page, expect

from tests.browser.house import DESK, House

TITLE = "What to say at an open day"


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=2, name=words)).to_be_visible()


def test_a_member_reads_card_by_card_and_tries_it_in_the_composer(house: House) -> None:
    page = house.page("member", "/learning/")
    page.get_by_role("link", name="Writing for one reader").last.tap()
    heading(page, "Everybody is nobody")
    expect(page.get_by_role("heading", name="Choose somebody real")).to_be_hidden()
    page.get_by_role("button", name="Next").tap()
    heading(page, "Choose somebody real")
    expect(page.get_by_role("heading", name="Choose somebody real")).to_be_focused()
    with page.expect_response(re.compile("/place/$")):
        page.keyboard.press("ArrowRight")
    heading(page, "Answer what they would ask")
    page.goto("/learning/")
    page.goto("/learning/one-reader/")
    heading(page, "Answer what they would ask")
    for _ in range(4):
        page.get_by_role("button", name="Next").tap()
    heading(page, "One thing to try")
    expect(page.get_by_role("button", name="Next")).to_be_hidden()
    page.get_by_role("link", name="Open a story in the composer").tap()
    expect(page).to_have_url(re.compile(r"/stories/\d+/share/$"))
    expect(page.locator("textarea[name=words]")).to_be_visible()
    page.goto("/learning/")
    expect(page.locator(".lesson-today")).to_contain_text("only its exercise is left")
    page.locator(".lesson-today").get_by_role("button", name="I have done it").tap()
    expect(page.locator("main")).to_contain_text("Done. Nobody else sees it.")


def test_without_scripts_all_cards_stand_below_each_other(house: House) -> None:
    page = house.page("member", "/learning/voice/", script=False)
    heading(page, "Borrowed words are easy to spot")
    heading(page, "It may be short, and it may be odd")
    page.get_by_role("button", name="Another day").click()
    expect(page.locator("main")).to_contain_text("The exercise waits for you here.")


def test_a_curator_writes_and_publishes_and_a_member_finds_it(house: House) -> None:
    desk = house.page("curator", "/learning/desk/", size=DESK)
    desk.get_by_role("link", name="Write a lesson").click()
    desk.get_by_label("Title").fill(TITLE)
    desk.get_by_role("button", name="Begin the draft").click()
    desk.get_by_label("What somebody can do afterwards, in one line").fill(
        "Answer a neighbour who has never been here."
    )
    desk.get_by_label("Title of card 1").fill("They come for the cake")
    desk.get_by_label("Words of card 1").fill("And stay for the **welding**.")
    desk.get_by_text("Picture and example").first.click()
    desk.get_by_label("Picture", exact=True).first.select_option("table")
    desk.get_by_label("What to try").fill("Tell one neighbour what you would show them.")
    desk.get_by_role("button", name="Save and look at it").click()
    expect(desk.locator("main")).to_contain_text("say what each picture shows")
    desk.get_by_role("link", name="Change the words").click()
    desk.get_by_label("What the picture shows").first.fill("Three people around a table.")
    desk.get_by_role("button", name="Save and look at it").click()
    desk.get_by_role("button", name="Publish this lesson").click()
    expect(desk.locator("main")).to_contain_text("Colleagues find it under Learning.")
    phone = house.page("member", "/learning/?q=neighbour")
    phone.get_by_role("link", name=TITLE).last.tap()
    heading(phone, "They come for the cake")
    expect(phone.locator(".deck-words strong").first).to_have_text("welding")
    desk.get_by_role("button", name="Withdraw it").click()
    expect(desk.locator("main")).to_contain_text("Nobody finds it any more.")
    assert phone.goto(phone.url).status == 404
