"""A phone in a tunnel, in front of the demo with its service worker: reading, a share that waits, and letting go."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.demo.conftest import composer_paths, only_one
from tests.browser.house import PHONE, House, base_url, come_in

NAMES = "caches.keys().then(names => names.filter(name => name.startsWith('read')))"
KEPT = "caches.open('read-2').then(shelf => shelf.keys()).then(keys => keys.map(one => new URL(one.url).pathname))"


@pytest.fixture
def phone(chromium: Browser, doors: House) -> Iterator[BrowserContext]:
    context = chromium.new_context(
        base_url=base_url(), viewport={"width": PHONE[0], "height": PHONE[1]}, storage_state=doors.key("member"),
        service_workers="allow",
    )  # fmt: skip
    yield context
    context.close()


def settled(phone: BrowserContext) -> Page:
    """The worker is there and rules the page."""
    page = phone.new_page()
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.goto("/?all")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    return page


def test_the_feed_can_be_read_without_a_connection_and_says_so(phone: BrowserContext) -> None:
    page = settled(phone)
    page.goto("/")
    page.wait_for_function(f"{KEPT}.then(kept => kept.includes('/'))")
    phone.set_offline(True)
    page.goto("/")
    expect(page.locator("main")).to_contain_text("There is no connection just now.")
    expect(page.locator("main h1")).to_have_text("Worth passing on")
    page.goto("/shares/")
    expect(page.locator("main h1")).to_have_text("You are offline just now")


def test_signing_out_leaves_nothing_on_the_device(phone: BrowserContext) -> None:
    page = settled(phone)
    page.goto("/")
    page.wait_for_function(f"{KEPT}.then(kept => kept.includes('/'))")
    page.evaluate("localStorage.setItem('draft:x:/stories/1/share/', 'A secret')")
    # The session's cookie goes, as after a sign-out elsewhere: the next page is a stranger's.
    phone.clear_cookies(name=re.compile("^session"))
    page.goto("/accounts/login/")
    page.wait_for_function(f"{NAMES}.then(names => names.length === 0)")


def test_the_sign_out_button_clears_pages_and_drafts(chromium: Browser) -> None:
    context = chromium.new_context(base_url=base_url(), service_workers="allow")
    page = context.new_page()
    come_in(page, "member")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.goto("/")
    page.goto("/")
    page.wait_for_function(f"{KEPT}.then(kept => kept.includes('/'))")
    page.evaluate("localStorage.setItem('draft:x:/stories/1/share/', 'A secret')")
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("localStorage.getItem('draft:x:/stories/1/share/')") is None
    page.wait_for_function(f"{NAMES}.then(names => names.length === 0)")
    context.close()


def pressed_in_a_tunnel(phone: BrowserContext, number: int, words: str) -> Page:
    page = settled(phone)
    page.goto(composer_paths(page)[number])
    page.wait_for_load_state("networkidle")
    only_one(page)
    page.get_by_label("Your words").fill(words)
    page.wait_for_load_state("networkidle")
    phone.set_offline(True)
    page.locator("#share-button").click()
    expect(page.locator("main h1")).to_have_text("Your post waits for a connection")
    return page


def test_a_share_pressed_in_a_tunnel_goes_out_on_the_other_side(phone: BrowserContext) -> None:
    words = "Pressed in a tunnel, sent after it."
    page = pressed_in_a_tunnel(phone, 10, words)
    phone.set_offline(False)
    page.goto("/impact/")
    expect(page.get_by_text("What waited on this device is on its way.")).to_be_visible()
    page.goto("/shares/")
    expect(page.locator(".share-row", has_text=words)).to_have_count(1)


def test_after_an_hour_it_asks_first_and_the_words_stay(phone: BrowserContext) -> None:
    words = "Pressed long ago."
    page = pressed_in_a_tunnel(phone, 11, words)
    page.evaluate("""new Promise((done) => {
        const opening = indexedDB.open("outbox", 1);
        opening.onsuccess = () => {
            const shares = opening.result.transaction("shares", "readwrite").objectStore("shares");
            shares.getAll().onsuccess = (event) => {
                for (const item of event.target.result) shares.put({ ...item, until: Date.now() - 1000 });
                shares.transaction.oncomplete = () => { opening.result.close(); done(); };
            };
        };
    })""")
    phone.set_offline(False)
    page.goto("/impact/")
    expect(page.get_by_text("Nothing was sent. Send it now?")).to_be_visible()
    page.get_by_role("button", name="Let it go").click()
    expect(page.get_by_text("Nothing was sent. Send it now?")).to_have_count(0)
    page.goto("/shares/")
    expect(page.locator(".share-row", has_text=words)).to_have_count(0)


def test_a_share_sheet_opens_a_filled_form_and_the_answer_says_where_it_went(house: House) -> None:
    page = house.page("member", "/suggest/?title=A+quiet+street&text=Look+https%3A%2F%2Fblog.example%2Fquiet")
    expect(page.get_by_label("Address of a page")).to_have_value("https://blog.example/quiet")
    expect(page.get_by_label("A sentence or two")).to_have_value("Look")
    page.locator("main").get_by_role("button", name="Suggest it").click()
    expect(page.locator("main")).to_contain_text("A quiet street")
    expect(page.locator("main")).to_contain_text("Being read")
