"""Whether a member said it in words of their own. Plain comparison of letters; nobody's style is judged."""

import re
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher

from recognition.actions.scheme import OWN_WORDS_AT_LEAST, OWN_WORDS_LIKENESS

ADDRESS = re.compile(r"https?://\S+|\bwww\.\S+")
# Scripts without spaces are taken letter by letter; elsewhere a word is a word.
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")


def words_of(text: str) -> list[str]:
    return WORD.findall(ADDRESS.sub(" ", text).casefold())


def are_own(words: str, suggestions: Iterable[str]) -> bool:
    """True when the words differ clearly from every suggestion; an empty or very short text says nothing."""
    mine = words_of(words)
    if len(mine) < OWN_WORDS_AT_LEAST:
        return False
    return all(likeness(mine, words_of(suggestion)) < OWN_WORDS_LIKENESS for suggestion in suggestions)


def likeness(one: list[str], other: list[str]) -> float:
    """0 for nothing in common, 1 for the same words in the same order."""
    if not one or not other:
        return 0.0
    shared = sum((Counter(one) & Counter(other)).values())
    most = 2 * shared / (len(one) + len(other))
    # The words in common are an upper bound, and cheap; most texts are decided here.
    return most if most < OWN_WORDS_LIKENESS else SequenceMatcher(None, one, other, autojunk=False).ratio()
