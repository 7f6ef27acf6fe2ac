"""What we give a firm to begin with is short and kind, and says what it never limits."""

import pytest
from django.conf import settings

from core.reading import count_words, reading_ease
from guidelines import texts
from guidelines.starting import LONGEST, starters


def test_there_is_one_for_each_who_needs_their_own():
    assert list(starters()) == ["everybody", "speakers", "regulated", "care", "managers", "crisis"]


@pytest.mark.parametrize("key", starters())
def test_each_is_short_says_who_helps_and_what_it_never_limits(key):
    text = starters()[key]
    assert count_words(text.words) <= LONGEST
    assert {one.kind for one in text.sections} == set(texts.KINDS)
    assert any("working conditions or a union" in one.body for one in text.sections)
    assert len({one.key for one in text.sections}) == len(text.sections)
    ease = reading_ease(text.words, "en")
    assert ease is not None and ease >= 60, "plain English, as a newspaper has it"


def test_the_page_for_hr_shows_all_of_them_in_full():
    page = (settings.BASE_DIR / "docs" / "guidelines.md").read_text()
    for text in starters().values():
        assert f"### {text.title}\n{text.summary}\n" in page
        for one in text.sections:
            assert f"**{one.title}** (" in page and f"\n{one.body}\n" in page
