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


def test_nothing_scrolls_sideways(open_page: OpenPage) -> None:
    page = open_page(PATH)
    for width in (320, 360, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert sideways(page) <= 0, width


def test_the_device_decides_until_the_member_does(open_page: OpenPage) -> None:
    page = open_page("/offline/")
    assert paper(page) == "rgb(253, 253, 251)"
    page.emulate_media(color_scheme="dark")
    assert paper(page) == "rgb(18, 22, 23)"
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    assert paper(page) == "rgb(253, 253, 251)"


SMALL = """() => [...document.querySelectorAll('.button, .nav-link, .chip, .tabs a, .choice, summary')]
    .filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < 43.5)
    .map((e) => e.outerHTML.slice(0, 90))"""


def test_targets_are_large_enough_for_a_thumb(open_page: OpenPage) -> None:
    page = open_page(PATH)
    for width, height in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(SMALL) == []


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
    # Said once the script has begun: one meter of the sample is near its limit, one is over.
    expect(page.locator("#lengths-said")).to_contain_text("12 left")
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


def test_charts_show_one_drawing_also_without_scripts(open_page: OpenPage) -> None:
    page = open_page(PATH, size=DESK, script=False)
    for box in page.locator(".chart-samples .chart-box").all():
        drawn = [svg for svg in box.locator("svg").all() if svg.is_visible()]
        assert len(drawn) == 1


def test_without_a_connection_a_page_says_so(open_page: OpenPage, complaints: Complaints) -> None:
    page = open_page("/offline/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.goto("/shares/", wait_until="domcontentloaded")
    expect(page.get_by_role("heading", level=1)).to_have_text("You are offline just now")
    page.wait_for_load_state("networkidle")  # what cannot be loaded has said so by then
    assert all("net::ERR_" in words for words in complaints)
    complaints.clear()
