"""Hints explain, rules stop, and nothing about pay or unions gets onto the list unnoticed."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from content import actions, queries
from content.actions import PhraseWords
from content.actions.errors import NotAllowed, NotReady
from content.actions.phrases import TouchesRights
from content.forms.phrases import PhraseForm
from content.models import Phrase, Story
from content.queries.phrases import pattern_of
from core import clock
from core.models import AuditEntry
from core.protected import PROTECTED, touches_rights
from shares import actions as shares
from shares import gates
from shares.actions import CannotPlan
from tests.content.conftest import AT, signed_in
from tests.content.test_views import NEW, story_form, text_of
from tests.factories import LinkedAccountFactory, MemberFactory, ShareFactory, StoryFactory


@pytest.fixture
def ruth(db):
    return MemberFactory(name="Ruth Calloway", roles=["hr"])


def keep(ruth, words="Carter 3", **changes) -> Phrase:
    why = changes.pop("why", "It is shown in spring.")
    understood = changes.pop("understood", False)
    return actions.keep_phrase(actor=ruth, given=PhraseWords(words, why, **changes), understood=understood, at=AT)


# What is found


@pytest.mark.parametrize(
    ("phrase", "language", "text", "found"),
    [
        ("Carter 3", "", "We rode the CARTER  3 today", "CARTER  3"),
        ("Carter 3", "", "We rode the Carter-3’s ramp", "Carter-3"),
        ("Carter 3", "", "The Carter 30 is older", ""),
        ("Velocargo", "", "Velocargo's van came", "Velocargo's"),
        ("Velocargo", "", "Velocargonaut", ""),
        ("guarantee", "en", "We guaranteed it", "guaranteed"),
        ("guarantee", "en", "We are guaranteeing it", "guaranteeing"),
        ("battery", "en", "Two batteries", "batteries"),
        ("review us", "en", "Please review us now", "review us"),
        ("review us", "en", "Please review\nus now", "review\nus"),
        ("klimaneutral", "de", "ein klimaneutrales Rad", "klimaneutrales"),
        ("grosser Rabatt", "de", "mit großen Rabatten", ""),
        ("großer Rabatt", "de", "GROSSER RABATT", "GROSSER RABATT"),
        ("art", "en", "the arts", ""),
        ("#ee", "", "Lovely day #ee", "#ee"),
        ("#ee", "", "#eel", ""),
        ("don't tell", "en", "Don’t tell anybody", "Don’t tell"),
    ],
)  # fmt: skip
def test_whole_words_with_their_endings_are_found(phrase, language, text, found):
    match = pattern_of(phrase, language).search(text)
    assert (match[0] if match else "") == found


def test_what_nobody_sees_between_the_letters_hides_nothing(ruth):
    keep(ruth, "Carter")
    assert [hint.quote for hint in queries.hints("The Car\u00adter and the C\u200barter")] == ["Carter"]


@given(st.text(min_size=2, max_size=40), st.sampled_from(["", "en", "de", "pl"]), st.text(max_size=60))
def test_any_words_can_stand_on_the_list_and_are_found_as_they_are(words, language, around):
    line = " ".join(words.split())
    if line:
        pattern = pattern_of(line, language)
        pattern.search(around)
        visible = line.translate({0xAD: None, 0x200B: None, 0x200C: None, 0x200D: None, 0x2060: None, 0xFEFF: None})
        assert not visible.strip() or pattern.search(" ".join(visible.split()))


def test_rules_come_first_and_each_phrase_speaks_once(ruth):
    keep(ruth, "kettle", why="Say teapot.")
    keep(ruth, "Carter 3", is_rule=True)
    hints = queries.hints("A kettle, a kettle and the Carter 3")
    assert [(hint.quote, hint.is_rule) for hint in hints] == [("Carter 3", True), ("kettle", False)]


def test_one_query_answers_whatever_the_list_holds(ruth, django_assert_num_queries):
    for number in range(20):
        keep(ruth, f"secret{number}")
    queries.forget_phrases()
    with django_assert_num_queries(1):
        assert len(queries.hints(" ".join(f"secret{number}" for number in range(20)))) == 20


# What stops a post


def plan(words, account=None):
    account = account or LinkedAccountFactory()
    return shares.plan_share(
        actor=account.member, story=StoryFactory(), account=account, words=words, due_at=None, at=clock.now()
    )


def test_a_recommendation_lets_a_post_go_and_a_rule_does_not(ruth):
    keep(ruth, "kettle")
    plan("Joe hears it from the kettle.")
    keep(ruth, "Carter 3", is_rule=True)
    with pytest.raises(CannotPlan, match="“Carter 3”: It is shown in spring."):
        plan("The Carter 3 is quiet.")
    account = LinkedAccountFactory()
    with pytest.raises(CannotPlan, match="Carter 3"):
        shares.plan_assisted(
            actor=account.member, story=StoryFactory(), target="whatsapp", words="The Carter 3", at=clock.now()
        )


def test_a_rule_holds_while_editing_and_at_the_moment_of_sending(ruth):
    share = ShareFactory(words="The quiet one.")
    assert gates.ask(share, clock.now()).verdict is gates.Verdict.YES
    keep(ruth, "Carter 3", is_rule=True)
    with pytest.raises(CannotPlan, match="Carter 3"):
        shares.edit_share(actor=share.member, share=share, words="The Carter 3.", at=clock.now())
    share.words = "The Carter 3."
    assert gates.ask(share, clock.now()).verdict is gates.Verdict.NO


def test_the_composer_says_it_beside_the_words(ruth):
    keep(ruth, "best in the world", language="en", instead="good")
    account, story = LinkedAccountFactory(), StoryFactory()
    browser = signed_in(account.member)
    page = browser.post(
        f"/stories/{story.pk}/draft/", {"words": "It is the best in the world."}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "“best in the world”" in page and "it is up to you" in page and "Use “good”" in page
    assert "“best in the world”" in browser.get(f"/stories/{story.pk}/share/").content.decode()


# What curators suggest


def test_the_editor_says_it_beside_the_suggestion(ruth, sofia):
    keep(ruth, "Carter 3", is_rule=True)
    browser = signed_in(sofia)
    browser.post(NEW, story_form(caption_text=["The Carter 3 is quiet."]))
    page = text_of(browser.get(f"/curate/stories/{Story.objects.get().pk}/"))
    assert "“Carter 3”" in page and "It is shown in spring." in page and "A rule here" in page
    page = text_of(browser.post("/curate/lengths/", story_form(row="0", caption_text=["Another Carter 3"])))
    assert "“Carter 3”" in page


def test_a_story_with_words_nobody_may_post_is_not_sent_on_and_says_which(ruth, sofia, dai):
    keep(ruth, "Carter 3", is_rule=True)
    browser = signed_in(sofia)
    page = text_of(browser.post(NEW, story_form(do="submit", caption_text=["The Carter 3 is quiet."]), follow=True))
    assert "not sent to review yet" in page and "nobody may post here. “Carter 3”: It is shown in spring." in page
    story = Story.objects.get()
    assert story.state == "draft"
    browser.post(
        f"/curate/stories/{story.pk}/", story_form(do="submit", edition="1", caption_text=["The new one is quiet."])
    )
    keep(ruth, "new one", is_rule=True)
    page = text_of(signed_in(dai).post(f"/curate/stories/{story.pk}/approve/", {"edition": "2"}, follow=True))
    assert "“new one”" in page and Story.objects.get().state == "in_review", "the rule came after it was sent"


def test_a_recommendation_keeps_no_story_back(ruth, sofia):
    keep(ruth, "kettle")
    signed_in(sofia).post(NEW, story_form(do="submit", caption_text=["Joe hears it from the kettle."]))
    assert Story.objects.get().state == "in_review"


def test_a_lent_sentence_nobody_may_post_does_not_become_a_suggestion(ruth, sofia):
    share = ShareFactory(state="published", words="The Carter 3 is quiet.")
    lent = actions.lend_sentence(
        actor=share.member, story=share.story, words=share.words, language="en", credited=False, at=AT
    )
    keep(ruth, "Carter 3", is_rule=True)
    page = text_of(signed_in(sofia).post(f"/curate/suggestions/{lent.pk}/use/", follow=True))
    assert "so they cannot be offered. “Carter 3”" in page and not share.story.captions.exists()


# The list


@pytest.mark.parametrize("words", ["overtime", "our union", "fair pay", "Mindestlohn", "Überstunden", "ver.di",
    "the strikes", "Gehaltsabrechnung", "Betriebsratswahl", "working conditions"])  # fmt: skip
def test_pay_hours_conditions_and_unions_need_somebody_who_has_read_the_warning(ruth, words):
    with pytest.raises(TouchesRights, match="right to speak"):
        keep(ruth, words)
    assert not Phrase.objects.exists()
    keep(ruth, words, understood=True)
    entry = AuditEntry.objects.get(kind="phrase_limits_rights")
    assert entry.actor_id == ruth.pk and entry.data["words"] == words


def test_every_protected_word_is_found_by_itself_and_ordinary_ones_are_not():
    assert all(touches_rights(word) for words in PROTECTED.values() for word in words)
    for harmless in ("Carter 3", "spay", "belohnen", "market leader", "reunion", "please review us", "klimaneutral"):
        assert touches_rights(harmless) == "", harmless


def test_changing_a_phrase_into_such_words_warns_as_well(ruth):
    phrase = keep(ruth, "kettle")
    with pytest.raises(TouchesRights):
        actions.keep_phrase(actor=ruth, given=PhraseWords("wages", "No."), phrase=phrase, at=AT)
    phrase = Phrase.objects.get()
    assert phrase.words == "kettle"


def test_the_usual_list_is_added_once_and_touches_nobodys_rights(ruth):
    first = actions.add_usual_phrases(actor=ruth, at=AT)
    assert first == Phrase.objects.count() > 10 and actions.add_usual_phrases(actor=ruth, at=AT) == 0
    assert not Phrase.objects.filter(is_rule=True).exists()
    assert queries.hints("Could you give us five stars?")[0].quote == "give us five stars"


@pytest.mark.parametrize("given", [PhraseWords("x", "Why."), PhraseWords("kettle", " "), PhraseWords("Carter 3", "W.")])
def test_what_does_not_help_anybody_is_refused(ruth, given):
    keep(ruth)
    with pytest.raises(NotReady):
        actions.keep_phrase(actor=ruth, given=given, at=AT)
    assert Phrase.objects.count() == 1


def test_only_hr_and_administrators_keep_it(ruth, sofia, mina):
    phrase = keep(ruth)
    for member in (sofia, mina):
        with pytest.raises(NotAllowed):
            actions.keep_phrase(actor=member, given=PhraseWords("kettle", "No."), at=AT)
        with pytest.raises(NotAllowed):
            actions.remove_phrase(actor=member, phrase=phrase, at=AT)
        for page in ("/hints/", f"/hints/{phrase.pk}/"):
            assert signed_in(member).get(page).status_code == 403
            assert signed_in(member).post(page, {"remove": "yes"}).status_code == 403
    assert Client().get("/hints/").status_code == 302 and Phrase.objects.count() == 1


def test_the_page_warns_keeps_what_was_typed_and_takes_it_once_understood(ruth):
    browser, form = (
        signed_in(ruth),
        {"words": "overtime", "kind": "other", "why": "We would rather not.", "is_rule": ""},
    )
    answer = browser.post("/hints/", form)
    page = answer.content.decode()
    assert answer.status_code == 422 and "I have read this" in page and "We would rather not." in page
    assert browser.post("/hints/", form | {"understood": "on"}).status_code == 302
    browser.post(f"/hints/{Phrase.objects.get().pk}/", {"remove": "yes"})
    assert not Phrase.objects.exists() and AuditEntry.objects.filter(kind="phrase_removed").exists()


def test_a_sentence_can_be_tried(ruth):
    keep(ruth, is_rule=True)
    browser = signed_in(ruth)
    assert "please change it first" in browser.get("/hints/", {"try": "The Carter 3 rolls"}).content.decode()
    assert "Nothing on the list is in it." in browser.get("/hints/", {"try": "A quiet day"}).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("/guidelines/3/#s-not-yet", "/guidelines/3/#s-not-yet"),
        ("{base}/guidelines/3/#s-not-yet", "/guidelines/3/#s-not-yet"),
        ("{base}/guidelines/3/", "/guidelines/3/"),
    ],
)
def test_a_hint_leads_to_a_paragraph_of_a_guideline(settings, typed, kept):
    form = PhraseForm({"words": "the new battery", "kind": "unannounced", "why": "Not yet.", "language": "",
                       "link": typed.format(base=settings.BASE_URL)})  # fmt: skip
    assert form.is_valid() and form.given.link == kept


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["/guidelines/3/../../admin/", "/people/", "javascript:alert(1)", "/guidelines/x/"])
def test_and_to_no_other_page_of_ours(typed):
    form = PhraseForm(
        {"words": "the new battery", "kind": "unannounced", "why": "Not yet.", "language": "", "link": typed}
    )
    assert not form.is_valid()
