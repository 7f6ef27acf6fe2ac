"""Our situations are short, kind in shape, and enough for each guideline to begin with."""

from collections import Counter

import pytest

from core.reading import count_words, reading_seconds
from guidelines import bank
from guidelines.forms.situations import OWN_KEY, THEMES
from guidelines.rehearsing import scenes
from guidelines.starting import starters

OURS = list(bank.ours().values())


def test_there_are_many_and_enough_for_each_starter():
    assert len(OURS) >= 30
    fits = Counter(starter for one in OURS for starter in one.who)
    assert set(fits) == set(starters()) and min(fits.values()) >= 6


def test_no_key_is_given_twice():
    keys = [one["key"] for path in bank.FOLDER.glob("*.toml") for one in bank._by_key(path).values()]
    written = sum(path.read_text().count("[[situations]]") for path in bank.FOLDER.glob("*.toml"))
    assert len(set(keys)) == len(keys) == written == len(OURS)
    assert not any(key.startswith(OWN_KEY) or len(key) > 40 for key in keys)


@pytest.mark.parametrize("one", OURS, ids=lambda one: one.key)
def test_each_is_short_explains_every_answer_and_has_a_good_one_and_another(one):
    told, language = one.told("en")
    assert language == "en" and told.title and told.helps
    assert count_words(told.scene) <= 90
    assert 3 <= len(told.answers) <= 4 and len(told.answers) == len(one.good)
    assert any(one.good) and not all(one.good)
    assert all(answer.text and 0 < count_words(answer.why) <= 40 for answer in told.answers)
    assert "!" not in "".join([told.helps, *(answer.why for answer in told.answers)])
    assert one.theme in THEMES and (not one.rehearsal or one.rehearsal in scenes())


@pytest.mark.parametrize("one", OURS, ids=lambda one: one.key)
def test_each_belongs_to_a_section_of_every_starter_it_is_for(one):
    assert all(any(starters()[who].section(key) for key in one.sections) for who in one.who)
    assert all(any(starters()[who].section(key) for who in one.who) for key in one.sections)


def test_they_take_as_long_as_the_page_says():
    seconds = [reading_seconds(one.told("en")[0].words, "en") for one in OURS]
    assert sum(seconds) / len(seconds) <= bank.SECONDS


@pytest.mark.parametrize("key", starters())
def test_a_guideline_with_three_of_them_takes_less_than_four_minutes(key):
    assert reading_seconds(starters()[key].words, "en") + 3 * bank.SECONDS < 240


def test_what_is_written_down_is_read_back_the_same():
    for one in OURS:
        again = bank.read(bank.write(one))
        assert (again.key, again.good, again.tellings) == (one.key, one.good, one.tellings)


def test_a_translation_stands_beside_and_another_language_reads_the_english(tmp_path):
    shape = """[[situations]]
key = "one"
title = "{0}"
sections = ["help"]
who = ["everybody"]
scene = "S"
helps = "H"
answers = [{{ text = "A", why = "B", good = true }}, {{ text = "C", why = "D" }}]
"""
    (tmp_path / "de").mkdir()
    (tmp_path / "1-voice.toml").write_text(shape.format("English"))
    (tmp_path / "de" / "1-voice.toml").write_text(shape.format("Deutsch"))
    one = bank.ours(tmp_path)["one"]
    assert (one.told("de-AT")[0].title, one.told("de")[1]) == ("Deutsch", "de")
    assert (one.told("fr")[0].title, one.told("fr")[1]) == ("English", "en")
