"""What a curator says of a suggestion besides its words, from the editor to whoever reads, compares and shares it."""

import re

import pytest

from accounts.models import Organisation
from accounts.queries import forget_kept
from content import actions, queries
from content.actions import CaptionWords
from content.models import Caption, Phrase, Story
from tests.content.conftest import AT, signed_in, words
from tests.content.test_views import NEW, story_form, text_of
from tests.factories import LinkedAccountFactory, MemberFactory

FIXED, MINE = "Capital at risk, as always.", "I drew the hinge, and it holds."
TWO = {"caption_id": ["", ""], "caption_connector": ["", ""], "caption_language": ["en", "en"]}
BOTH = story_form(**TWO, caption_text=[FIXED, MINE], caption_locked=["0"], caption_for_makers=["1"])


@pytest.fixture
def browser(sofia):
    return signed_in(sofia)


@pytest.fixture
def story(browser) -> Story:
    browser.post(NEW, BOTH)
    return Story.objects.get()


def go_live(story: Story) -> Story:
    Story.objects.filter(pk=story.pk).update(state="live", live_at=AT)
    return Story.objects.get(pk=story.pk)


def compared(browser, story: Story, before: int, after: int) -> str:
    page = text_of(browser.get(f"/curate/stories/{story.pk}/history/", {"from": before, "to": after}))
    return page.partition('class="compared"')[2].partition("</dl>")[0]


def marks(story: Story) -> dict[str, tuple[bool, bool]]:
    return {one.text: (one.locked, one.for_makers) for one in story.captions.all()}


def ticked(page: str) -> list[str]:
    boxes = [tag for tag in re.findall(r'<input type="checkbox"[^>]*>', page) if "caption_" in tag and "checked" in tag]
    return [" ".join(re.findall(r'(?:name|value)="([^"]*)"', tag)) for tag in boxes]


def test_a_suggestion_is_fixed_or_for_those_who_worked_on_it(browser, story):
    assert marks(story) == {FIXED: (True, False), MINE: (False, True)}
    page = text_of(browser.get(f"/curate/stories/{story.pk}/"))
    assert ticked(page) == ["caption_locked 0", "caption_for_makers 1"]


def test_rows_come_and_go_and_each_keeps_what_was_ticked(browser):
    assert ticked(text_of(browser.post(NEW, BOTH | {"do": "add"}))) == ["caption_locked 0", "caption_for_makers 1"]
    assert ticked(text_of(browser.post(NEW, BOTH | {"do": "drop:0"}))) == ["caption_for_makers 0"]
    assert ticked(text_of(browser.post(NEW, BOTH | {"title": ""}))) == ["caption_locked 0", "caption_for_makers 1"]


def test_a_box_without_its_tick_takes_the_mark_off(browser, story):
    ids = [str(one.pk) for one in story.captions.order_by("pk")]
    browser.post(f"/curate/stories/{story.pk}/", story_form(**TWO | {"caption_id": ids}, edition="1",
        caption_text=[FIXED, MINE], caption_locked=["1"]))  # fmt: skip
    assert marks(story) == {FIXED: (False, False), MINE: (True, False)}


def test_a_mark_alone_is_a_change_that_two_tabs_notice(browser, story):
    ids = [str(one.pk) for one in story.captions.order_by("pk")]
    form = story_form(**TWO | {"caption_id": ids}, edition="1", caption_text=[FIXED, MINE], caption_locked=["0"])
    browser.post(f"/curate/stories/{story.pk}/", form)
    assert browser.post(f"/curate/stories/{story.pk}/", form).status_code == 302, "a double click is none"
    assert browser.post(f"/curate/stories/{story.pk}/", form | {"caption_locked": ["1"]}).status_code == 409


def test_who_approves_reads_how_each_is_used(browser, story, dai):
    actions.submit_story(actor=story.created_by, story=story, at=AT)
    page = " ".join(text_of(signed_in(dai).get(f"/curate/stories/{story.pk}/")).split())
    assert "Every platform · English · goes out as it stands" in page
    assert "Every platform · English · for those who worked on it" in page


def test_a_comparison_says_what_became_of_it_and_going_back_brings_it_back(browser, story):
    ids = [str(one.pk) for one in story.captions.order_by("pk")]
    changed = TWO | {"caption_id": ids, "caption_connector": ["x", ""], "caption_text": [FIXED, "I drew it."]}
    browser.post(f"/curate/stories/{story.pk}/", story_form(edition="1") | changed)
    told = compared(browser, story, 1, 2)
    assert "Suggestion 1 is used" in told and "goes out as it stands" in told and "Suggestion 2 is used" in told
    browser.post(f"/curate/stories/{story.pk}/restore/", {"edition": "1"})
    assert marks(story) == {FIXED: (True, False), MINE: (False, True)}
    assert compared(browser, story, 1, 3) == ""


def test_an_edition_from_before_marks_were_kept_leaves_them_as_they_are(browser, story):
    version = story.versions.get()
    for one in version.content["captions"]:
        del one["locked"], one["for_makers"]
    version.save()
    browser.post(f"/curate/stories/{story.pk}/restore/", {"edition": "1"})
    assert marks(story) == {FIXED: (True, False), MINE: (False, True)}


def test_colleagues_find_fixed_words_fixed_and_only_makers_find_theirs(browser, story, sofia):
    go_live(story)
    maker, other = (LinkedAccountFactory().member for _ in range(2))
    actions.ask_maker(actor=sofia, story=go_live(story), member=maker, at=AT)
    address = f"/stories/{story.pk}/share/"
    assert MINE in text_of(signed_in(maker).get(address))
    page = text_of(signed_in(other).get(address))
    assert FIXED in page and "They go out as they stand." in page and MINE not in page


def test_in_a_regulated_firm_such_a_story_takes_no_other_words(browser, story):
    Organisation.objects.create(regulated=True)
    forget_kept()
    Caption.objects.filter(text=MINE).update(for_makers=False)
    page = text_of(signed_in(LinkedAccountFactory().member).get(f"/stories/{go_live(story).pk}/share/"))
    assert FIXED in page and MINE not in page


def test_words_that_may_not_change_hold_no_blank(browser):
    form = story_form(caption_text=["I did [[what I did]] today"], caption_locked=["0"])
    answer = browser.post(NEW, form)
    assert answer.status_code == 422 and "nobody could fill it in" in text_of(answer)
    assert "I did [[what I did]] today" in text_of(answer) and not Story.objects.exists()


# A sentence for those who worked on it


READY = {
    "en": "I was part of the team that built this, and we are proud of it.",
    "de": "Ich gehöre zu dem Team, das das gebaut hat, und wir sind stolz darauf.",
}


@pytest.mark.parametrize(("language", "spoken"), [("en", "en"), ("de", "de"), ("fr", "en")])
def test_where_somebody_made_it_the_editor_has_a_sentence_ready(browser, draft, sofia, mina, language, spoken):
    sentence = READY[spoken]
    Organisation.objects.create(languages=["en", "de", "fr"])
    Story.objects.filter(pk=draft.pk).update(language=language)
    address = f"/curate/stories/{draft.pk}/"
    assert "Add this sentence for them" not in text_of(browser.get(address)), "nobody is asked yet"
    actions.ask_maker(actor=sofia, story=draft, member=mina, at=AT)
    page = text_of(browser.get(address))
    assert sentence in page and "Add this sentence for them" in page
    form = story_form(language=language, edition="1", caption_text=["Typed with care."])
    page = text_of(browser.post(address, form | {"do": "first"}))
    assert ticked(page) == ["caption_for_makers 1"] and "Typed with care." in page
    assert "Add this sentence for them" not in page and draft.captions.get().text == "Warm bread, quiet street."
    browser.post(address, form | TWO | {"caption_language": [language, spoken], "caption_for_makers": ["1"],
        "caption_text": ["Typed with care.", sentence]})  # fmt: skip
    made = draft.captions.get(for_makers=True)
    assert (made.text, made.language) == (sentence, spoken)
    assert "Add this sentence for them" not in text_of(browser.get(address))


def test_nothing_is_ready_where_those_asked_would_rather_not(browser, draft, sofia):
    maker = actions.ask_maker(actor=sofia, story=draft, member=MemberFactory(), at=AT)
    actions.answer_as_maker(actor=maker.member, maker=maker, willing=False, at=AT)
    assert "Add this sentence for them" not in text_of(browser.get(f"/curate/stories/{draft.pk}/"))


# A first comment


BELOW = "The drawings are on our page, if you like to look inside."
COMMENTED = story_form(**TWO, caption_text=[FIXED, MINE], caption_first_comment=["", BELOW])


def test_a_suggestion_carries_a_first_comment_to_whoever_approves_it(browser, sofia, dai):
    browser.post(NEW, COMMENTED)
    story = Story.objects.get()
    assert dict(story.captions.values_list("text", "first_comment")) == {FIXED: "", MINE: BELOW}
    page = text_of(browser.get(f"/curate/stories/{story.pk}/"))
    assert page.count("A first comment, to be put below the post") == 2 and page.count('first-comment" open') == 1
    assert BELOW in page
    actions.submit_story(actor=sofia, story=story, at=AT)
    assert f"First comment: {BELOW}" in text_of(signed_in(dai).get(f"/curate/stories/{story.pk}/"))


def test_rows_come_and_go_and_each_keeps_its_comment(browser):
    for do in ("add", "drop:0", "kind:words"):
        assert BELOW in text_of(browser.post(NEW, COMMENTED | {"do": do}))
    assert BELOW not in text_of(browser.post(NEW, COMMENTED | {"do": "drop:1"}))


def test_a_page_opened_before_there_were_comments_still_saves_its_words(browser):
    browser.post(NEW, story_form(**TWO, caption_text=[FIXED, MINE]))
    assert Caption.objects.count() == 2


def test_a_comment_is_compared_and_comes_back_with_its_edition(browser, sofia):
    browser.post(NEW, COMMENTED)
    story = Story.objects.get()
    ids = [str(one.pk) for one in story.captions.order_by("pk")]
    browser.post(f"/curate/stories/{story.pk}/", COMMENTED | {"edition": "1", "caption_id": ids,
        "caption_first_comment": ["", ""]})  # fmt: skip
    told = compared(browser, story, 1, 2)
    assert "First comment of suggestion 2" in told and "drawings" in told
    browser.post(f"/curate/stories/{story.pk}/restore/", {"edition": "1"})
    assert story.captions.get(text=MINE).first_comment == BELOW


@pytest.mark.parametrize(
    ("text", "comment", "sentence"),
    [
        ("Warm bread.", "I did [[what I did]]", "A first comment holds no blank"),
        ("Warm bread.", "I did [[what", "A first comment holds no blank"),
        ("Warm bread.", "x" * 15_001, "1 characters too many"),
        ("", "Only a comment.", "There are no words in this suggestion yet."),
    ],
)
def test_a_comment_that_is_of_no_use_comes_back(browser, text, comment, sentence):
    answer = browser.post(NEW, story_form(caption_text=[text], caption_first_comment=[comment]))
    assert answer.status_code == 422 and sentence in text_of(answer) and comment in text_of(answer)
    assert not Story.objects.exists()


def test_what_may_not_be_posted_may_not_be_commented_either(browser):
    Phrase.objects.create(words="Carter 3", why="It is shown in spring.", is_rule=True, edited_at=AT)
    queries.forget_phrases()
    form = story_form(do="submit", caption_first_comment=["The Carter 3, and please review us on Google."])
    page = text_of(browser.post(NEW, form, follow=True))
    assert "“Carter 3”: It is shown in spring." in page and "asks colleagues for reviews" in page


def caption(story, text, comment="", **more) -> Caption:
    return story.captions.create(text=text, first_comment=comment, **more)


def test_the_comment_of_the_very_suggestion_comes_first_then_the_best_for_everybody(draft):
    assert queries.first_comment(draft, "Warm bread, quiet street.") == ""
    caption(draft, "Mine.", "I built it.", for_makers=True)
    assert queries.first_comment(draft, "Own words.") == "", "a maker's is nobody else's"
    assert queries.first_comment(draft, "Mine.") == "I built it."
    caption(draft, "Warmes Brot.", "Mehr steht dort.", language="de")
    caption(draft, "On X.", "More on X.", connector="x")
    caption(draft, "Bread.\nWarm.", "More is there.")
    assert queries.first_comment(draft, " Bread. Warm. ") == "More is there."
    assert queries.first_comment(draft, "Own words.") == "More is there."
    caption(draft, "Noch ein Brot.", language="de")
    assert queries.first_comment(draft, "Noch ein Brot.") == "Mehr steht dort.", "in the language of the words"


def test_a_name_stands_on_words_only_as_long_as_they_are_those_words(draft, sofia, mina):
    draft.captions.all().delete()
    text = "Joe hears it from the kettle, long before anybody else does."
    lent = Caption.objects.create(story=draft, text=text, given_by=mina)

    def save(changed: str) -> Caption:
        story = Story.objects.get(pk=draft.pk)
        given = [CaptionWords(changed, id=lent.pk)]
        actions.edit_story(actor=sofia, story=story, words=words(), captions=given, at=AT)
        return Caption.objects.get(pk=lent.pk)

    assert save(text.replace("hears", "heard")).given_by == mina
    assert save("We sell the best vans of the whole north, at prices nobody can match.").given_by is None
