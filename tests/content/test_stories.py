from datetime import timedelta
from uuid import uuid4

import pytest

from content import actions
from content.actions import CaptionWords
from content.actions.errors import BadAddress, EditedMeanwhile, MovedOn, NotAllowed, NotReady
from content.models import Story
from core.models import AuditEntry
from tests.content.conftest import AT, words

LATER = AT + timedelta(hours=1)


def test_a_story_begins_as_a_draft(sofia):
    story = actions.make_story(actor=sofia, words=words(title="  Warm \n bread "), at=AT)
    assert (story.state, story.title, story.created_by, story.edition) == ("draft", "Warm bread", sofia, 1)
    assert AuditEntry.objects.get(about=f"story:{story.pk}").kind == "story_made"


def test_a_member_writes_no_stories(mina):
    with pytest.raises(NotAllowed):
        actions.make_story(actor=mina, words=words(), at=AT)
    assert not Story.objects.exists() and not AuditEntry.objects.exists()


def test_a_form_sent_twice_makes_one_story(sofia, dai):
    key = uuid4()
    first = actions.make_story(actor=sofia, words=words(), key=key, at=AT)
    assert actions.make_story(actor=sofia, words=words(), key=key, at=AT) == first
    assert Story.objects.count() == 1


@pytest.mark.parametrize(
    "url",
    ["", "  ", "javascript:alert(1)", "ftp://blog.example/", "blog", "//blog.example", "http://", "https://a b.example",
     "data:text/html,hi", "file:///etc/passwd", "https://me:secret@blog.example/",
     "https://blog.example/" + "x" * 2000],
)  # fmt: skip
def test_an_address_that_cannot_be_shared_is_refused_kindly(sofia, url):
    with pytest.raises(BadAddress) as caught:
        actions.make_story(actor=sofia, words=words(url=url), at=AT)
    assert caught.value.sentence.endswith((".", "?")) and not Story.objects.exists()


@pytest.mark.parametrize("url", ["http://blog.example/", "https://blog.example/a?b=c#d", "https://bäcker.example/brot"])
def test_an_address_of_the_web_is_taken_as_it_is(sofia, url):
    assert actions.make_story(actor=sofia, words=words(url=url), at=AT).url == url


@pytest.mark.parametrize(
    ("changes", "sentence"), [({"title": " "}, "title"), ({"live_from": LATER, "expires_at": AT}, "end")]
)
def test_what_does_not_fit_is_refused(sofia, changes, sentence):
    with pytest.raises(NotReady, match=sentence):
        actions.make_story(actor=sofia, words=words(**changes), at=AT)


def test_saving_counts_the_edition(draft, dai):
    story = actions.edit_story(actor=dai, story=draft, words=words(title="New"), at=LATER)
    assert (story.title, story.edition, story.edited_by, story.edited_at) == ("New", 2, dai, LATER)


def test_two_people_writing_notice_each_other(draft, sofia, dai):
    shown = draft.edition
    actions.edit_story(actor=dai, story=draft, words=words(title="Dai's"), edition=shown, at=LATER)
    with pytest.raises(EditedMeanwhile, match="Dai Evans saved"):
        actions.edit_story(actor=sofia, story=draft, words=words(title="Sofia's"), edition=shown, at=LATER)
    draft.refresh_from_db()
    assert draft.title == "Dai's"


def test_a_double_click_on_save_is_no_conflict(draft, sofia):
    given = {"words": words(title="Once"), "captions": [CaptionWords("Two wheels.")], "edition": 1}
    actions.edit_story(actor=sofia, story=draft, at=LATER, **given)
    story = actions.edit_story(actor=sofia, story=draft, at=LATER, **given)
    assert story.edition == 2 and [one.text for one in story.captions.all()] == ["Two wheels."]


def test_captions_keep_their_rows_and_leave_when_dropped(draft, sofia):
    kept = draft.captions.get()
    captions = [
        CaptionWords("Bread, still warm.", id=kept.pk),
        CaptionWords("New", "mastodon", "de"),
        CaptionWords("  "),
    ]
    actions.edit_story(actor=sofia, story=draft, words=words(), captions=captions, at=LATER)
    assert sorted(draft.captions.values_list("text", "connector", "language")) == [
        ("Bread, still warm.", "", "en"),
        ("New", "mastodon", "de"),
    ]
    assert draft.captions.filter(pk=kept.pk).exists()


def test_a_caption_of_another_story_is_not_taken_over(draft, sofia):
    other = actions.make_story(actor=sofia, words=words(), captions=[CaptionWords("Theirs.")], at=AT)
    theirs = other.captions.get()
    actions.edit_story(
        actor=sofia, story=draft, words=words(), captions=[CaptionWords("Mine.", id=theirs.pk)], at=LATER
    )
    theirs.refresh_from_db()
    assert (theirs.story, theirs.text) == (other, "Theirs.")


def test_a_refused_save_changes_nothing_at_all(draft, sofia):
    with pytest.raises(BadAddress):
        actions.edit_story(actor=sofia, story=draft, words=words(url="x"), captions=[], at=LATER)
    draft.refresh_from_db()
    assert draft.edition == 1 and draft.captions.count() == 1


@pytest.mark.parametrize("state", ["in_review", "approved", "live", "expired", "withdrawn"])
def test_only_drafts_are_written_on(draft, sofia, state):
    Story.objects.filter(pk=draft.pk).update(state=state)
    stale = Story.objects.get(pk=draft.pk)
    with pytest.raises(MovedOn):
        actions.edit_story(actor=sofia, story=stale, words=words(title="New"), at=LATER)
    with pytest.raises(MovedOn):
        actions.write_caption(actor=sofia, story=stale, text="New", at=LATER)
    # The same when the page was opened before the story moved.
    with pytest.raises(MovedOn):
        actions.edit_story(actor=sofia, story=draft, words=words(title="New"), at=LATER)
    stale.refresh_from_db()
    assert stale.title == "A bakery sold its van" and stale.captions.count() == 1


def test_a_caption_is_added_in_the_storys_language(draft, sofia):
    caption = actions.write_caption(actor=sofia, story=draft, text=" Quiet. ", connector="x", at=LATER)
    assert (caption.text, caption.connector, caption.language) == ("Quiet.", "x", "en")
    with pytest.raises(NotReady):
        actions.write_caption(actor=sofia, story=draft, text=" ", at=LATER)


def test_a_picture_is_left_replaced_or_taken_away(draft, sofia):
    for given, expected in (("stories/a.jpg", "stories/a.jpg"), (None, "stories/a.jpg"), ("", "")):
        story = actions.edit_story(actor=sofia, story=draft, words=words(picture=given), at=LATER)
        assert story.picture.name == expected


def test_the_page_is_asked_for_a_picture_only_on_request(sofia):
    assert actions.make_story(actor=sofia, words=words(), at=AT).picture_due_at is None
    assert actions.make_story(actor=sofia, words=words(), fetches_picture=True, at=AT).picture_due_at == AT
