"""What a lesson says: its shape, whoever wrote it. Touches no table.

A content is {language: text}; a text {"title", "line", "exercise", "cards"}; a card {"key", "title", "body", "picture",
"alt", "before", "after", "why"}. A card's key stays the same in every language: a translation is put together with its
original by it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from core.reading import count_words, in_minutes, reading_seconds

# What a lesson is about, for the filter of the page.
BEGIN, WRITE, PEOPLE, CARE = "begin", "write", "people", "care"
TOPICS = (BEGIN, WRITE, PEOPLE, CARE)
OWN = "own:"  # before the number of a picture that a curator has uploaded; others are drawings of ours


@dataclass(frozen=True)
class Card:
    """`before` and `after` are a post as it was and as it is better; `why` is what makes the difference."""

    key: str
    title: str
    body: str  # Markdown
    picture: str = ""
    alt: str = ""
    before: str = ""
    after: str = ""
    why: str = ""

    @property
    def said(self) -> dict[str, str]:
        """Everything of it that has to be said in each language."""
        parts = asdict(self)
        return {name: parts[name] for name in ("title", "body", "alt", "before", "after", "why") if parts[name].strip()}

    @property
    def is_empty(self) -> bool:
        return not (self.said or self.picture)


@dataclass(frozen=True)
class Text:
    """A lesson in one language. `line` is what somebody can do afterwards; `exercise` is what to try."""

    title: str
    line: str
    exercise: str
    cards: tuple[Card, ...]

    @property
    def words(self) -> str:
        """All that is read, one part a line; pictures are looked at."""
        cards = [part for one in self.cards for part in (one.title, one.body, one.before, one.after, one.why)]
        return "\n".join(part for part in (self.title, self.line, *cards, self.exercise) if part)

    @property
    def count(self) -> int:
        return count_words(self.words)

    def card(self, key: str) -> Card | None:
        return next((one for one in self.cards if one.key == key), None)


EMPTY = Text("", "", "", ())


@dataclass(frozen=True)
class Lesson:
    """`kind` is where its exercise leads: see exercises.py. `written` is the number of the row where curators have
    written it; nought for ours."""

    key: str
    topic: str
    kind: str
    language: str  # of the original
    content: Mapping[str, Text]
    written: int = 0

    @property
    def original(self) -> Text:
        return self.content.get(self.language, EMPTY)

    def shown_in(self, language: str) -> tuple[Text, str]:
        """In this language, or in one of its kin (`de` for `de-AT`), where all of it is there; else as it was written.
        And in which it is."""
        for code in (language, language.partition("-")[0]):
            if code == self.language:
                break
            if (found := self.content.get(code)) and not untranslated(self.original, found):
                return laid_over(self.original, found), code
        return self.original, self.language


def untranslated(original: Text, translated: Text) -> int:
    """How many parts of the original a translation lacks."""
    said = [(original.title, translated.title), (original.line, translated.line)]
    said.append((original.exercise, translated.exercise))
    lacking = sum(bool(one.strip()) and not other.strip() for one, other in said)
    for card in original.cards:
        found = translated.card(card.key)
        lacking += len(card.said.keys() - (found.said.keys() if found else set()))
    return lacking


def laid_over(original: Text, translated: Text) -> Text:
    """The cards of the original, in its order and with its pictures, in the words of the translation."""
    cards = (replace(one, **(found.said if (found := translated.card(one.key)) else {})) for one in original.cards)
    return replace(translated, cards=tuple(cards))


def read(raw: Mapping[str, Any]) -> Text:
    names = [field.name for field in fields(Card)]
    cards = tuple(Card(**{name: str(one.get(name, "")).strip() for name in names}) for one in raw["cards"])
    return Text(*(str(raw.get(name, "")).strip() for name in ("title", "line", "exercise")), cards)


def write(text: Text) -> dict[str, Any]:
    return {
        "title": text.title, "line": text.line, "exercise": text.exercise, "cards": [asdict(one) for one in text.cards],
    }  # fmt: skip


def minutes(text: Text, language: str) -> int:
    return in_minutes(reading_seconds(text.words, language))
