"""The shape of a lesson, and what is shown of a translation."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from learning import texts
from tests.learning.conftest import a_card, a_text

WORDS = st.text(max_size=40).map(str.strip)
CARDS = st.lists(st.builds(texts.Card, *[WORDS] * 8), max_size=4).map(tuple)
TEXT = st.builds(texts.Text, WORDS, WORDS, WORDS, CARDS)


@given(TEXT)
def test_what_is_written_is_read_again(text):
    assert texts.read(texts.write(text)) == text


@given(TEXT, TEXT)
def test_a_translation_is_shown_whole_or_not_at_all(original, other):
    lesson = texts.Lesson("x", "write", "draft", "en", {"en": original, "de": other})
    text, language = lesson.shown_in("de")
    assert len(text.cards) == len(original.cards)
    assert (language == "de") == (texts.untranslated(original, other) == 0)
    if language == "en":
        assert text == original


def test_a_translation_keeps_the_pictures_and_the_order_of_its_original():
    original = a_text(a_card("a", picture="door", alt="A door"), a_card("b"))
    german = a_text(a_card("b", title="Zwei"), a_card("gone"), a_card("a", title="Eins", alt="Eine Tür"))
    text, language = texts.Lesson("x", "write", "draft", "en", {"en": original, "de": german}).shown_in("de-CH")
    assert [one.title for one in text.cards] == ["Eins", "Zwei"] and language == "de"
    assert text.cards[0].picture == "door" and text.cards[0].alt == "Eine Tür"


def test_a_translation_without_its_description_is_not_whole():
    original = a_text(a_card(picture="door", alt="A door"))
    assert texts.untranslated(original, a_text(a_card())) == 1
    assert texts.untranslated(original, replace(original, exercise=" ")) == 1


def test_pictures_and_empty_cards_are_told_apart():
    assert texts.Card("x", " ", "").is_empty and not texts.Card("x", "", "", picture="door").is_empty
