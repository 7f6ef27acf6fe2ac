"""What two curators do on their pages."""

import re

from playwright.sync_api import Page

from tests.journeys.patience import until

CAPTION = "Something of ours worth a coffee break."


def adds_feed(page: Page, address: str) -> tuple[str, int]:
    """The feed's own title, and how many drafts it brought."""
    page.goto("/curate/feeds/")
    before = page.locator(".feed-rows .row-title").all_inner_texts()
    page.get_by_label("Address of the feed").fill(address)
    page.get_by_role("button", name="Add this feed").click()

    def come() -> tuple[str, int] | None:
        for row in page.locator(".feed-rows > li").all():
            title, count = row.locator(".row-title").inner_text(), re.search(r"(\d+) stor", row.inner_text())
            if title not in [*before, "127.0.0.1"] and count and int(count[1]):
                return title, int(count[1])
        page.goto("/curate/feeds/")
        return None

    return until(f"{address} is read", come)


def writes_words_and_submits(page: Page, feed: str) -> str:
    """Takes the feed's first draft; answers with the address of its page."""
    page.goto("/curate/lanes/draft/")
    page.locator("article.ticket", has=page.locator(".ticket-topic", has_text=feed)).first.locator("h3 a").click()
    page.get_by_label("Suggested words").first.fill(CAPTION)
    story = page.url
    page.get_by_role("button", name="Send to review").click()
    page.get_by_text("is sent to review").wait_for()
    return story


def approves(page: Page, story: str) -> str:
    """The second person; answers with the address where colleagues share it."""
    page.goto(story)
    page.get_by_role("button", name="Approve this story").click()
    page.get_by_text("is approved").wait_for()
    number = story.rstrip("/").rpartition("/")[2]
    return f"/stories/{number}/share/"
