"""What each kind of story asks for, keeps, and lets out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from content import actions, rules
from content.actions import AttachmentWords, CaptionWords
from content.actions.errors import BadAddress, BadPicture, MovedOn
from content.models import Story
from tests.content.conftest import AT, signed_in, words
from tests.content.test_views import story_form, text_of

NEW = "/curate/stories/new/"
PICTURE = AttachmentWords("stories/van.jpg", "picture", "A van in the rain", 800, 600)
PAPER = AttachmentWords("stories/plan.pdf", "document", "The plan")
MP4 = b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 64


def made(sofia, *attachments, captions=("Warm bread.",), **changes):
    texts = [CaptionWords(text) for text in captions]
    return actions.make_story(actor=sofia, words=words(**changes), captions=texts, attachments=attachments, at=AT)


def lacks(story) -> str:
    return " ".join(actions.missing_parts(story, at=AT))


def test_words_alone_keep_neither_address_nor_pictures(sofia):
    story = made(sofia, PICTURE, kind="words", picture="stories/a.jpg")
    assert (story.url, story.picture.name, story.attachments.count()) == ("", "", 0)
    assert lacks(story) == ""


@pytest.mark.parametrize("kind", ["web", "video"])
def test_pages_and_videos_need_an_address(sofia, kind):
    with pytest.raises(BadAddress):
        made(sofia, kind=kind, url=" ")


def test_the_first_picture_of_a_story_of_pictures_is_what_the_feed_shows(sofia):
    story = made(sofia, PICTURE, kind="pictures", url="", picture_rights="own")
    assert (story.picture.name, story.picture_alt, lacks(story)) == ("stories/van.jpg", "A van in the rain", "")


def test_a_story_of_pictures_holds_some_and_one_of_a_document_holds_it(sofia):
    assert "at least one picture" in lacks(made(sofia, kind="pictures"))
    assert "holds no document" in lacks(made(sofia, PAPER, kind="pictures"))
    assert "as a PDF" in lacks(made(sofia, kind="document"))
    assert lacks(made(sofia, PAPER, kind="document")) == ""


def test_what_is_for_reading_only_needs_no_suggestions_and_keeps_none(sofia):
    story = made(sofia, kind="internal", url="")
    assert (story.captions.count(), lacks(story)) == (0, "")
    story.state = "live"
    assert rules.can_see(sofia, story) and not rules.may_share(sofia, story)


def test_pictures_say_whose_they_are(sofia):
    shown = {"picture": "stories/a.jpg", "picture_alt": "A van"}
    assert "whose the picture is" in lacks(made(sofia, **shown))
    assert "from whom" in lacks(made(sofia, **shown, picture_rights="licensed"))
    assert lacks(made(sofia, **shown, picture_rights="licensed", picture_note="Rosa Weber, until 2027")) == ""
    assert "cannot be posted itself" in lacks(made(sofia, PICTURE, kind="pictures", picture_rights="link"))


def test_a_page_without_an_address_is_refused_by_the_table_too(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.create(title="No address", state="draft", state_at=AT, created_at=AT)


def test_a_video_is_known_by_its_first_bytes(db):
    assert actions.take_video([MP4[:10], MP4[10:]]).endswith(".mp4")
    assert actions.take_video([MP4]) == actions.take_video([MP4])
    for other in (b"", b"MZ" + MP4, b"\x00\x00\x00\x18ftypqt  " + b"0" * 9):
        with pytest.raises(BadPicture, match="not an MP4"):
            actions.take_video([other])


def test_of_a_video_too_large_no_more_is_read_than_we_take(db):
    read = []

    def parts():
        for number in range(100):
            read.append(number)
            yield MP4 + bytes(10_000_000)

    with pytest.raises(BadPicture, match="40 MB"):
        actions.take_video(parts())
    assert len(read) < 6


def test_a_story_that_leads_nowhere_gets_no_code_for_posters(sofia):
    story = made(sofia, kind="words")
    Story.objects.filter(pk=story.pk).update(state="live")
    with pytest.raises(MovedOn, match="leads nowhere"):
        actions.make_poster_link(actor=sofia, story=story, at=AT)


# The page


def test_changing_the_kind_loses_nothing_typed_and_asks_for_what_belongs(sofia):
    browser = signed_in(sofia)
    page = text_of(browser.post(NEW, story_form(do="kind:words", title="Only words", kind="web")))
    assert 'value="Only words"' in page and "Warm bread." in page
    assert 'id="id_url"' not in page and 'id="id_picture_alt"' not in page and not Story.objects.exists()
    page = text_of(browser.post(NEW, story_form(do="kind:internal")))
    assert "Suggested words" not in page and 'id="id_url"' in page


def test_a_video_that_is_none_is_refused_and_what_was_typed_comes_back(sofia):
    upload = SimpleUploadedFile("film.mp4", b"not a film at all", "video/mp4")
    answer = signed_in(sofia).post(NEW, story_form(kind="video", video=upload))
    assert answer.status_code == 422 and "not an MP4 video" in text_of(answer)
    assert "A bakery sold its van" in text_of(answer)


def test_a_video_sent_with_a_form_that_is_refused_is_still_there(sofia):
    browser = signed_in(sofia)
    upload = SimpleUploadedFile("film.mp4", MP4, "video/mp4")
    page = browser.post(NEW, story_form(kind="video", title="", video=upload))
    browser.post(NEW, story_form(kind="video", video_kept=page.context["form"].video_token))
    assert Story.objects.get().video.name.endswith(".mp4")


def test_a_kind_nobody_knows_is_refused(sofia):
    answer = signed_in(sofia).post(NEW, story_form(kind="telegram"))
    assert answer.status_code == 422 and not Story.objects.exists()
