import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognition.actions.words import are_own, likeness, words_of

CAPTION = "Sixty loaves, one bike: a bakery in Leeds sold its van and nobody misses it."


@pytest.mark.parametrize(
    "words",
    [
        CAPTION,
        CAPTION.upper(),
        f"{CAPTION} https://example.org/go/abc",
        f"{CAPTION} Lovely.",
        CAPTION.replace("Leeds", "York"),
        "",
        "So true!",
        "https://example.org/a/b/c/d/e/f",
    ],
)
def test_suggested_or_too_few_words_are_not_own(words):
    assert not are_own(words, [CAPTION])


@pytest.mark.parametrize(
    "words",
    [
        "I held my breath when Nell put sixty loaves in it.",
        "我第一次骑车送面包的时候非常紧张",
        "Ich hätte nie gedacht, dass das geht.",
    ],
)
def test_what_differs_clearly_is_own(words):
    assert are_own(words, [CAPTION])


def test_one_suggestion_that_is_alike_is_enough():
    assert not are_own("I held my breath on the way down", [CAPTION, "I held my breath on the way down!"])


@given(st.text(max_size=200))
def test_a_suggestion_itself_is_never_own(text):
    assert not are_own(text, [text])


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_a_part_of_one(one, other):
    assert 0 <= likeness(words_of(one), words_of(other)) <= 1
