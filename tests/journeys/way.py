"""The whole way, step by step, in a real browser: from a feed to a board that has moved. Run by main.py."""

import tests.browser.setting  # noqa: F401 - Django has to be set up first

# isort: split

import os
import sys
import time
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page

from tests.browser.chromium import Complaints, launched
from tests.journeys import curators, member, outside
from tests.journeys.firm import PASSWORD, TEAM, address, make_firm
from tests.journeys.patience import until

PHONE, DESK = (390, 844), (1280, 800)


@dataclass
class Found:
    """What the last line tells."""

    feeds: int = 0
    stories: int = 0
    live: int = 0
    shares: int = 0
    clicks: int = 0
    readings: int = 0
    board: list[float] = field(default_factory=list)

    def line(self, seconds: float) -> str:
        counts = f"feeds={self.feeds} stories={self.stories} live={self.live} shares={self.shares}"
        back = f"clicks={self.clicks} readings={self.readings} board={self.board[0]:.1f}→{self.board[-1]:.1f}"
        return f"journey: ok {counts} {back} seconds={seconds:.0f}"


def main() -> int:
    began = time.monotonic()
    make_firm()
    complaints = Complaints()
    with launched() as browser:
        found = walk(browser, complaints)
    if complaints:
        print("journey: the browser complained:", *complaints, sep="\n  ", file=sys.stderr)
        return 1
    print(found.line(time.monotonic() - began), flush=True)
    return 0


def walk(browser: Browser, complaints: Complaints) -> Found:
    found = Found()
    cora = signed_in(browser, complaints, "Cora", DESK)
    cyril = signed_in(browser, complaints, "Cyril", DESK)
    ada = signed_in(browser, complaints, "Ada", PHONE)
    found.board.append(points_each(ada))

    addresses = []
    for feed in os.environ["JOURNEY_FEEDS"].split():
        name, arrived = curators.adds_feed(cora, feed)
        story = curators.writes_words_and_submits(cora, name)
        addresses.append(curators.approves(cyril, story))
        found.feeds, found.stories, found.live = found.feeds + 1, found.stories + arrived, found.live + 1
        say(f"“{name}”: {arrived} drafts, one of them live")

    for platform in ("linkedin", "x", "mastodon", "bluesky"):
        member.links(ada, platform)
    say("four accounts linked")
    posts = member.shares_to_all(ada, addresses[0])
    found.shares = len(posts)
    for post in posts:
        outside.reads(ada.context.new_page(), post, member.WORDS)
    say("four posts seen on the platforms")

    found.clicks = outside.strangers_click()
    found.readings = outside.figures_come_back()
    say(f"{found.clicks} visits and {found.readings} readings")
    until("the visits have earned points", outside.visits_earned_points)
    until("the board moves", lambda: points_each(ada) > found.board[0])
    found.board.append(points_each(ada))
    return found


def signed_in(browser: Browser, complaints: Complaints, name: str, size: tuple[int, int]) -> Page:
    context = browser.new_context(
        base_url=os.environ["BASE_URL"], viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce"
    )
    page = context.new_page()
    complaints.hear(page)
    page.goto("/")
    page.get_by_label("E-mail address or sign-in name").fill(address(name))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/")
    return page


def points_each(page: Page) -> float:
    page.goto("/teams/?tab=average")
    row = page.locator("table tr", has_text=TEAM)
    return float(row.locator("td.end").last.inner_text().replace(",", "")) if row.count() else 0.0


def say(text: str) -> None:
    print(f"journey: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
