"""Who gets in where: signed out, as somebody else, with the platform saying no, and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.demo.conftest import composer_paths
from tests.browser.house import STRANGER, House

MEMBERS_ONLY = ["/shares/", "/impact/", "/teams/", "/me/", "/me/accounts/", "/me/notices/", "/curate/", "/people/"]


@pytest.mark.parametrize("path", MEMBERS_ONLY)
def test_signed_out_one_is_asked_to_sign_in_and_comes_back(house: House, path: str) -> None:
    page = house.page(STRANGER, path)
    assert "/accounts/login/" in page.url
    assert page.locator(f'input[name=next][value="{path}"]').count()


def test_somebody_elses_share_is_not_there(house: House) -> None:
    hers = house.page("member", "/shares/")
    path = str(hers.locator(".share-row a").first.get_attribute("href"))
    page = house.page("hr")
    answer = page.goto(path)
    assert answer and answer.status == 404


def test_a_platform_that_is_told_no_leaves_nothing_linked(house: House) -> None:
    page = house.page("member", "/me/accounts/x/")
    page.get_by_role("button", name="Connect X").click()
    page.get_by_role("link", name="Continue to X").click()
    page.get_by_role("button", name="Deny").click()
    expect(page).to_have_url(re.compile("/me/accounts/x/callback/"))
    expect(page.locator("main")).not_to_contain_text("is connected")
    page.goto("/me/accounts/")
    expect(page.locator(".accounts .note", has_text=re.compile(r"^X$"))).to_have_count(0)


def test_the_feed_works_without_scripts(house: House) -> None:
    page = house.page("member", "/", script=False)
    path = composer_paths(page)[0]
    page.locator(f"a[href='{path}']").first.click()
    expect(page).to_have_url(re.compile(re.escape(path)))
    expect(page.locator("#share-button")).to_be_visible()


PAGES = [
    ("member", "/"),
    ("member", "/shares/"),
    ("member", "/impact/"),
    ("member", "/teams/"),
    ("member", "/me/accounts/"),
    ("curator", "/curate/"),
    ("curator", "/curate/feeds/"),
    ("hr", "/people/"),
    ("administrator", "/people/invite/"),
    (STRANGER, "/"),
]


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_main_pages_say_nothing_to_the_console_and_ask_no_other_host(house: House, who: str, path: str) -> None:
    page = house.page(who)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(path)
    page.wait_for_load_state("networkidle")
    assert answer and answer.ok
    home = re.match(r"https?://[^/]+", page.url)
    assert home and [url for url in asked if not url.startswith((home[0], "data:", "blob:"))] == []
