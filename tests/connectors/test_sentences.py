"""What connectors say can be said again in another language."""

import pytest
from django.utils import translation

from accounts.sentences import translated
from connectors.registry import CLASSES
from connectors.sentences import in_source, recognised, sentences


def test_sentences_are_found_with_their_gaps_and_explanations_are_not() -> None:
    source = '''
"""What this module does, in a sentence."""
counts = "letters"
def a(self, name, number):
    """Why it does so, in a sentence."""
    raise Rejected(f"{self.name} takes {number} of {number}, not 5 %.", "too_many")
    raise Rejected("Please write a few words.", "empty")
    self.counts = f"letters, {number} each"
    return "code", "/a/path with.dots"
'''
    assert set(in_source(source)) == {
        "letters",
        "%(name)s takes %(number)s of %(number)s, not 5 %%.",
        "Please write a few words.",
        "letters, %(number)s each",
    }


def test_a_sentence_is_known_again_by_its_words() -> None:
    assert recognised("Mastodon asks us to wait.") == ("%(name)s asks us to wait.", {"name": "Mastodon"})
    assert recognised("Anything else.") is None
    assert all("%(" in text or recognised(text.replace("%%", "%")) == (text, {}) for text in sentences())


@pytest.mark.parametrize("made", CLASSES, ids=lambda made: made.key)
def test_german_says_what_a_platform_counts(made) -> None:
    with translation.override("de"):
        said = translated(f"This is 12 too many for {made.name}, which takes 300 {made.counts}.")
    assert said.startswith(f"Das sind 12 zu viel für {made.name}; erlaubt sind 300 Zeichen")


def test_english_and_words_of_ours_stay_as_they_are() -> None:
    assert translated("X asks us to wait.") == "X asks us to wait."
    with translation.override("de"):
        assert translated("X asks us to wait.") == "X bittet uns zu warten."
        assert translated("Nothing a connector says.") == "Nothing a connector says."
        assert translated("") == ""
