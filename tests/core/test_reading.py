"""How long words take and how easy they are, as studies have measured it."""

import pytest

from core.reading import reading_ease, reading_seconds


def test_reading_takes_as_long_as_a_study_measured():
    assert reading_seconds("word " * 228, "en-GB") == 60
    assert reading_seconds("Wort " * 179, "de") == 60


PLAIN = "We all sit in the sun. The dog runs to the sea. You may ask me. I will help you. " * 3
HEAVY = "Organisational responsibilities necessitate comprehensive documentation of communicative activities. " * 5


@pytest.mark.parametrize("language", ["en", "de"])
def test_plain_words_read_more_easily_than_heavy_ones(language):
    plain, heavy = reading_ease(PLAIN, language), reading_ease(HEAVY, language)
    assert plain is not None and heavy is not None and plain > 80 > 20 > heavy


def test_no_figure_is_made_up_where_there_is_no_formula():
    assert reading_ease(PLAIN, "pl") is None and reading_ease("Too short.", "en") is None
