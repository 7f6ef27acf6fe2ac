"""What a member meets on a phone when something goes wrong, with pictures: an account whose permission was revoked, a
month's money that is used up, a story that is withdrawn. Run by main.py, in an installation of its own."""

import tests.browser.setting  # noqa: F401 - Django has to be set up first

# isort: split

import re
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page

from accounts import budgets
from accounts.models import LinkedAccount, PlatformApp, User
from accounts.queries import forget_kept
from content.actions import CaptionWords, StoryWords, approve_story, make_story, submit_story
from content.models import Story
from core import clock
from core.buckets import take
from notifications.models import Mail
from shares.models import Share
from tests.browser.chromium import Complaints, launched
from tests.control import control
from tests.journeys import member
from tests.journeys.firm import address, make_firm
from tests.journeys.outside import ledger
from tests.journeys.patience import until
from tests.journeys.way import DESK, PHONE, say, signed_in

PICTURES = Path(__file__).parents[2] / ".data" / "screenshots"
WHY = "A figure in it was wrong."
ALWAYS = [[0, 24 * 60 - 1]] * 7


def main() -> int:
    began = time.monotonic()
    make_firm()
    User.objects.filter(email=address("Ada")).update(working_hours=ALWAYS)
    PICTURES.mkdir(parents=True, exist_ok=True)
    complaints = Complaints()
    with launched() as browser:
        ada = signed_in(browser, complaints, "Ada", PHONE)
        revoked_and_linked_again(ada)
        money_used_up_and_by_hand(ada)
        seconds = withdrawn_and_deleted(ada, browser, complaints)
    if complaints:
        print("journey: the browser complained:", *complaints, sep="\n  ", file=sys.stderr)
        return 1
    parts = f"relinked=ok by_hand=ok withdrawn=ok cancelled_after={seconds:.1f}s"
    print(f"journey: trouble ok {parts} seconds={time.monotonic() - began:.0f}", flush=True)
    return 0


def revoked_and_linked_again(ada: Page) -> None:
    """Revoked at the platform → told, once → connected again → what waited goes out."""
    story = live_story("A crane that lifts itself")
    member.links(ada, "mastodon")
    account = LinkedAccount.objects.get(connector="mastodon")
    shares(ada, story, "Look at this crane.")
    control("POST", "/revoke", platform="mastodon", remote_id=account.remote_id)
    pass_by(30)
    share = Share.objects.get(story=story)
    until("the share is held", lambda: Share.objects.filter(pk=share.pk, state="held").exists())
    ada.goto("/shares/")
    ada.get_by_text("Waiting for you to reconnect").wait_for()
    picture(ada, "revoked-held")
    ada.goto("/")
    told = ada.locator(".notices .notice", has_text="has to be connected again")
    assert told.count() == 1 and Mail.objects.filter(to=address("Ada"), subject__contains="again").count() == 1
    picture(ada, "revoked-told")
    told.get_by_role("link", name=re.compile("has to be connected again")).click()
    ada.get_by_role("link", name="Connect again").click()
    picture(ada, "revoked-connect-again")
    ada.get_by_role("button", name="Connect Mastodon").click()
    ada.get_by_role("link", name="Continue to Mastodon").click()
    ada.get_by_label("Continue as").fill("ada")
    ada.get_by_role("button", name="Allow").click()
    ada.get_by_text("is connected.").wait_for()
    ada.goto("/shares/")
    ada.get_by_role("link", name=re.compile("See the post")).wait_for(timeout=30_000)
    ada.locator("h2", has_text="On its way").wait_for(state="detached")
    picture(ada, "relinked-posted")
    assert len(posts(share)) == 1
    say("revoked, told once, connected again, posted once")


def money_used_up_and_by_hand(ada: Page) -> None:
    """X costs money: the month's budget pays for one post, the second waits, and goes into its member's hands."""
    PlatformApp.objects.update_or_create(connector="x", origin="", defaults={"monthly_budget": 1})
    forget_kept()
    at = clock.now()
    # Colleagues have had most of that dollar; a post with a link costs twenty cents.
    assert take([budgets.purse("x", costs=650, at=at)], at=at) is None
    first, second = live_story("Rye, and how it grows"), live_story("What a mill weighs")
    member.links(ada, "x")
    for story in (first, second):
        shares(ada, story, f"I was there: {story.title}.", "X")
    pass_by(30)
    waits = Share.objects.filter(connector="x", state="held", held_for="money")
    until("one post is out and one waits", lambda: posted_on_x() == 1 and waits.exists())
    ada.goto("/shares/")
    ada.get_by_text("nothing is left of this month").first.wait_for()
    picture(ada, "budget-waits")
    ada.goto(f"/stories/{live_story('Nothing but flour').pk}/share/")
    ada.get_by_text("budget is used up").first.wait_for()
    picture(ada, "budget-composer")
    ada.goto(f"/shares/{waits.get().pk}/")
    ada.get_by_role("button", name="Post it myself").click()
    ada.get_by_role("button", name=re.compile("I posted it")).wait_for()
    picture(ada, "budget-by-hand")
    ada.get_by_role("button", name=re.compile("I posted it")).click()
    until("it is noted", lambda: Share.objects.filter(connector="x", state="said_posted").exists())
    assert posted_on_x() == 1 and not waits.exists()
    say("the month's money was used up, and the second post went out by hand")


def posted_on_x() -> int:
    return sum(post["platform"] == "x" for post in ledger())


def withdrawn_and_deleted(ada: Page, browser: Browser, complaints: Complaints) -> float:
    """One post of the story is out and one planned; answers with the seconds until the plan had ended."""
    story = live_story("Forty bridges in one night")
    member.links(ada, "linkedin")
    shares(ada, story, "I was on bridge eleven.", "Mastodon")
    pass_by(30)
    out, planned = Share.objects.get(story=story), "I was on bridge twelve."
    until("the post is out", lambda: Share.objects.filter(pk=out.pk, state="published").exists())
    shares(ada, story, planned, "LinkedIn", at=clock.now() + timedelta(days=1))
    cora = signed_in(browser, complaints, "Cora", DESK)
    cora.goto(f"/curate/stories/{story.pk}/")
    cora.get_by_label("Why it is withdrawn").fill(WHY)
    cora.get_by_role("button", name="Withdraw this story").click()
    cora.get_by_text("is withdrawn").wait_for()
    began = time.monotonic()
    until("the plan has ended", lambda: Share.objects.filter(words=planned, state="cancelled").exists())
    seconds = time.monotonic() - began
    ada.goto("/")
    ada.locator(".notices .notice", has_text="one tap").wait_for()
    picture(ada, "withdrawn-told")
    ada.goto("/shares/")
    ada.get_by_text("The story was withdrawn before your post went out.").first.wait_for()
    picture(ada, "withdrawn-plans")
    ada.get_by_role("button", name="Delete my post").click()
    ada.get_by_text("asking the platform to delete").wait_for()
    until("the post is deleted", lambda: Share.objects.filter(pk=out.pk, state="deleted").exists())
    ada.goto(f"/shares/{out.pk}/")
    picture(ada, "withdrawn-deleted")
    assert posts(out) == []
    say(f"withdrawn: the plan ended after {seconds:.1f} s, the post was deleted on request")
    return seconds


def live_story(title: str) -> Story:
    cora, cyril = (User.objects.get(email=address(name)) for name in ("Cora", "Cyril"))
    words = StoryWords(title=title, url="https://mill.example/news", summary="What we did, and what it took.")
    captions = [CaptionWords("Something of ours worth a coffee break.")]
    story = make_story(actor=cora, words=words, captions=captions, at=clock.now())
    return approve_story(actor=cyril, story=submit_story(actor=cora, story=story, at=clock.now()), at=clock.now())


def shares(page: Page, story: Story, words: str, platform: str = "", at: datetime | None = None) -> None:
    page.goto(f"/stories/{story.pk}/share/")
    for box in page.locator("label", has=page.locator("input[name=accounts]")).all():
        box.locator("input").set_checked(not platform or platform in box.inner_text(), force=True)
    page.get_by_label("Your words").fill(words)
    if at is not None:
        page.get_by_label("At a time").check(force=True)
        page.get_by_label("Day and time").fill(at.strftime("%Y-%m-%dT%H:%M"))
    page.locator("#share-button").click()
    page.wait_for_url("**/shares/")


def pass_by(seconds: float) -> None:
    """The time to take it back is over."""
    clock.advance(seconds)


def posts(share: Share) -> list[object]:
    return [post for post in ledger() if post["marker"] == share.link.code and not post["deleted_at"]]


def picture(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"journey-{name}-{PHONE[0]}.png")


if __name__ == "__main__":
    sys.exit(main())
