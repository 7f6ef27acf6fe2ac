"""From an invitation to the first share, on a phone; then what a feed has besides: topics, putting away, searching."""

import re

from playwright.sync_api import Page, expect

from tests.browser.demo.test_sharing import reach
from tests.browser.house import STRANGER, House

PASSWORD = "correct horse battery"


def slip_for(house: House, name: str) -> str:
    """A code on paper, from the people who run the programme."""
    page = house.page("hr", "/people/invite/")
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Make the invitation").click()
    return page.locator(".slip-letters").inner_text().strip()


def join(page: Page, code: str, name: str) -> None:
    page.goto("/join/")
    page.get_by_label("The code on it").fill(code)
    page.get_by_role("button", name="Open my invitation").click()
    page.locator("#id_sign_in_name").fill(f"{name.lower()}{code[:4].lower()}")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Join with a password").click()
    expect(page).to_have_url(re.compile("/welcome/$"))


def focused(words: str) -> str:
    return f"document.activeElement.matches('a, button') && document.activeElement.textContent.includes('{words}')"


def test_from_an_invitation_to_the_first_share(house: House) -> None:
    page = house.page(STRANGER)
    join(page, slip_for(house, "Nia"), "Nia")
    expect(page.locator("main")).to_contain_text("Nobody has to share anything")
    page.get_by_role("button", name="Show me the stories").tap()
    page.get_by_role("link", name="Share this story").first.tap()
    page.wait_for_load_state("networkidle")
    composer = page.url
    page.get_by_label("Your words").fill("My first one, and I was there.")
    page.get_by_role("button", name="Connect an account").tap()
    page.get_by_role("link", name="Connect Mastodon").tap()
    page.get_by_label("Your address there").fill("@nia@town.example")
    page.get_by_role("button", name="Connect Mastodon").tap()
    page.get_by_role("link", name="Continue to Mastodon").tap()
    page.get_by_label("Continue as").fill("nia")
    page.get_by_role("button", name="Allow").tap()
    # Back where the words wait, with the new account chosen.
    expect(page).to_have_url(composer)
    expect(page.get_by_label("Your words")).to_have_value("My first one, and I was there.")
    page.get_by_role("button", name=re.compile("^Share to")).tap()
    expect(page).to_have_url(re.compile("/shares/$"))
    expect(page.locator(".share-row", has_text="My first one, and I was there.")).to_have_count(1)


def test_the_first_run_by_keyboard_alone(house: House) -> None:
    page = house.page(STRANGER)
    join(page, slip_for(house, "Kit"), "Kit")
    reach(page, focused("Show me the stories"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r":\d+/$"))
    reach(page, focused("Share this story"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/share/$"))


def test_the_first_run_without_scripts_keeps_the_words_on_the_way(house: House) -> None:
    code = slip_for(house, "Sam")
    page = house.page(STRANGER, script=False)
    join(page, code, "Sam")
    page.get_by_role("button", name="Show me the stories").click()
    page.get_by_role("link", name="Share this story").first.click()
    page.get_by_label("Your words").fill("Typed without a script.")
    page.get_by_role("button", name="Connect an account").click()
    page.get_by_role("link", name="Back without connecting").click()
    expect(page.get_by_label("Your words")).to_have_value("Typed without a script.")


def test_a_story_put_away_can_be_had_back_at_once(house: House) -> None:
    page = house.page("second", "/")
    first = page.locator("article.story").first
    title = first.locator(".story-title").inner_text()
    first.locator(".story-acts summary").tap()
    first.get_by_role("button", name="Not for me").tap()
    expect(page.locator("#notices")).to_contain_text("Nobody is told.")
    expect(page.locator(".story-title", has_text=title)).to_have_count(0)
    page.locator("#notices").get_by_role("button", name="Undo").tap()
    expect(page.locator(".story-title", has_text=title)).to_have_count(1)


def test_a_search_is_found_narrowed_down_and_kept_without_scripts(house: House) -> None:
    page = house.page("second", "/search/?q=bike", script=False)
    expect(page.locator("article.story").first).to_be_visible()
    page.get_by_role("button", name="Keep this search").click()
    page.goto("/search/")
    page.get_by_role("link", name="“bike”").click()
    page.get_by_role("button", name="Forget it").click()
    expect(page.get_by_role("link", name="“bike”")).to_have_count(0)
