"""A share as a member makes it, and everything that may go wrong between two taps."""

import re

from playwright.sync_api import Page, Route, expect

from tests.browser.demo.conftest import Compose, composer_paths, only_one, plans_with
from tests.browser.house import House

SHARES = re.compile("/shares/$")


def test_three_taps_lead_from_a_message_to_a_share(house: House) -> None:
    page = house.page("member", "/?all")
    story = composer_paths(page)[0].removesuffix("share/")
    taps = 1  # the link in the message
    page.goto(story)
    taps += tap(page, "link", "Share this story")
    taps += tap(page, "button", re.compile("^Share to"))
    expect(page).to_have_url(SHARES)
    expect(page.locator("[data-undo]")).to_be_visible()
    assert taps == 3


def tap(page: Page, role: str, name: str | re.Pattern[str]) -> int:
    page.get_by_role(role, name=name).tap()  # type: ignore[arg-type]
    return 1


def test_a_share_can_be_taken_back_for_twenty_seconds(compose: Compose) -> None:
    # Ruth, because the bar offers the newest plan and other tests plan for Mina meanwhile.
    page = compose(1, "hr")
    page.get_by_label("Your words").fill("Sent, and thought better of.")
    page.locator("#share-button").click()
    expect(page.locator("[data-undo-left]")).to_have_text(re.compile(r"^(1?\d|20)$"))
    page.locator("[data-undo] button").click()
    expect(page.locator("main")).to_contain_text("Taken back. Nothing was posted.")


def test_a_double_click_makes_one_post(compose: Compose) -> None:
    page = compose(2)
    only_one(page)
    page.get_by_label("Your words").fill("Pressed twice in a hurry.")
    page.locator("#share-button").dblclick()
    expect(page).to_have_url(SHARES)
    assert plans_with(page, "Pressed twice in a hurry.") == 1


def test_going_back_and_sharing_again_makes_no_second_post(compose: Compose) -> None:
    page = compose(3)
    only_one(page)
    page.get_by_label("Your words").fill("Once is enough for this one.")
    page.locator("#share-button").click()
    expect(page).to_have_url(SHARES)
    page.go_back()
    if page.get_by_label("Your words").input_value() == "Once is enough for this one.":
        page.locator("#share-button").click()
        page.wait_for_load_state()
    assert plans_with(page, "Once is enough for this one.") == 1


def test_two_tabs_lose_nothing(compose: Compose) -> None:
    first = compose(4)
    second = first.context.new_page()
    second.goto(first.url)
    for page, words in ((first, "Said in the first tab."), (second, "Said in the second tab.")):
        only_one(page)
        page.get_by_label("Your words").fill(words)
    first.locator("#share-button").click()
    expect(first).to_have_url(SHARES)
    second.locator("#share-button").click()
    second.wait_for_load_state()
    kept = second.get_by_label("Your words")
    # Either it goes out as well, or a sentence says why not and the words are still there.
    assert SHARES.search(second.url) or kept.input_value() == "Said in the second tab."
    assert plans_with(first, "Said in the first tab.") == 1


def test_words_too_long_for_one_platform_hold_back_all(compose: Compose) -> None:
    # Stories move down the list as others are shared beside this test: take one that is still open on Bluesky.
    opened = (compose(number) for number in range(5, 20))
    page = next(
        page for page in opened if page.locator("label.account", has_text="Bluesky").locator(":enabled").count()
    )
    words = "Too long for one of them. " * 14
    page.get_by_label("Your words").fill(words)
    page.locator("#share-button").click()
    expect(page.get_by_role("alert")).to_contain_text("Bluesky")
    expect(page.get_by_label("Your words")).to_have_value(re.compile("^Too long for one of them"))
    assert plans_with(page, "Too long for one of them.") == 0


def test_a_time_in_the_past_is_answered_in_a_sentence(compose: Compose) -> None:
    page = compose(6)
    page.get_by_label("Your words").fill("Sent into yesterday.")
    page.get_by_label("At a time").check(force=True)
    page.get_by_label("Day and time").fill("2020-01-01T09:00")
    page.locator("#share-button").click()
    expect(page.get_by_label("Your words")).to_have_value("Sent into yesterday.")
    expect(page.locator("main .error, main [role=alert]").first).to_be_visible()
    assert plans_with(page, "Sent into yesterday.") == 0


def test_a_session_that_ended_returns_to_the_form_with_the_words(compose: Compose) -> None:
    page = compose(7)
    back = page.url
    words = page.get_by_label("Your words")
    words.fill("Typed while the session ended.")
    page.context.clear_cookies(name=re.compile("^session"))
    page.locator("#share-button").click()
    expect(page).to_have_url(re.compile("/accounts/login/"))
    page.get_by_label("E-mail address or sign-in name").fill("mina.okafor@brackenby.example")
    page.get_by_role("button", name="Send me a mail instead").click()
    page.get_by_label(re.compile("code", re.I)).fill(newest_code(page))
    page.get_by_role("button", name="Sign in with the code").click()
    expect(page).to_have_url(back)
    expect(page.get_by_label("Your words")).to_have_value("Typed while the session ended.")


def newest_code(page: Page) -> str:
    mails = page.context.new_page()
    mails.goto("/outbox/")
    code = re.search(r"\b(\d{6}) signs you in", mails.locator("main").inner_text())
    mails.close()
    assert code
    return code[1]


def test_without_a_connection_the_words_stay_on_the_device(compose: Compose, house: House) -> None:
    page = compose(8)
    words = page.get_by_label("Your words")
    page.context.set_offline(True)
    words.fill("Typed in a tunnel.")
    page.wait_for_timeout(800)  # the page's own pause before it tries to save
    page.context.set_offline(False)
    page.reload()
    expect(words).to_have_value("Typed in a tunnel.")
    # What could not be sent is told to the console by htmx; that is the point here.
    house.complaints.clear()


def test_what_fills_a_blank_stays_on_the_device_too(compose: Compose, house: House) -> None:
    page = compose(8)
    page.get_by_label("Your words").fill("I did [[what I did]] on this one.")
    blank = page.get_by_label("what I did")
    expect(blank).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    blank.fill("the brakes")
    page.wait_for_timeout(800)
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_label("what I did")).to_have_value("the brakes")
    house.complaints.clear()


def test_words_saved_while_the_page_is_left_are_in_the_page_that_comes(compose: Compose, house: House) -> None:
    page = compose(5)
    words = page.get_by_label("Your words")
    page.context.set_offline(True)
    words.fill("Typed between two tunnels.")
    page.wait_for_timeout(800)

    under_way: list[Route] = []

    def answer_first(route: Route) -> None:
        written_before = route.fetch()
        saving = under_way.pop()
        with page.expect_event("requestfinished", lambda request: request == saving.request):
            saving.continue_()
        route.fulfill(response=written_before)

    page.route("**/draft/", lambda route: under_way.append(route))
    page.route("**/share/", answer_first, times=1)
    with page.expect_request("**/draft/"):
        page.context.set_offline(False)
    page.reload()
    expect(words).to_have_value("Typed between two tunnels.")
    house.complaints.clear()


def test_the_composer_works_by_keyboard_alone(compose: Compose) -> None:
    page = compose(9)
    only_one(page)
    reach(page, "document.activeElement.name === 'words'")
    page.keyboard.press("Control+A")
    page.keyboard.type("Written without a mouse.")
    reach(page, "document.activeElement.id === 'share-button'")
    page.keyboard.press("Enter")
    expect(page).to_have_url(SHARES)
    assert plans_with(page, "Written without a mouse.") == 1


def reach(page: Page, there: str) -> None:
    """Tab on until there. Whatever has the focus on the way shows it."""
    for _step in range(60):
        if page.evaluate(there):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Sixty times Tab do not lead to {there}")


def test_a_phone_is_handed_the_picture_with_the_words_where_it_takes_files(house: House) -> None:
    page = house.page("member", "/?all")
    page.add_init_script("""
        navigator.canShare = ({ files }) => files.length > 0;
        navigator.share = async ({ files, text }) => {
            window.handed = [files.map((file) => file.type).join(), text.includes("/go/")];
        };
    """)
    page.goto(composer_paths(page)[0])
    page.get_by_text("Post it yourself somewhere else").click()
    page.get_by_role("button", name="Another app").click()
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Share with an app").click()
    assert page.evaluate("window.handed") == ["image/jpeg", True]
