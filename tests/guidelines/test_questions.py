"""“May I?”: one named person answers the asker alone, and the case book has nobody in it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from core.refusals import MovedOn, NotAllowed, NotReady
from guidelines import actions, queries
from guidelines.actions.questions import PROMISED
from guidelines.models import Case, Question
from notifications.models import Mail, Notice, Wishes
from tests.factories import MemberFactory
from tests.guidelines.conftest import AT, begun, put_out, settled
from tests.guidelines.test_views import signed_in

pytestmark = pytest.mark.django_db
SECRET = "May I show our new bicycle lock?"


@pytest.fixture
def mina():
    return MemberFactory(name="Mina Okafor")


@pytest.fixture
def other():
    return MemberFactory(name="Sam Lund")


def asked(mina, hana, **more) -> Question:
    return actions.ask_question(actor=mina, helper=hana, words=SECRET, at=AT, **more)


def answered(mina, hana) -> Question:
    return actions.answer_question(actor=hana, question=asked(mina, hana), answer="Yes, from Monday.", at=AT)


def in_the_book(mina, hana) -> Case:
    question = answered(mina, hana)
    case = actions.propose_case(actor=hana, question=question, words="May I show it?", answer="From Monday.", at=AT)
    return actions.decide_case(actor=mina, case=case, agrees=True, at=AT)


def test_the_one_who_was_asked_hears_of_it_without_what_it_says(mina, hana):
    question = asked(mina, hana, draft="Look at this")
    notice = Notice.objects.get(member=hana)
    assert "bicycle" not in notice.text and notice.url == reverse("guidelines:questions")
    assert not Mail.objects.filter(text__contains="bicycle").exists()
    assert question.promised_at > AT


def test_the_answer_is_for_the_asker_alone(mina, hana, ines, other):
    question = answered(mina, hana)
    page = reverse("guidelines:question", args=[question.pk])
    assert "From Monday" not in signed_in(mina).get(page).content.decode()
    assert "Yes, from Monday." in signed_in(mina).get(page).content.decode()
    assert signed_in(other).get(page).status_code == 404
    assert signed_in(ines).get(page).status_code == 404, "HR at large reads no questions"
    boss = MemberFactory(roles=["administrator", "council", "curator"])
    assert signed_in(boss).get(page).status_code == 404


@pytest.mark.parametrize("form", [{"do": "answer", "answer": "No."}, {"do": "withdraw"}, {"do": "propose"}])
def test_nobody_else_acts_on_it(mina, hana, other, form):
    page = reverse("guidelines:question", args=[asked(mina, hana).pk])
    assert signed_in(other).post(page, form).status_code == 404
    assert Question.objects.get().state == "open"


def test_only_the_one_who_was_asked_answers_and_hr_once_they_have_left(mina, hana, ines):
    question = asked(mina, hana)
    with pytest.raises(NotAllowed):
        actions.answer_question(actor=ines, question=question, answer="Yes", at=AT)
    User.objects.filter(pk=hana.pk).update(is_active=False)
    question = Question.objects.get(pk=question.pk)
    assert list(queries.questions_for(ines)) == [question]
    assert actions.answer_question(actor=ines, question=question, answer="Yes", at=AT).answered_by == ines


def test_two_answers_at_once_are_one(mina, hana):
    question = asked(mina, hana)
    late = Question.objects.get(pk=question.pk)
    actions.answer_question(actor=hana, question=question, answer="Yes", at=AT)
    with pytest.raises(MovedOn):
        actions.answer_question(actor=hana, question=late, answer="No", at=AT)
    assert Question.objects.get().answer == "Yes"


@pytest.mark.parametrize("words", ["", "   ", "\u200b"])
def test_an_empty_question_is_refused(mina, hana, words):
    with pytest.raises(NotReady):
        actions.ask_question(actor=mina, helper=hana, words=words, at=AT)


def test_it_goes_to_nobody_who_does_not_help(mina, hana, other):
    for helper in (other, mina):
        with pytest.raises(NotReady):
            actions.ask_question(actor=mina, helper=helper, words="May I?", at=AT)


class TestAskingSomebodyElse:
    def test_they_have_it_with_a_promise_of_their_own_and_whoever_had_it_no_more(self, mina, hana, ines):
        question = asked(mina, hana, draft="Look at this")
        page = reverse("guidelines:question", args=[question.pk])
        later = AT + timedelta(days=2)
        promised = question.promised_at
        actions.ask_another(actor=mina, question=question, helper=ines, at=later)
        question.refresh_from_db()
        assert (question.helper, question.words, question.draft) == (ines, SECRET, "Look at this")
        assert question.promised_at > promised and question.promised_at > later
        assert Notice.objects.filter(member=ines).count() == 1
        assert not Notice.objects.filter(member=hana, read_at=None).exists()
        assert signed_in(hana).get(page).status_code == 404
        with pytest.raises(NotAllowed):
            actions.answer_question(actor=hana, question=question, answer="Yes.", at=later)
        actions.answer_question(actor=ines, question=question, answer="Yes.", at=later)

    def test_its_asker_alone_and_only_while_it_waits(self, mina, hana, ines, other):
        question = asked(mina, hana)
        for somebody in (hana, ines, other):
            with pytest.raises(NotAllowed):
                actions.ask_another(actor=somebody, question=question, helper=ines, at=AT)
        for nobody in (hana, other, mina):
            with pytest.raises(NotReady):
                actions.ask_another(actor=mina, question=question, helper=nobody, at=AT)
        actions.answer_question(actor=hana, question=question, answer="Yes.", at=AT)
        with pytest.raises(MovedOn):
            actions.ask_another(actor=mina, question=question, helper=ines, at=AT)

    def test_on_the_page(self, mina, hana, ines):
        question = asked(mina, hana)
        page = reverse("guidelines:question", args=[question.pk])
        shown = signed_in(mina).get(page).content.decode()
        assert "Ask somebody else instead" in shown and f'value="{hana.pk}"' not in shown
        assert "Ask somebody else instead" not in signed_in(hana).get(page).content.decode()
        refused = signed_in(mina).post(page, {"do": "another", "helper": hana.pk})
        assert refused.status_code == 422 and SECRET in refused.content.decode()
        assert signed_in(mina).post(page, {"do": "another", "helper": ines.pk}).status_code == 302
        question.refresh_from_db()
        assert question.helper == ines


def test_what_is_taken_back_leaves_no_words(mina, hana):
    question = asked(mina, hana, draft="Look")
    actions.withdraw_question(actor=mina, question=question, at=AT)
    question.refresh_from_db()
    assert (question.words, question.draft) == ("", "")
    assert not Notice.objects.filter(member=hana, read_at=None).exists()


class TestTheCaseBook:
    def test_it_takes_both(self, mina, hana, other):
        question = answered(mina, hana)
        case = actions.propose_case(actor=hana, question=question, words="May I?", answer="Yes.", at=AT)
        assert not queries.cases("").exists()
        with pytest.raises(NotAllowed):
            actions.decide_case(actor=hana, case=case, agrees=True, at=AT)
        actions.decide_case(actor=mina, case=case, agrees=False, at=AT)
        assert not queries.cases("").exists()

    def test_everybody_finds_it_and_sees_nobody_in_it(self, mina, hana, other):
        in_the_book(mina, hana)
        page = signed_in(other).get(reverse("guidelines:cases") + "?q=monday show").content.decode()
        assert "May I show it?" in page and "Mina" not in page and "bicycle" not in page and "Take it out" not in page
        assert (
            "Nothing with these words"
            in signed_in(other).get(reverse("guidelines:cases") + "?q=zebra").content.decode()
        )

    def test_a_name_in_it_is_refused(self, mina, hana):
        with pytest.raises(NotReady, match="Okafor"):
            actions.propose_case(actor=hana, question=answered(mina, hana), words="Okafor, may I?", answer="Y", at=AT)

    def test_either_takes_it_out_and_nobody_else(self, mina, hana, other):
        case = in_the_book(mina, hana)
        with pytest.raises(NotAllowed):
            actions.take_out_case(actor=other, case=case, at=AT)
        actions.take_out_case(actor=mina, case=case, at=AT)
        assert not queries.cases("").exists()

    def test_it_stays_when_its_asker_is_erased(self, mina, hana):
        in_the_book(mina, hana)
        User.objects.filter(pk=mina.pk).delete()
        assert queries.cases("").count() == 1 and not Question.objects.exists()

    def test_the_book_costs_the_same_with_one_and_with_many(self, mina, hana, django_assert_max_num_queries):
        browser = signed_in(mina)
        for number in range(12):
            Case.objects.create(
                language="en", words=f"May I {number}?", answer="Yes.", by=hana, state="agreed", state_at=AT,
                proposed_at=AT,
            )  # fmt: skip
        browser.get(reverse("guidelines:cases"))
        with django_assert_max_num_queries(9):
            browser.get(reverse("guidelines:cases"))


def test_from_a_paragraph_to_its_helper_and_back_into_what_people_hesitate_about(mina, hana, ines):
    published = put_out(hana, ines, begun(hana))
    settled()
    browser = signed_in(mina)
    page = reverse("guidelines:ask") + f"?guideline={published.guideline_id}&section=customers"
    assert "About: Customers" in browser.get(page).content.decode()
    form = {
        "ask": "1",
        "guideline": published.guideline_id,
        "section": "customers",
        "words": "May I?",
        "helper": hana.pk,
    }
    assert browser.post(reverse("guidelines:ask"), form).status_code == 302
    about = actions.About(published.guideline, "customers")
    for _ in range(3):
        asked(mina, hana, about=about)
    for _ in range(8):
        asked(MemberFactory(password=None), hana, about=about)
    assert queries.asked_about(published) == [], "nine people"
    for _ in range(5):
        asked(MemberFactory(password=None), hana, about=about)
    assert [(one.title, one.asked) for one in queries.asked_about(published)] == [("Customers", 10)]


def test_a_draft_from_the_composer_comes_along_and_a_form_in_error_loses_nothing(mina, hana):
    browser = signed_in(mina)
    came = browser.post(reverse("guidelines:ask"), {"words": "My post about us"}).content.decode()
    assert "My post about us</textarea>" in came
    refused = browser.post(reverse("guidelines:ask"), {"ask": "1", "words": "", "draft": "My post", "helper": hana.pk})
    assert refused.status_code == 422 and "My post" in refused.content.decode()


def test_a_paragraph_that_is_not_for_them_is_not_named(mina, hana):
    version = begun(hana)
    page = signed_in(mina).get(reverse("guidelines:ask") + f"?guideline={version.guideline_id}&section=customers")
    assert "Customers" not in page.content.decode()
    for odd in ("x", "²", "99999999999999", "-1", ""):
        assert signed_in(mina).get(reverse("guidelines:ask") + f"?guideline={odd}").status_code == 200


def test_a_promise_is_kept_in_working_hours(mina, hana):
    hana.working_hours = [[540, 1020]] * 5 + [None, None]
    hana.save()
    friday = AT + timedelta(days=4, hours=5)
    question = actions.ask_question(actor=mina, helper=hana, words="May I?", at=friday)
    assert question.promised_at.weekday() == 0


def test_the_page_of_questions_costs_the_same_with_one_and_with_many(mina, hana, django_assert_max_num_queries):
    browser = signed_in(hana)
    for _ in range(6):
        asked(mina, hana)
    browser.get(reverse("guidelines:questions"))
    with django_assert_max_num_queries(12):
        browser.get(reverse("guidelines:questions"))


def away(member, *, days: int = 5):
    member.away_until = (AT + timedelta(days=days)).date()
    member.save(update_fields=["away_until"])
    return member


class TestWhoIsAway:
    def test_comes_last_and_the_choice_says_until_when(self, mina, hana, ines):
        published = put_out(hana, ines, begun(hana))
        away(hana)
        assert queries.helpers(published.guideline, mina, AT) == [ines, hana], "though named"
        assert queries.who_helps(mina, AT) == [ines, hana]
        assert "away until" in queries.with_absence("Hana", hana, AT)
        assert queries.with_absence("Hana", hana, AT + timedelta(days=9)) == "Hana"
        assert queries.helpers(published.guideline, mina, AT + timedelta(days=9)) == [hana, ines]

    def test_whoever_has_paused_all_messages_comes_last_without_a_word(self, mina, hana, ines):
        Wishes.objects.create(member=hana, paused_until=AT + timedelta(days=2))
        assert queries.helpers(None, mina, AT) == [ines, hana]
        assert queries.with_absence("Hana", hana, AT) == "Hana"

    def test_promises_count_from_when_they_are_back(self, mina, hana):
        hana.time_zone = "America/Los_Angeles"
        assert asked(mina, away(hana)).promised_at == queries.back_from(hana, AT) + PROMISED
        back = queries.back_from(hana, AT).astimezone(ZoneInfo("America/Los_Angeles"))
        assert (back.date() - hana.away_until, back.hour) == (timedelta(days=1), 0)

    def test_asking_costs_the_same_with_one_helper_and_with_many(self, mina, hana, django_assert_num_queries):
        browser = signed_in(mina)
        browser.get(reverse("guidelines:ask"))
        with CaptureQueriesContext(connection) as one:
            browser.get(reverse("guidelines:ask"))
        for _ in range(8):
            MemberFactory(roles=["hr"], password=None)
        with django_assert_num_queries(len(one)):
            browser.get(reverse("guidelines:ask"))


def test_an_answered_question_stays_between_two_when_its_helper_leaves(mina, hana, ines):
    question = answered(mina, hana)
    page = reverse("guidelines:question", args=[question.pk])
    User.objects.filter(pk=hana.pk).update(is_active=False)
    assert signed_in(ines).get(page).status_code == 404
    question = Question.objects.get(pk=question.pk)
    with pytest.raises(NotAllowed):
        actions.propose_case(actor=ines, question=question, words="May I?", answer="Yes.", at=AT)
    assert signed_in(mina).get(page).status_code == 200


def test_whoever_answered_for_somebody_who_left_may_propose_it(mina, hana, ines):
    question = asked(mina, hana)
    User.objects.filter(pk=hana.pk).update(is_active=False)
    question = Question.objects.get(pk=question.pk)
    actions.answer_question(actor=ines, question=question, answer="Yes.", at=AT)
    page = reverse("guidelines:question", args=[question.pk])
    assert "Propose it" in signed_in(ines).get(page).content.decode()
    User.objects.filter(pk=hana.pk).update(is_active=True)
    assert signed_in(ines).get(page).status_code == 200
    assert "Propose it" not in signed_in(hana).get(page).content.decode(), "only whoever answered"


def test_drafts_are_no_subject(mina, hana):
    draft = begun(hana)
    page = signed_in(mina).get(reverse("guidelines:ask") + f"?guideline={draft.guideline_id}&section=customers")
    assert "About:" not in page.content.decode() and f'name="guideline" value="{draft.guideline_id}"' not in (
        page.content.decode()
    )
