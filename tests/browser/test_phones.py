"""What a phone's browser may lack: a clipboard, a share sheet, a way out of the app around it, a connection."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.chromium import Complaints
from tests.browser.conftest import OpenPage
from tests.factories import LinkedAccountFactory, MemberFactory, ShareFactory, StoryFactory

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Warm bread, quiet street."
NO_CLIPBOARD = """() => { Object.defineProperty(navigator, "clipboard", { value: undefined });
    document.execCommand = () => false; }"""
SELECTED = """() => { const field = document.activeElement;
    return field.value.slice(field.selectionStart, field.selectionEnd); }"""


def composer(open_page: OpenPage, accounts: int = 1) -> Page:
    member = MemberFactory()
    LinkedAccountFactory.create_batch(accounts, member=member)
    page = open_page(reverse("shares:compose", args=[StoryFactory().pk]), member=member)
    page.wait_for_load_state("networkidle")
    return page


def test_where_nothing_can_be_copied_the_words_are_selected_and_a_sentence_says_so(open_page: OpenPage) -> None:
    share = ShareFactory(member=MemberFactory(), account=None, connector="whatsapp", state="handed_over", words=WORDS)
    page = open_page(reverse("shares:share", args=[share.pk]), member=share.member)
    page.evaluate(NO_CLIPBOARD)
    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_text("Copying did not work here. The words are selected")).to_be_visible()
    assert WORDS in page.evaluate(SELECTED)


def test_another_app_is_offered_where_there_is_a_share_sheet_only(open_page: OpenPage) -> None:
    page = composer(open_page)
    page.get_by_text("Post it yourself somewhere else").click()
    chip = page.get_by_role("button", name="Another app")
    if not page.evaluate("'share' in navigator"):
        expect(chip).to_be_hidden()
    page.add_init_script("navigator.share = () => Promise.resolve()")
    page.reload()
    page.get_by_text("Post it yourself somewhere else").click()
    expect(chip).to_be_visible()
    page.add_init_script("navigator.share = undefined")
    page.reload()
    page.get_by_text("Post it yourself somewhere else").click()
    expect(page.get_by_role("button", name="WhatsApp")).to_be_visible()
    expect(chip).to_be_hidden()


def test_the_line_about_the_app_around_a_page_stays_closed(open_page: OpenPage) -> None:
    page = open_page("/accounts/login/")
    page.context.set_extra_http_headers({"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5) [LinkedInApp]/9.31"})
    page.reload()
    line = page.get_by_text("You are reading this inside LinkedIn.")
    expect(line).to_be_visible()
    page.get_by_role("button", name="Close this notice").click()
    expect(line).to_be_hidden()
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(line).to_be_hidden()


def test_without_a_connection_the_words_for_each_account_stay_on_the_device(
    open_page: OpenPage, complaints: Complaints
) -> None:
    page = composer(open_page, accounts=2)
    page.context.set_offline(True)
    page.get_by_text("Other words for one account").click()
    own = page.get_by_label(re.compile("^Words for")).last
    own.fill("For this one alone.")
    expect(page.get_by_text("Kept on this device")).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    expect(own).to_be_visible()
    expect(own).to_have_value("For this one alone.")
    complaints.clear()


def test_words_kept_in_this_browser_are_said_beside_the_code(open_page: OpenPage) -> None:
    page = open_page("/accounts/mail/?next=/stories/7/share/")
    page.evaluate("localStorage.setItem('draft:/stories/7/share/', 'Half a thought')")
    page.get_by_label("E-mail address or sign-in name").fill("ada@firm.example")
    page.get_by_role("button", name=re.compile("mail", re.I)).click()
    expect(page.get_by_text("the words you wrote are kept in this browser")).to_be_visible()
    page.evaluate("localStorage.clear()")
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("the words you wrote are kept in this browser")).to_be_hidden()
