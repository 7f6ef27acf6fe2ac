"""What a member does on a phone."""

import re

from playwright.sync_api import Page

from tests.journeys.patience import until

NAMES = {"linkedin": "LinkedIn", "x": "X", "mastodon": "Mastodon", "bluesky": "Bluesky"}
WORDS = "I watched this from the first day on. Ask me about the crane 🏗️ anytime."


def links(page: Page, platform: str) -> None:
    """The real dance: our page, the platform's own question, and back."""
    name = NAMES[platform]
    page.goto("/me/accounts/")
    page.get_by_role("link", name=f"Connect {name}").click()
    if platform == "mastodon":
        page.get_by_label("Your address there").fill("@ada@town.example")
    if platform == "bluesky":
        page.get_by_label("Your name there").fill("ada.town.example")
    page.get_by_role("button", name=f"Connect {name}").click()
    page.get_by_role("link", name=f"Continue to {name}").click()
    page.get_by_label("Continue as").fill("ada")
    page.get_by_role("button", name="Allow").click()
    page.get_by_text("is connected.").wait_for()


def shares_to_all(page: Page, composer: str) -> list[str]:
    """Own words to all four at once; answers with the addresses of the posts, once they are out."""
    page.goto(composer)
    for box in page.locator("input[name=accounts]").all():
        box.check(force=True)
    page.get_by_label("Your words").fill(WORDS)
    page.get_by_role("button", name="Share to 4 accounts").click()
    page.wait_for_url("**/shares/")
    posts = page.get_by_role("link", name=re.compile("See the post"))
    until("four posts are out", lambda: posts.count() == len(NAMES))
    return [str(link.get_attribute("href")) for link in posts.all()]
