"""Curators write, publish, withdraw and hide; two at once lose no word."""

import threading
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning import actions, queries
from learning.models import HiddenLesson, LessonPicture, WrittenLesson
from tests.factories import MemberFactory
from tests.learning.conftest import AT, a_card, a_text, ours, put_out, saved, written

pytestmark = pytest.mark.django_db


def test_a_published_lesson_is_found_and_a_withdrawn_one_is_not(cora):
    row = put_out(cora)
    assert queries.library()[row.key].original.title == "Our counter"
    actions.withdraw_lesson(actor=cora, lesson=row, at=AT)
    assert row.key not in queries.library()
    actions.bring_back_lesson(actor=cora, lesson=row, at=AT)
    assert row.state == "draft" and row.key not in queries.library()


def test_a_copy_stands_in_the_place_of_ours_until_it_is_withdrawn(cora):
    row = actions.begin_lesson(actor=cora, language="", copy_of="voice", at=AT)
    assert row.content["en"]["title"] == ours().original.title and row.kind == ours().kind
    saved(cora, row, replace(ours().original, title="Our own voice"))
    assert queries.library()["voice"].original.title == ours().original.title
    actions.publish_lesson(actor=cora, lesson=row, edition=row.edition, at=AT)
    assert queries.library()["voice"].original.title == "Our own voice"
    other = actions.begin_lesson(actor=cora, language="", copy_of="voice", at=AT)
    with pytest.raises(actions.NotReady):
        actions.publish_lesson(actor=cora, lesson=other, edition=other.edition, at=AT)
    actions.withdraw_lesson(actor=cora, lesson=row, at=AT)
    assert queries.library()["voice"].original.title == ours().original.title


def test_one_of_ours_is_hidden_and_shown_again(cora):
    actions.hide_lesson(actor=cora, key="voice", at=AT)
    actions.hide_lesson(actor=cora, key="voice", at=AT)
    assert "voice" not in queries.library() and HiddenLesson.objects.count() == 1
    actions.show_lesson(actor=cora, key="voice", at=AT)
    assert "voice" in queries.library()
    with pytest.raises(actions.NotReady):
        actions.hide_lesson(actor=cora, key="no-such", at=AT)


@pytest.mark.parametrize("roles", [[], ["hr"], ["administrator"], ["council"]])
def test_only_curators_write(cora, roles):
    other, row = MemberFactory(roles=roles), written(cora)
    words = actions.LessonWords("en", a_text())
    png = SimpleUploadedFile("x.png", b"x")
    for attempt in (
        lambda: actions.begin_lesson(actor=other, language="en", title="Mine", at=AT),
        lambda: actions.edit_lesson(actor=other, lesson=row, edition=row.edition, words=words, at=AT),
        lambda: actions.publish_lesson(actor=other, lesson=row, edition=row.edition, at=AT),
        lambda: actions.withdraw_lesson(actor=other, lesson=row, at=AT),
        lambda: actions.bring_back_lesson(actor=other, lesson=row, at=AT),
        lambda: actions.hide_lesson(actor=other, key="voice", at=AT),
        lambda: actions.show_lesson(actor=other, key="voice", at=AT),
        lambda: actions.keep_picture(actor=other, lesson=row, upload=png, at=AT),
    ):
        with pytest.raises(actions.NotAllowed):
            attempt()
    row.refresh_from_db()
    assert row.state == "draft" and not HiddenLesson.objects.exists() and not LessonPicture.objects.exists()


@pytest.mark.parametrize(
    "lacking",
    [
        a_text(title=""),
        a_text(line=" "),
        a_text(exercise=""),
        a_text(a_card(body="")),
        a_text(a_card(picture="door")),
        a_text(a_card(title="", body="", picture="")),
    ],
)
def test_what_lacks_a_part_is_saved_and_not_published(cora, lacking):
    row = saved(cora, written(cora), lacking)
    with pytest.raises(actions.NotReady):
        actions.publish_lesson(actor=cora, lesson=row, edition=row.edition, at=AT)
    assert row.state == "draft"


def test_what_is_out_stays_whole(cora):
    row = put_out(cora)
    with pytest.raises(actions.NotReady):
        saved(cora, row, a_text(a_card(picture="door")))
    saved(cora, row, a_text(a_card(picture="door", alt="A door")))
    assert queries.library()[row.key].original.cards[0].alt == "A door"


def test_two_who_save_at_once_notice_each_other(cora, karl):
    mine = written(cora)
    theirs = WrittenLesson.objects.get(pk=mine.pk)
    saved(karl, theirs, a_text(title="Theirs"))
    with pytest.raises(actions.EditedMeanwhile):
        saved(cora, mine, a_text(title="Mine"))
    with pytest.raises(actions.EditedMeanwhile):
        actions.publish_lesson(actor=cora, lesson=mine, edition=mine.edition, at=AT)
    assert WrittenLesson.objects.get().content["en"]["title"] == "Theirs"


def test_a_translation_is_not_lost_to_who_writes_the_original(cora, karl):
    mine = written(cora)
    theirs = WrittenLesson.objects.get(pk=mine.pk)
    saved(karl, theirs, a_text(title="Unsere Theke"), language="de")
    with pytest.raises(actions.EditedMeanwhile):
        saved(cora, mine, a_text(title="Mine"))
    assert WrittenLesson.objects.get().content["de"]["title"] == "Unsere Theke"


def test_a_half_draft_saved_while_a_colleague_publishes_does_not_get_out(cora, karl):
    mine = written(cora)
    theirs = WrittenLesson.objects.get(pk=mine.pk)
    actions.publish_lesson(actor=karl, lesson=theirs, edition=theirs.edition, at=AT)
    with pytest.raises(actions.EditedMeanwhile):
        saved(cora, mine, a_text(exercise=""))
    assert queries.library()[mine.key].original.exercise


@pytest.mark.parametrize(
    "much",
    [
        {"title": "x" * 121},
        {"line": "x" * 201},
        {"exercise": "x" * 1501},
    ],
)
def test_what_is_too_long_is_refused_in_words(cora, much):
    row = written(cora)
    with pytest.raises(actions.NotReady, match="is longer than fits"):
        saved(cora, row, a_text(**much))
    with pytest.raises(actions.NotReady):
        saved(cora, row, a_text(*(a_card(f"card{n}") for n in range(13))))


def test_marks_that_nobody_sees_are_left_out_and_markup_stays_words(cora):
    row = saved(cora, written(cora), a_text(a_card(title="Our\u202e  door", body="<script>alert(1)</script>")))
    card = queries.lesson_of(row).original.cards[0]
    assert card.title == "Our door" and card.body == "<script>alert(1)</script>"


def test_a_file_that_is_no_picture_is_refused(cora):
    with pytest.raises(actions.NotReady):
        actions.keep_picture(actor=cora, lesson=written(cora), upload=SimpleUploadedFile("x.png", b"no"), at=AT)


MOVES = {"publish": actions.publish_lesson, "withdraw": actions.withdraw_lesson, "back": actions.bring_back_lesson}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(MOVES)), max_size=6))
def test_whatever_is_tried_a_lesson_is_found_exactly_when_it_is_published(cora, tried):
    row = written(cora)
    for name in tried:
        more = {"edition": row.edition} if name == "publish" else {}
        try:
            MOVES[name](actor=cora, lesson=row, at=AT, **more)
        except actions.MovedOn:
            pass
        row.refresh_from_db()
        assert (row.key in queries.library()) == (row.state == "published")


@pytest.mark.django_db(transaction=True)
def test_of_two_copies_published_at_the_same_moment_one_is_out(cora):
    rows = [actions.begin_lesson(actor=cora, language="", copy_of="voice", at=AT) for _ in range(2)]
    refused, start = [], threading.Barrier(2)

    def publish(row: WrittenLesson) -> None:
        start.wait()
        try:
            actions.publish_lesson(actor=cora, lesson=row, edition=row.edition, at=AT)
        except actions.NotReady as error:
            refused.append(error.sentence)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=(row,)) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1 and WrittenLesson.objects.filter(state="published").count() == 1
