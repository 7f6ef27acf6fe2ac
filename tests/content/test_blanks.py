import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.queries import blank_key, filled, has_stray_brackets, open_blanks, prompts_of

TEMPLATE = "I worked on [[what I worked on]] with [[ who  with ]]."


def test_a_template_asks_for_what_stands_in_double_brackets() -> None:
    assert prompts_of([TEMPLATE]) == ["what I worked on", "who with"]
    assert open_blanks(TEMPLATE) == ["what I worked on", "who with"]


def test_filled_in_nothing_is_open_and_half_filled_the_rest_is() -> None:
    first = {blank_key("what I worked on"): "the hinge"}
    assert filled(TEMPLATE, first) == "I worked on the hinge with [[ who  with ]]."
    assert open_blanks(filled(TEMPLATE, first)) == ["who with"]
    assert open_blanks(filled(TEMPLATE, first | {blank_key("who with"): "Nell"})) == []


@pytest.mark.parametrize(
    "left", ["[what I worked on]]", "[[what I worked on", "what I  worked on]", "[What I worked on"]
)
def test_a_bracket_left_over_from_a_known_prompt_still_counts(left: str) -> None:
    assert open_blanks(f"I made {left}, yes.", ["what I worked on"]) == ["what I worked on"]


@pytest.mark.parametrize(
    "words", ["see [1] and [[1]]", "C++ has [[nodiscard]]", "a[[0]]", "[note]", "what I worked on", "[[ ]]", "[[]]"]
)
def test_brackets_somebody_meant_are_theirs(words: str) -> None:
    assert open_blanks(words, ["what I worked on"]) == []


def test_a_blank_of_one_word_counts_where_the_story_asks_for_it() -> None:
    assert open_blanks("As [[role]] I know.", ["role"]) == ["role"]


@pytest.mark.parametrize("text", ["[[what", "what]]", "[[]] here", "[[a]] and [[b"])
def test_a_blank_nobody_could_fill_in_is_seen(text: str) -> None:
    assert has_stray_brackets(text)


def test_whole_blanks_and_single_brackets_are_well() -> None:
    assert not has_stray_brackets(f"{TEMPLATE} [sic]")


@given(st.text("[]ab c\n", max_size=60), st.text(max_size=20))
def test_filling_in_everything_leaves_no_blank_of_the_template(text: str, answer: str) -> None:
    answers = {blank_key(prompt): "done" for prompt in prompts_of([text])}
    assert open_blanks(filled(text, answers)) == []
