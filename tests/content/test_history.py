"""Notes, what happened, what each edition said, and the way back."""

from datetime import timedelta

import pytest

from content import actions, queries
from content.actions import CaptionWords
from content.actions.errors import MovedOn, NotAllowed, NotReady
from content.models import Campaign, Story, StoryNote, StoryVersion
from notifications.models import Notice
from tests.content.conftest import AT, signed_in, words
from tests.factories import AudienceFactory, MemberFactory, StoryFactory

HOUR = timedelta(hours=1)


@pytest.fixture
def changed(draft, sofia, dai):
    return actions.edit_story(
        actor=dai, story=draft, words=words(title="A bakery kept its van"), captions=[CaptionWords("Cold bread.")],
        at=AT + HOUR,
    )  # fmt: skip


def test_every_saved_edition_is_kept_with_who_and_when(changed, sofia, dai):
    kept = [(one.edition, one.by, one.at, one.content["title"]) for one in StoryVersion.objects.all()]
    assert kept == [(1, sofia, AT, "A bakery sold its van"), (2, dai, AT + HOUR, "A bakery kept its van")]


def test_a_story_from_before_editions_were_kept_keeps_its_last_one_when_it_changes(draft, sofia):
    StoryVersion.objects.all().delete()
    actions.edit_story(actor=sofia, story=draft, words=words(title="Another"), at=AT + HOUR)
    assert [one.content["title"] for one in StoryVersion.objects.all()] == ["A bakery sold its van", "Another"]


def test_what_differs_is_told_by_its_label(changed):
    new, old = queries.versions(changed)
    assert [one.label for one in queries.compared(old.content, new.content)] == ["Title", "Suggestion 1"]


def test_a_draft_goes_back_to_what_it_said_and_nothing_is_lost(changed, sofia):
    first = StoryVersion.objects.get(edition=1)
    story = actions.restore_version(actor=sofia, story=changed, version=first, at=AT + 2 * HOUR)
    assert (story.title, story.edition, story.captions.get().text) == (
        "A bakery sold its van",
        3,
        "Warm bread, quiet street.",
    )
    assert StoryVersion.objects.count() == 3
    Story.objects.filter(pk=story.pk).update(state="live")
    with pytest.raises(MovedOn):
        actions.restore_version(actor=sofia, story=Story.objects.get(), version=first, at=AT)


def test_history_says_in_words_who_did_what(changed, sofia):
    story = actions.submit_story(actor=sofia, story=changed, at=AT + 2 * HOUR)
    anke = MemberFactory(name="Anke Roth", roles=["curator"])
    actions.approve_story(actor=anke, story=story, at=AT + 3 * HOUR)
    told = [(one.who, one.what) for one in queries.history(story)]
    assert told[0] == ("Anke Roth", "let it go live (edition 2)") and told[-1] == (
        "Sofia Lindqvist",
        "began this story",
    )


def test_history_asks_two_questions_however_long_it_is(changed, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert len(queries.history(changed)) == 2


def test_a_note_is_left_for_curators_and_those_concerned_are_told(draft, sofia, dai, mina):
    actions.write_note(actor=dai, story=draft, text=" A sharper picture? ", at=AT)
    assert StoryNote.objects.get().text == "A sharper picture?"
    assert [one.member for one in Notice.objects.filter(kind="story_note")] == [sofia]
    with pytest.raises(NotAllowed):
        actions.write_note(actor=mina, story=draft, text="Hello", at=AT)
    for text in (" ", "x" * 1001):
        with pytest.raises(NotReady):
            actions.write_note(actor=dai, story=draft, text=text, at=AT)


def test_the_page_compares_and_a_note_too_long_comes_back(changed, sofia, mina):
    browser, address = signed_in(sofia), f"/curate/stories/{changed.pk}/history/"
    page = browser.get(address, {"from": "1", "to": "2"}).content.decode()
    assert "<del>" in page and "taken out:" in page and "<ins>" in page and "added:" in page
    answer = browser.post(address, {"text": "y" * 1001})
    assert answer.status_code == 422 and "y" * 1001 in answer.content.decode()
    assert browser.post(f"/curate/stories/{changed.pk}/restore/", {"edition": "99"}).status_code == 404
    browser.post(f"/curate/stories/{changed.pk}/restore/", {"edition": "1"})
    assert Story.objects.get().title == "A bakery sold its van"
    for path in (address, f"/curate/stories/{changed.pk}/restore/"):
        assert signed_in(mina).post(path, {"edition": "1"}).status_code == 403


# Several at once, and back


def test_what_was_done_to_several_is_undone_by_a_tap(draft, sofia, dai):
    browser = signed_in(sofia)
    page = browser.post("/curate/bulk/", {"act": "submit", "story": [draft.pk], "next": "/curate/"}, follow=True)
    assert Story.objects.get().state == "in_review"
    undo = next(one.extra_tags for one in page.context["messages"]).removeprefix("undo:")
    browser.post(undo)
    assert Story.objects.get().state == "draft"
    answer = browser.post(undo, follow=True)
    assert "0 stories" in answer.content.decode() and Story.objects.get().state == "draft"


def test_draft_again_is_undone_to_where_each_story_was(draft, sofia):
    browser = signed_in(sofia)
    ended = StoryFactory(state="expired")
    gone = StoryFactory(state="withdrawn", withdrawn_reason="Recalled.")
    chosen = {"act": "reopen", "story": [ended.pk, gone.pk], "next": "/curate/"}
    page = browser.post("/curate/bulk/", chosen, follow=True)
    assert set(Story.objects.values_list("state", flat=True)) == {"draft"}
    answer = browser.post(next(one.extra_tags for one in page.context["messages"]).removeprefix("undo:"), follow=True)
    assert "2 stories are back where they were." in answer.content.decode()
    states = {story.pk: (story.state, story.withdrawn_reason) for story in Story.objects.all()}
    assert states == {draft.pk: ("draft", ""), ended.pk: ("expired", ""), gone.pk: ("withdrawn", "Recalled.")}
    assert "among the past stories" in browser.get(f"/curate/stories/{gone.pk}/history/").content.decode()


def test_a_draft_that_was_sent_on_meanwhile_is_not_shelved(draft, sofia, mina):
    with pytest.raises(NotAllowed):
        actions.shelve_story(actor=mina, story=draft, to="withdrawn", at=AT)
    actions.submit_story(actor=sofia, story=draft, at=AT)
    for to in ("expired", "live"):
        with pytest.raises(MovedOn):
            actions.shelve_story(actor=sofia, story=draft, to=to, at=AT)
    assert Story.objects.get().state == "in_review"


def test_an_undo_made_up_or_of_somebody_without_the_role_does_nothing(draft, sofia, mina):
    from content.views.undoing import undo_token

    actions.submit_story(actor=sofia, story=draft, at=AT)
    token = undo_token("submit", [draft], {draft.pk: "draft"})
    assert signed_in(mina).post(f"/curate/undo/{token}/").status_code == 403
    signed_in(sofia).post("/curate/undo/made-up/")
    assert Story.objects.get().state == "in_review" and undo_token("approve", [draft], {}) == ""


# What is no part of an edition


@pytest.fixture
def contest(draft):
    """The draft, which two curators have written, as a story of a campaign with prizes."""
    winter = Campaign.objects.create(
        name="Winter", starts_on=AT.date(), ends_on=AT.date() + timedelta(days=30), has_prizes=True, state="open",
        state_at=AT,
    )  # fmt: skip
    Story.objects.filter(pk=draft.pk).update(campaign=winter)
    return winter


def line_of(story: Story) -> str:
    return queries.disclosure("GB", language="en", story=Story.objects.get(pk=story.pk)).text


def test_going_back_keeps_the_campaign_and_what_a_post_has_to_say_of_it(contest, draft, sofia):
    story = Story.objects.get(pk=draft.pk)
    actions.edit_story(actor=sofia, story=story, words=words(title="Another", campaign=contest), at=AT + HOUR)
    before = line_of(draft)
    assert "can win me a prize" in before
    signed_in(sofia).post(f"/curate/stories/{draft.pk}/restore/", {"edition": "1"})
    story = Story.objects.get(pk=draft.pk)
    assert (story.title, story.campaign) == ("A bakery sold its van", contest)
    assert line_of(draft) == before


def test_going_back_opens_no_closed_story(draft, sofia):
    team = MemberFactory().team
    closed = AudienceFactory(name="Workshop", team=[team.pk])
    actions.edit_story(actor=sofia, story=draft, words=words(title="Another", audience=closed), at=AT + HOUR)
    signed_in(sofia).post(f"/curate/stories/{draft.pk}/restore/", {"edition": "1"})
    assert Story.objects.get(pk=draft.pk).audience == closed


def test_who_approves_reads_the_campaign_and_what_sharing_can_win(contest, draft, sofia, dai):
    actions.submit_story(actor=sofia, story=Story.objects.get(pk=draft.pk), at=AT)
    page = signed_in(dai).get(f"/curate/stories/{draft.pk}/").content.decode()
    assert "Campaign: Winter" in page and "sharing can win a prize, and each post says so" in page
    assert "For everybody" in page
    Campaign.objects.update(state="ended")
    page = signed_in(dai).get(f"/curate/stories/{draft.pk}/").content.decode()
    assert "it has ended" in page and "can win a prize" not in page


def test_that_sharing_is_rewarded_is_compared_in_words(draft, sofia):
    actions.edit_story(actor=sofia, story=draft, words=words(partnership=True), at=AT + HOUR)
    new, old = queries.versions(draft)
    (one,) = [one for one in queries.compared(old.content, new.content) if one.label == "Sharing this is rewarded"]
    assert one.parts == [("del", "No"), ("ins", "Yes")]
