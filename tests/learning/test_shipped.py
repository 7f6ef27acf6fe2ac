"""What comes along is short, whole and true to its promises."""

import re

import pytest
from django.template.loader import get_template
from django.urls import reverse

from accounts.models import ROLES
from core.reading import reading_ease, reading_seconds
from learning import shipped, texts
from learning.drawings import DRAWINGS
from learning.exercises import EXERCISES

LESSONS = shipped.lessons()


@pytest.mark.parametrize("key", LESSONS)
def test_each_lesson_takes_two_to_four_minutes_and_is_easy_to_read(key):
    text = LESSONS[key].original
    assert shipped.LEAST <= reading_seconds(text.words, "en") <= shipped.MOST
    ease = reading_ease(text.words, "en")
    assert ease is not None and ease >= 70


@pytest.mark.parametrize("key", LESSONS)
def test_each_lesson_is_whole(key):
    lesson = LESSONS[key]
    text = lesson.original
    assert 5 <= len(text.cards) <= 8 and text.title and text.line and text.exercise
    assert lesson.topic in texts.TOPICS and lesson.kind in EXERCISES
    assert len({one.key for one in text.cards}) == len(text.cards)
    assert all(one.title and one.body for one in text.cards)
    assert any(one.picture for one in text.cards) and any(one.after for one in text.cards)
    assert {one.picture for one in text.cards if one.picture} <= set(DRAWINGS)
    assert all(bool(one.picture) == bool(one.alt) for one in text.cards)


@pytest.mark.parametrize("key", LESSONS)
def test_no_lesson_shouts_or_speaks_of_what_is_not_there_yet(key):
    text = LESSONS[key].original
    ours = "\n".join(
        [text.title, text.line, text.exercise, *(f"{one.title} {one.body} {one.after}" for one in text.cards)]
    )
    assert "!" not in ours
    assert not re.search(r"\bcommunit(y|ies)\b|#ad\b|leaderboard", ours, re.IGNORECASE)


@pytest.mark.parametrize("kind", EXERCISES)
def test_each_exercise_leads_to_a_page_there_is(kind):
    assert reverse(EXERCISES[kind].route)


def test_every_kind_of_exercise_but_accounts_is_asked_for_by_a_lesson():
    """Nobody is ever asked to link an account."""
    assert {one.kind for one in LESSONS.values()} == set(EXERCISES) - {"accounts"}


@pytest.mark.parametrize("name", DRAWINGS)
def test_each_drawing_takes_its_colours_from_the_tokens(name):
    drawn = get_template(f"learning/drawings/{name}.html").render()
    assert "#" not in drawn and "style=" not in drawn and "fill=" not in drawn


def test_paths_name_lessons_and_roles_there_are_and_everybodys_comes_first():
    paths = shipped.paths()
    assert next(iter(paths)) == shipped.EVERYBODY and len(paths[shipped.EVERYBODY].lessons) == 3
    named = {key for path in paths.values() for key in path.lessons}
    assert named == set(LESSONS)
    for path in paths.values():
        assert path.roles <= set(ROLES) and all(word == word.lower() for word in path.words)
        assert set(path.said) >= {"en", "de"}


def test_no_key_of_ours_is_an_address_of_another_page():
    assert not set(LESSONS) & {"desk", "paths", "forget", "certificates"}
    assert all(re.fullmatch(r"[a-z][a-z-]{2,39}", key) for key in LESSONS)


def test_a_translation_is_a_file_beside_the_original(tmp_path):
    said = 'title = "{}"\nline = "L"\nexercise = "E"\ntopic = "write"\nkind = "draft"\n'
    whole = said + '[[cards]]\nkey = "a"\ntitle = "T"\nbody = "B"\n'
    (tmp_path / "voice.toml").write_text(whole.format("Voice"))
    (tmp_path / "voice.de.toml").write_text(whole.format("Stimme"))
    lesson = shipped.read_lessons(tmp_path)["voice"]
    assert lesson.shown_in("de-AT")[0].title == "Stimme" and lesson.shown_in("de-AT")[1] == "de"
    assert lesson.shown_in("pl")[1] == "en"
