"""The pages: a member reads and tries, a curator writes, and nobody sees how far anybody else is."""

import re
from io import BytesIO

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from PIL import Image

from accounts.rules import PROVED_AT
from core import clock
from learning import actions, shipped
from learning.models import Certificate, ChosenPath, LessonPicture, Progress, WrittenLesson
from tests.advocacy.processes import ROOT
from tests.factories import MemberFactory
from tests.learning.conftest import AT, a_card, a_text, finish, ours, put_out, saved, written

pytestmark = pytest.mark.django_db
PARTS = ("key", "title", "body", "picture", "alt", "before", "after", "why")


def signed_in(member) -> Client:
    browser = Client()
    browser.force_login(member)
    session = browser.session
    session[PROVED_AT] = clock.now().timestamp()
    session.save()
    return browser


def read(answer) -> str:
    return answer.content.decode()


def lesson_at(key: str = "voice") -> str:
    return reverse("learning:lesson", args=[key])


def form(*cards: dict[str, str], **more) -> dict[str, object]:
    """As the editor sends it."""
    said = {
        "title": "Our counter",
        "line": "Tell what you see.",
        "topic": "people",
        "kind": "draft",
        "exercise": "Write.",
    }
    given = cards or ({"key": "one", "title": "Stand there", "body": "Look who comes."},)
    rows = {f"card_{part}": [card.get(part, "") for card in given] for part in PARTS}
    return {**said, **rows, "edition": 2, "do": "save", **more}


def a_png() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (3000, 1000), "teal").save(out, "PNG")
    return SimpleUploadedFile("counter.png", out.getvalue(), "image/png")


def test_a_member_reads_tries_and_says_done(member):
    browser = signed_in(member)
    page = read(browser.get(reverse("learning:mine")))
    assert "Your first week" in page and "A good one to begin with" in page and "Nothing is kept of you so far." in page
    page = read(browser.get(lesson_at("first-week")))
    assert page.count("data-card") == len(ours("first-week").original.cards) + 1
    assert reverse("shares:topics") in page and 'role="img"' in page
    assert not Progress.objects.exists()
    assert browser.post(reverse("learning:place", args=["first-week"]), {"card": "2"}).status_code == 204
    assert "Go on reading" in read(browser.get(reverse("learning:mine")))
    assert 'data-place="2"' in read(browser.get(lesson_at("first-week")))
    page = read(browser.post(lesson_at("first-week"), {"do": "later"}, follow=True))
    assert "See what to try" in page and "only its exercise is left" in page
    page = read(browser.post(lesson_at("first-week"), {"do": "done"}, follow=True))
    assert "Done. Nobody else sees it." in page and "Finding your own voice" in page


def test_a_path_is_chosen_finished_and_certified(member):
    browser = signed_in(member)
    address = reverse("learning:path", args=["everybody"])
    page = read(browser.post(reverse("learning:path", args=["sales"]), {"do": "choose"}, follow=True))
    assert "It is your path now" in page and "No longer my path" in page
    assert "lessons left" in read(browser.post(address, {"do": "certificate"}, follow=True))
    finish(member)
    assert "Make my certificate" in read(browser.get(address))
    page = read(browser.post(address, {"do": "certificate"}, follow=True))
    assert member.name in page and "For everybody" in page and "30 November 2026" in page
    assert Certificate.objects.get().number in page
    assert "See your certificate" in read(browser.get(address))


def test_what_is_kept_is_deleted_with_one_tap(member):
    finish(member)
    page = read(signed_in(member).post(reverse("learning:forget"), follow=True))
    assert "is deleted" in page and not Progress.objects.exists()


def test_the_page_finds_by_words_and_by_topic(member, cora):
    put_out(cora)
    browser = signed_in(member)
    page = read(browser.get(reverse("learning:mine"), {"q": "COUNTER comes"}))
    assert "Our counter" in page and "Answering a critic" not in page.partition('id="all"')[2]
    assert "No lesson says that." in read(browser.get(reverse("learning:mine"), {"q": "zeppelin"}))
    found = read(browser.get(reverse("learning:mine"), {"topic": "care"})).partition('id="all"')[2]
    assert "Photographs, and asking first" in found and "Our counter" not in found
    assert browser.get(reverse("learning:mine"), {"topic": "' OR 1", "q": "%" * 500}).status_code == 200


@pytest.mark.parametrize("key", ["no-such", "own-99999999", "desk2", "own-1"])
def test_an_unknown_lesson_is_not_there(member, key):
    browser = signed_in(member)
    assert browser.get(lesson_at(key)).status_code == 404
    assert browser.post(lesson_at(key), {"do": "done"}).status_code == 404
    assert browser.post(reverse("learning:place", args=[key]), {"card": 1}).status_code == 404


def test_a_hidden_a_drafted_and_a_withdrawn_lesson_are_not_there(member, cora):
    actions.hide_lesson(actor=cora, key="voice", at=AT)
    draft, gone = written(cora), put_out(cora)
    actions.withdraw_lesson(actor=cora, lesson=gone, at=AT)
    for key in ("voice", draft.key, gone.key):
        assert signed_in(member).get(lesson_at(key)).status_code == 404


@pytest.mark.parametrize("card", ["", "x", "-1", "1" * 9, "²"])
def test_a_place_that_is_no_number_is_refused(member, card):
    assert signed_in(member).post(reverse("learning:place", args=["voice"]), {"card": card}).status_code == 422
    assert not Progress.objects.exists()


def test_what_is_not_offered_cannot_be_done(member):
    browser = signed_in(member)
    assert browser.post(lesson_at(), {"do": "win"}).status_code == 404
    assert browser.post(reverse("learning:path", args=["sales"]), {"do": "win"}).status_code == 404
    assert browser.get(reverse("learning:path", args=["astronauts"])).status_code == 404
    assert browser.get(reverse("learning:forget")).status_code == 405


def test_the_signed_out_are_led_to_the_sign_in():
    for address in (reverse("learning:mine"), lesson_at(), reverse("learning:desk")):
        assert "/accounts/" in Client().get(address)["Location"]


def test_a_lesson_that_is_not_translated_says_its_language(member):
    member.language = "de"
    member.save()
    browser = signed_in(member)
    browser.cookies["django_language"] = "de"
    page = read(browser.get(lesson_at(), headers={"accept-language": "de"}))
    assert '<ol class="deck" lang="en">' in page
    assert "Für alle" in read(browser.get(reverse("learning:mine"), headers={"accept-language": "de"}))


# Whose progress it is.


def test_no_role_sees_how_far_anybody_is(member):
    """Neither HR nor an administrator, nor a curator or the council, on any page of lessons."""
    finish(member)
    made = actions.make_certificate(actor=member, path=shipped.paths()["everybody"], at=AT)
    for roles in (["hr"], ["administrator"], ["curator"], ["council"], ["hr", "administrator", "curator"]):
        browser = signed_in(MemberFactory(roles=roles))
        page = read(browser.get(reverse("learning:mine")))
        assert "Nothing is kept of you so far." in page and member.name not in page
        assert "0 of 3" in re.sub(r"\s+", " ", read(browser.get(reverse("learning:path", args=["everybody"]))))
        assert browser.get(reverse("learning:certificate", args=[made.number])).status_code == 404
        assert browser.get(reverse("learning:certificate", args=["0000-0000"])).status_code == 404
        desk = browser.get(reverse("learning:desk"))
        assert desk.status_code == (200 if "curator" in roles else 403) and member.name not in read(desk)


def test_no_page_of_lessons_takes_a_person():
    own = next(one for one in get_resolver().url_patterns if getattr(one, "app_name", "") == "learning")
    taken = {name for one in own.url_patterns for name in one.pattern.converters}
    assert taken == {"key", "number", "lesson_id", "name"}


def test_progress_has_no_page_in_the_admin_and_no_reader_elsewhere():
    private = {Progress, ChosenPath, Certificate}
    assert not private & set(admin.site._registry)
    demo = ROOT / "advocacy" / "demo"
    others = [
        path for path in ROOT.glob("*/**/*.py") if path.parts[len(ROOT.parts)] not in ("tests", "learning", ".venv")
    ]
    named = [str(path) for path in others if "learning.models" in path.read_text() and demo not in path.parents]
    assert named == []


def test_no_read_or_verb_counts_progress_over_people():
    """No totals exist at all, so none of a small group either."""
    said = "\n".join(path.read_text() for path in (ROOT / "learning").rglob("*.py"))
    for table in ("Progress", "ChosenPath", "Certificate"):
        reads = re.findall(rf"{table}\.objects\.\w+\(\s*(\w*)", said)
        assert reads and set(reads) <= {"member"}, table


# Curators.


def test_a_curator_writes_publishes_and_a_member_finds_it(member, cora):
    browser = signed_in(cora)
    made = browser.post(reverse("learning:begin"), {"title": "Our counter", "language": "en"})
    row = WrittenLesson.objects.get()
    answer = browser.post(made["Location"], form(edition=1, do="preview"))
    assert answer["Location"].startswith(reverse("learning:preview", args=[row.pk]))
    row.refresh_from_db()
    page = read(browser.get(answer["Location"]))
    assert "Publish this lesson" in page and "Look who comes." in page and "I have done it" not in page
    page = read(browser.post(reverse("learning:act", args=[row.pk, "publish"]), {"edition": row.edition}, follow=True))
    assert "It is published." in page
    assert "Our counter" in read(signed_in(member).get(reverse("learning:mine")))
    assert "Look who comes." in read(signed_in(member).get(lesson_at(row.key)))
    browser.post(reverse("learning:act", args=[row.pk, "withdraw"]))
    assert signed_in(member).get(lesson_at(row.key)).status_code == 404


@pytest.mark.parametrize("roles", [[], ["hr"], ["administrator"], ["council"]])
def test_the_desk_is_for_curators(cora, roles):
    row, browser = written(cora), signed_in(MemberFactory(roles=roles))
    for address in (
        reverse("learning:desk"), reverse("learning:begin"), reverse("learning:edit", args=[row.pk]),
        reverse("learning:preview", args=[row.pk]),
    ):  # fmt: skip
        assert browser.get(address).status_code == 403
        assert browser.post(address, form()).status_code == 403
    assert browser.post(reverse("learning:act", args=[row.pk, "publish"]), {"edition": 2}).status_code == 403
    assert browser.post(reverse("learning:ours", args=["voice"]), {"do": "hide"}).status_code == 403
    row.refresh_from_db()
    assert row.state == "draft" and "voice" in read(browser.get(reverse("learning:mine")))


@pytest.mark.parametrize(
    "bad",
    [{"edition": "x"}, {"edition": 1}, {"topic": "space"}, {"kind": "community"}, {"title": "My words " * 20}],
)
def test_a_broken_form_keeps_what_was_typed(cora, bad):
    row = written(cora)
    answer = signed_in(cora).post(
        reverse("learning:edit", args=[row.pk]),
        form({"key": "one", "title": "Mine", "body": "My words, not lost."}, **bad),
    )
    assert answer.status_code == 422 and "My words, not lost." in read(answer)
    row.refresh_from_db()
    assert row.edition == 2


def test_a_title_that_nobody_could_see_is_refused_with_a_sentence(cora):
    made = signed_in(cora).post(reverse("learning:begin"), {"title": "\x07", "language": "en"})
    assert made.status_code == 422 and not WrittenLesson.objects.exists()


def test_what_is_pasted_keeps_its_headings_in_cards_and_exercise(cora):
    page = signed_in(cora).get(reverse("learning:edit", args=[written(cora).pk])).content.decode()
    assert page.count("data-paste") == page.count('name="card_body"') + 1


def test_what_a_colleague_saved_meanwhile_is_not_overwritten_unseen(cora, karl):
    row = written(cora)
    address = reverse("learning:edit", args=[row.pk])
    signed_in(karl).post(address, form({"key": "one", "title": "Theirs", "body": "Theirs."}))
    answer = signed_in(cora).post(address, form({"key": "one", "title": "Mine", "body": "My words."}))
    assert answer.status_code == 422 and "saved this lesson meanwhile" in read(answer) and "My words." in read(answer)
    assert 'name="edition" value="3"' in read(answer)
    assert (
        signed_in(cora).post(address, form({"key": "one", "title": "Mine", "body": "My words."}, edition=3)).status_code
        == 302
    )


def test_a_picture_needs_words_and_is_not_chosen_twice(member, cora):
    row = put_out(cora)
    address = reverse("learning:edit", args=[row.pk])
    card = {"key": "one", "title": "Stand there", "body": "Look."}
    answer = signed_in(cora).post(address, form(card, card_upload_1=a_png()))
    kept = LessonPicture.objects.get()
    assert answer.status_code == 422 and "say what each picture shows" in read(answer)
    assert f'value="own:{kept.pk}" selected' in read(answer)
    card |= {"picture": f"own:{kept.pk}", "alt": "A counter, seen from the door"}
    assert signed_in(cora).post(address, form(card)).status_code == 302
    assert (kept.file.width, kept.file.height) == (1200, 400)
    page = read(signed_in(member).get(lesson_at(row.key)))
    assert f'src="{kept.file.url}" alt="A counter, seen from the door"' in page


def test_a_picture_of_another_lesson_is_not_taken(cora):
    mine, other = written(cora), written(cora)
    kept = actions.keep_picture(actor=cora, lesson=other, upload=a_png(), at=AT)
    card = {"key": "one", "title": "T", "body": "B", "picture": f"own:{kept.pk}", "alt": "x"}
    signed_in(cora).post(reverse("learning:edit", args=[mine.pk]), form(card))
    mine.refresh_from_db()
    assert mine.content["en"]["cards"][0]["picture"] == ""


def test_a_translation_has_its_original_beside_it(member, cora):
    row = saved(cora, written(cora), a_text(a_card(picture="door", alt="A door")))
    actions.publish_lesson(actor=cora, lesson=row, edition=row.edition, at=AT)
    address = reverse("learning:edit", args=[row.pk]) + "?language=de"
    page = read(signed_in(cora).get(address))
    assert (
        '<blockquote class="original said soft" lang="en">Look who comes in.' in page and "A door</blockquote>" in page
    )
    card = {"key": "one", "title": "An der Theke", "body": "Schauen, wer kommt.", "picture": "door"}
    german = {"title": "Unsere Theke", "line": "Erzählen", "exercise": "Schreiben", "edition": 3}
    page = read(signed_in(cora).post(address, form(card, **german), follow=True))
    assert "1 part is not translated yet" in page
    member.language = "de"
    member.save()
    browser = signed_in(member)
    assert "Look who comes in." in read(browser.get(lesson_at(row.key)))
    signed_in(cora).post(address, form({**card, "alt": "Eine Tür"}, **german | {"edition": 4}))
    page = read(browser.get(lesson_at(row.key)))
    assert "Schauen, wer kommt." in page and "Eine Tür" in page and 'drawing" viewBox' in page
    assert signed_in(cora).get(reverse("learning:edit", args=[row.pk]) + "?language=tlh").status_code == 404


def test_one_of_ours_is_hidden_shown_and_copied(member, cora):
    browser, address = signed_in(cora), reverse("learning:ours", args=["voice"])
    assert "It is hidden." in read(browser.post(address, {"do": "hide"}, follow=True))
    assert "Hidden" in read(browser.get(reverse("learning:desk")))
    browser.post(address, {"do": "show"})
    made = browser.post(address, {"do": "copy"})
    assert "Borrowed words are easy to spot" in read(browser.get(made["Location"]))
    for key, do in (("voice", "eat"), ("no-such", "eat")):
        assert browser.post(reverse("learning:ours", args=[key]), {"do": do}).status_code == 404
    assert "no such lesson" in read(
        browser.post(reverse("learning:ours", args=["no-such"]), {"do": "copy"}, follow=True)
    )


def test_markup_on_a_card_is_shown_as_words(member, cora):
    row = put_out(cora, a_card(body="<script>alert(1)</script> **Never** alone.", after="<b>x</b>"))
    page = read(signed_in(member).get(lesson_at(row.key)))
    assert "<script>alert" not in page and "<strong>Never</strong>" in page and "&lt;b&gt;x" in page


# How much is asked.


def test_the_page_asks_the_same_few_questions_whatever_there_is(member, cora):
    browser = signed_in(member)
    put_out(cora)
    browser.get(reverse("learning:mine"))
    before = questions(browser)
    assert before <= 16
    for _ in range(4):
        put_out(cora)
    finish(member)
    finish(member, "sales")
    actions.choose_path(actor=member, path=shipped.paths()["sales"], at=AT)
    assert questions(browser) <= before


def questions(browser: Client, address: str = "") -> int:
    """Of the second look: what is remembered for a few seconds is known by then."""
    browser.get(address or reverse("learning:mine"))
    with CaptureQueriesContext(connection) as asked:
        browser.get(address or reverse("learning:mine"))
    return len(asked)


def test_a_lesson_with_many_pictures_asks_once_for_them(member, cora):
    row = written(cora)
    one, *more = [actions.keep_picture(actor=cora, lesson=row, upload=a_png(), at=AT) for _ in range(4)]
    cards = [a_card(f"c{pic.pk}", picture=f"own:{pic.pk}", alt="x") for pic in (one, *more)]
    saved(cora, row, a_text(cards[0]))
    actions.publish_lesson(actor=cora, lesson=row, edition=row.edition, at=AT)
    browser = signed_in(member)
    before = questions(browser, lesson_at(row.key))
    saved(cora, row, a_text(*cards))
    assert questions(browser, lesson_at(row.key)) == before


def test_the_desk_asks_the_same_whatever_was_written(cora):
    browser = signed_in(cora)
    written(cora)
    before = questions(browser, reverse("learning:desk"))
    for _ in range(5):
        put_out(cora)
    assert questions(browser, reverse("learning:desk")) == before
