"""The components as a browser draws them, and what the scripts add to them."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Complaints
from tests.browser.conftest import DESK, PHONE, OpenPage

pytestmark = pytest.mark.urls("tests.browser.urls")

PATH = "/styleguide/"


def sideways(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def paper(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")


@pytest.mark.parametrize("width", [320, 360, 390, 768, 1280])
def test_nothing_scrolls_sideways(open_page: OpenPage, width: int) -> None:
    assert sideways(open_page(PATH, size=(width, 800))) <= 0


def test_the_device_decides_until_the_member_does(open_page: OpenPage) -> None:
    light, dark = paper(open_page(PATH)), paper(open_page(PATH, theme="dark"))
    assert light == "rgb(253, 253, 251)"
    assert dark == "rgb(18, 22, 23)"


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_targets_are_large_enough_for_a_thumb(open_page: OpenPage, size: tuple[int, int]) -> None:
    small = open_page(PATH, size=size).evaluate(
        """() => [...document.querySelectorAll('.button, .nav-link, .chip, .tabs a, .choice, summary')]
            .filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < 43.5)
            .map((e) => e.outerHTML.slice(0, 90))"""
    )
    assert small == []


def test_the_first_key_offers_the_way_past_the_navigation(open_page: OpenPage) -> None:
    page = open_page("/offline/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_a_menu_closes_on_escape_and_gives_the_focus_back(open_page: OpenPage) -> None:
    page = open_page(PATH)
    menu = page.locator("main details[data-menu]").first
    menu.locator("summary").click()
    expect(menu.locator(".menu-list")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.locator(".menu-list")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def test_a_notice_can_be_closed(open_page: OpenPage) -> None:
    page = open_page(PATH)
    notice = page.locator("[data-closes]")
    notice.get_by_label("Close this notice").click()
    expect(notice).to_have_count(0)


def test_own_words_come_back_after_trying_a_suggestion(open_page: OpenPage) -> None:
    page = open_page(PATH)
    words = page.locator("#sample-words")
    words.fill("Mine alone.")
    page.get_by_label("The hill", exact=True).check(force=True)
    expect(words).to_have_value("The hill is the best part.")
    page.get_by_label("My words", exact=True).check(force=True)
    expect(words).to_have_value("Mine alone.")


def test_lengths_are_guessed_while_one_types(open_page: OpenPage) -> None:
    page = open_page(PATH)
    meter = page.locator('[data-length="linkedin"] b')
    before = int(meter.inner_text())
    page.locator("#sample-words").press_sequentially("abc")
    expect(meter).to_have_text(str(before + 3))


def test_taking_back_is_offered_for_twenty_seconds_and_no_longer(open_page: OpenPage) -> None:
    page = open_page("/offline/")
    page.clock.install()
    page.goto(PATH)
    undo = page.locator("[data-undo]")
    expect(undo.get_by_role("button")).to_be_visible()
    page.clock.run_for(10_000)
    expect(undo.locator("[data-undo-left]")).to_have_text("10")
    page.clock.run_for(11_000)
    expect(undo.get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False])
def test_charts_show_one_drawing_and_keep_their_words_readable(open_page: OpenPage, script: bool) -> None:
    page = open_page(PATH, size=DESK, script=script)
    for box in page.locator(".chart-samples .chart-box").all():
        drawn = [svg for svg in box.locator("svg").all() if svg.is_visible()]
        assert len(drawn) == 1


def test_without_a_connection_a_page_says_so(open_page: OpenPage, complaints: Complaints) -> None:
    page = open_page("/offline/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.goto("/shares/", wait_until="domcontentloaded")
    expect(page.get_by_role("heading", level=1)).to_have_text("You are offline just now")
    assert all("net::ERR_" in words for words in complaints)
    complaints.clear()
