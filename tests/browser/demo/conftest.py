"""Tests in front of the demo organisation as it runs: web, worker, beat and stand-in platforms (make test-browser)."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.house import House

Compose = Callable[..., Page]


@pytest.fixture(scope="session")
def doors(chromium: Browser) -> House:
    """Remembers for the whole session who has come in by which door."""
    return House(chromium)


@pytest.fixture
def house(doors: House) -> Iterator[House]:
    """Fails the test on any error in a console, a refusal by the content security policy among them."""
    doors.complaints.clear()
    yield doors
    doors.close()
    # That a page answered 403, 404 or 422 as it should is an error to the console.
    assert [text for text in doors.complaints if "status of" not in text] == []


@pytest.fixture
def compose(house: House) -> Compose:
    """`compose(3)`: the composer with the fourth story of all; each test takes another, since they run side by side."""

    def opened(number: int, who: str = "member", **options: object) -> Page:
        page = house.page(who, "/?all", **options)
        page.goto(composer_paths(page)[number])
        # Nobody types before the page's scripts are there.
        page.wait_for_load_state("networkidle")
        return page

    return opened


def composer_paths(page: Page) -> list[str]:
    links = page.locator("main a[href$='/share/']").all()
    return list(dict.fromkeys(str(link.get_attribute("href")) for link in links))


def only_one(page: Page) -> None:
    """Leave one account chosen. One with which the story was shared before cannot be."""
    for place, box in enumerate(page.locator("label.account input:enabled").all()):
        box.set_checked(place == 0, force=True)
    expect(page.locator("#share-button")).to_have_text(re.compile("Share to [A-Z]"))


def plans_with(page: Page, words: str) -> int:
    page.goto("/shares/")
    return page.locator(".share-row", has_text=words).count()
