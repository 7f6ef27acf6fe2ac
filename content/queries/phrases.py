"""Which of the words somebody writes HR has something to say about."""

from dataclasses import dataclass

import regex
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.queries import Kept
from content.models import Phrase

# Endings are only tried on words this long: "art" must not be found in "arts" or "arte".
INFLECTED = 4
UNSEEN = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
BETWEEN = r"[\s\-–]+"
ENGLISH, GERMAN = r"(?:s|es|ed|d|ing|er|ers)?(?:['’]s?)?", r"(?:e|en|er|em|es|n|s|t|te|ten|ung|ungen)?"


@dataclass(frozen=True)
class Hint:
    """One phrase as it was written, and what HR says about it."""

    quote: str
    why: str
    is_rule: bool
    instead: str = ""
    link: str = ""

    @property
    def sentence(self) -> str:
        return f"“{self.quote}”: {self.why}"


def phrases() -> QuerySet[Phrase]:
    return Phrase.objects.order_by("kind", "words", "pk")


def hints(text: str) -> list[Hint]:
    """Rules first, then in the order they were written; each phrase once. A phrase counts in whatever language the
    words around it are: somebody may write German about an English story."""
    clean = text.translate(UNSEEN)
    found = [(match.start(), phrase, match[0]) for phrase, pattern in _kept() if (match := pattern.search(clean))]
    found.sort(key=lambda one: (not one[1].is_rule, one[0]))
    return [Hint(quote, one.why, one.is_rule, one.instead, one.link) for _start, one, quote in found]


def forbidden(text: str) -> list[str]:
    """One sentence for each rule these words break."""
    return [hint.sentence for hint in hints(text) if hint.is_rule]


def forbidden_sentence(text: str) -> str:
    broken = forbidden(text)
    return _("Please change this first. %(why)s") % {"why": " ".join(broken)} if broken else ""


def pattern_of(words: str, language: str) -> "regex.Pattern[str]":
    """Whole words with their usual endings, however they are spaced, hyphenated or written large."""
    parts = [_word(word, language.partition("-")[0]) for word in words.translate(UNSEEN).split()]
    return regex.compile(rf"(?<!\w){BETWEEN.join(parts)}(?!\w)", regex.IGNORECASE | regex.FULLCASE)


def _word(word: str, language: str) -> str:
    plain = "['’]".join(regex.escape(part) for part in regex.split("['’]", word))
    if len(word) < INFLECTED or not word[-1].isalpha():
        return plain
    if language == "de":
        return plain + GERMAN
    if language != "en":
        return plain + r"(?:['’]?s)?"
    if word[-1] in "eE":
        return f"(?:{plain}{ENGLISH}|{regex.escape(word[:-1])}ing)"
    if word[-1] in "yY" and word[-2].lower() not in "aeiou":
        return f"(?:{plain}{ENGLISH}|{regex.escape(word[:-1])}(?:ies|ied|ier))"
    return plain + ENGLISH


def _compiled() -> "list[tuple[Phrase, regex.Pattern[str]]]":
    return [(one, pattern_of(one.words, one.language)) for one in Phrase.objects.order_by("pk")]


# Asked of every post at the moment it is sent.
_kept = Kept(_compiled)


def forget_phrases() -> None:
    """After a change that the next page must show; other processes follow within seconds."""
    _kept.forget()
