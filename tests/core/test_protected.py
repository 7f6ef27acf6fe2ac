"""What a rule may not take from people, seen in its sentences."""

import pytest

from core.protected import limiting_sentences, says_it_is_free
from guidelines.starting import starters


@pytest.mark.parametrize(
    "sentence",
    [
        "Do not write about your salary.",
        "Never mention the works council in a post.",
        "Overtime is confidential.",
        "Ask before you write about working conditions.",
        "Über Ihr Gehalt schreiben Sie bitte nicht.",
        "Streiks sind vertraulich zu behandeln.",
    ],
)
def test_a_sentence_that_limits_it_is_named(sentence):
    assert limiting_sentences(f"Be kind. {sentence} Thank you.") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Nothing here limits talking about pay, hours, working conditions or a union.",
        "You may talk about your pay with anybody, and nobody may ask why.",
        "Nichts hier schränkt ein, dass Sie über Gehalt und Gewerkschaft sprechen: keine Regel beschränkt das.",
        "We are paid to be kind.",
        "Do not post what has not been announced.",
    ],
)
def test_what_frees_people_or_is_about_something_else_is_not(sentence):
    assert limiting_sentences(sentence) == []


def test_our_own_starters_limit_nothing_and_say_so():
    for key, text in starters().items():
        assert says_it_is_free(text.words), key
        assert limiting_sentences(text.words) == [], key
