"""The forms of guidelines and lessons, as tests/browser/forms.py has the others."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from core import clock
from guidelines.models import Due
from tests.browser import examples
from tests.browser.filling import Fill, at, press, reads


def begin_a_guideline(page: Page) -> None:
    page.goto(at("guidelines:begin", "starter"))
    page.get_by_label("What you call it").fill("People in our care")
    press(page, "Begin the draft")
    expect(page.get_by_label("Title of section 1")).to_have_value("It stays in the room")


def write_a_guideline(page: Page) -> None:
    page.goto(at("guidelines:version"))
    page.get_by_label("Title", exact=True).fill("When your team speaks")
    press(page, "Save")
    reads(page, "Saved.")
    expect(page.get_by_label("Title", exact=True)).to_have_value("When your team speaks")


def say_who_answers(page: Page) -> None:
    page.goto(at("guidelines:terms"))
    page.get_by_label("Who answers questions").fill("Nobody Here")
    press(page, "Save")
    reads(page, "Nobody here is called that.")
    page.get_by_label("Who answers questions").fill("mina okafor")
    press(page, "Save")
    reads(page, "Guidelines")


def ask_in_confidence(page: Page) -> None:
    page.goto(at("guidelines:ask"))
    page.get_by_label("What would you like to know?").fill("May I show the workshop?")
    press(page, "Ask")
    reads(page, "You have an answer by")


def say_no_to_three_questions(page: Page) -> None:
    page.goto(at("guidelines:mine"))
    press(page, "Not this year")
    expect(page.get_by_role("button", name="Not this year")).to_have_count(0)


def try_what_a_lesson_says(page: Page) -> None:
    page.goto(at("learning:lesson"))
    press(page, "I have done it")
    reads(page, "Done. Nobody else sees it.")


def look_for_a_lesson(page: Page) -> None:
    page.goto(at("learning:mine"))
    page.get_by_label("Words to look for").fill("hashtag")
    press(page, "Search")
    reads(page, "Posts that everybody can read")


def choose_a_path(page: Page) -> None:
    page.goto(at("learning:path", "offered"))
    press(page, "Make it my path")
    reads(page, "It is your path now.")


def begin_a_lesson(page: Page) -> None:
    page.goto(at("learning:begin"))
    page.get_by_label("Title").fill("What we say at the counter")
    press(page, "Begin the draft")
    expect(page.get_by_label("Title", exact=True)).to_have_value("What we say at the counter")


def write_a_lesson(page: Page) -> None:
    page.goto(at("learning:edit"))
    page.get_by_label("Title", exact=True).fill("Showing a customer’s bike, again")
    press(page, "Save")
    reads(page, "Saved.")
    expect(page.get_by_label("Title", exact=True)).to_have_value("Showing a customer’s bike, again")


def answer_a_question(page: Page) -> None:
    page.goto(at("guidelines:question", "helper"))
    page.get_by_label("Your answer").fill("Gladly, from Monday on.")
    press(page, "Answer")
    reads(page, "Your answer is there")


def translate_a_guideline(page: Page) -> None:
    page.goto(at("guidelines:translate"))
    page.get_by_label("Title", exact=True).fill("Wenn Ihr Team postet")
    press(page, "Save the translation")
    reads(page, "Saved.")


def record_a_signature(page: Page) -> None:
    page.goto(at("guidelines:paper"))
    page.get_by_label("The name as it stands on the paper").fill("As it stands there")
    page.get_by_label("The day on the paper").fill(clock.now().date().isoformat())
    press(page, "Look it over")
    reads(page, "This is not how")
    page.get_by_label(re.compile("^I have looked at the paper")).check()
    press(page, "Look it over")
    reads(page, "cannot be changed or taken back")
    press(page, "Record this signature")
    reads(page, "is recorded.")


def think_a_situation_through(page: Page) -> None:
    page.locator("#situations input[type=radio]").first.check()
    press(page, "I would do this")
    reads(page, "What helps")


def sign_a_guideline(page: Page) -> None:
    page.goto(at("guidelines:read"))
    Due.objects.filter(member=examples.person("member")).update(opened_at=clock.now() - timedelta(minutes=3))
    while page.locator("#situations input[type=radio]").count():
        think_a_situation_through(page)
        page.goto(at("guidelines:read"))
    page.get_by_label("Sign with your name").fill("Mina Okafor")
    press(page, re.compile("^Sign version"))
    reads(page, "Signed. Thank you for reading it.")


def choose_situations(page: Page) -> None:
    page.goto(at("guidelines:situations"))
    page.locator("select[name=asks]").select_option("2")
    rows = page.locator("fieldset.guideline-section").last
    rows.get_by_label("Title", exact=True).fill("The van at the gate")
    press(page, "Save the situations")
    reads(page, "Saved.")
    expect(page.get_by_label("Title", exact=True).first).to_have_value("The van at the gate")


def rehearse(page: Page) -> None:
    page.goto(at("guidelines:rehearse"))
    page.get_by_label("Write the answer you would give.").fill("I work there, so take it with salt.")
    press(page, "Post it in the practice town")
    reads(page, "Nice that you say where you work")
    for _ in range(3):
        press(page, "Leave it")
    reads(page, "You said where you work.")


def ask_for_evidence_of_nobody(page: Page) -> None:
    page.goto(at("guidelines:packs"))
    page.get_by_label("Person").fill("Nobody At All")
    press(page, "Make the pack")
    reads(page, "Nobody here has this name")
    expect(page.get_by_label("Person")).to_have_value("Nobody At All")


GUIDELINE_FORMS: dict[str, tuple[str, Fill]] = {
    "guidelines:begin": ("hr", begin_a_guideline),
    "guidelines:version": ("hr", write_a_guideline),
    "guidelines:question": ("hr", answer_a_question),
    "guidelines:translate": ("hr", translate_a_guideline),
    "guidelines:paper": ("hr", record_a_signature),
    "guidelines:read": ("member", sign_a_guideline),
    "guidelines:terms": ("hr", say_who_answers),
    "guidelines:ask": ("member", ask_in_confidence),
    "guidelines:mine": ("member", say_no_to_three_questions),
    "learning:mine": ("member", look_for_a_lesson),
    "learning:path": ("hr", choose_a_path),
    "learning:lesson": ("member", try_what_a_lesson_says),
    "learning:begin": ("curator", begin_a_lesson),
    "learning:edit": ("curator", write_a_lesson),
    "guidelines:situations": ("hr", choose_situations),
    "guidelines:rehearse": ("member", rehearse),
    "guidelines:packs": ("hr", ask_for_evidence_of_nobody),
}
