"""Word by word, and nothing of either text is lost."""

from hypothesis import given
from hypothesis import strategies as st

from core.comparing import ADDED, SAME, TAKEN, by_word


@given(st.text(alphabet="ab .é\n", max_size=40), st.text(alphabet="ab .é\n", max_size=40))
def test_a_comparison_holds_both_texts_to_the_letter(before, after):
    parts = by_word(before, after)
    assert "".join(text for what, text in parts if what != ADDED) == before
    assert "".join(text for what, text in parts if what != TAKEN) == after


def test_single_words_are_compared_and_very_long_texts_as_a_whole():
    assert by_word("sold its van", "kept its van") == [(TAKEN, "sold"), (ADDED, "kept"), (SAME, " its van")]
    assert by_word("a " * 5000, "b") == [(TAKEN, "a " * 5000), (ADDED, "b")]
