"""Where a form is, pressing its button and reading what came of it, without JavaScript."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.pages import VISITS

Fill = Callable[[Page], None]


def at(route: str, label: str = "") -> str:
    return next(visit.address for visit in VISITS if visit.route == route and visit.label == label)


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.locator("main").get_by_role("button", name=name).first.click()


def reads(page: Page, text: str) -> None:
    expect(page.locator("main")).to_contain_text(text)
