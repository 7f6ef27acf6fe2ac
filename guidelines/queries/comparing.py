"""Two versions of a guideline beside each other, section by section and word by word."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.comparing import ADDED, TAKEN, by_word
from core.markdown import to_words
from guidelines.texts import Section, Text, text_of

Content = Mapping[str, Any]
Parts = list[tuple[str, str]]


@dataclass(frozen=True)
class Clause:
    """One section as it changed. `parts` is empty where it is word for word the same."""

    number: int  # its place in the newer text; nought where it was taken out
    section: Section
    title: Parts
    body: Parts
    is_new: bool = False
    is_gone: bool = False
    was_kind: str = ""  # where a rule became a recommendation, or the other way round

    @property
    def is_changed(self) -> bool:
        return bool(self.is_new or self.is_gone or self.was_kind or self.title or self.body)


def clauses(before: Text | None, after: Text, *, marks: bool = False) -> list[Clause]:
    """Every section of the newer text, then what was taken out. Without an older text everything is new. `marks`: with
    those of Markdown, for whoever has to type them."""
    said = str if marks else to_words
    found = []
    for number, one in enumerate(after.sections, 1):
        old = before.section(one.key) if before else None
        if old is None:
            found.append(Clause(number, one, [(ADDED, one.title)], [(ADDED, said(one.body))], is_new=True))
            continue
        was = old.kind if old.kind != one.kind else ""
        body = changed(old.body, one.body) if marks else changed_body(old.body, one.body)
        found.append(Clause(number, one, changed(old.title, one.title), body, was_kind=was))
    gone = [one for one in (before.sections if before else ()) if after.section(one.key) is None]
    return found + [Clause(0, one, [(TAKEN, one.title)], [(TAKEN, said(one.body))], is_gone=True) for one in gone]


def changed_clauses(before: Content, after: Content, language: str, original: str) -> tuple[list[Clause], str]:
    """What changed for somebody who reads this language, and in which it is told: theirs where both have it, else the
    original, since two languages cannot be compared."""
    new, shown = text_of(after, language, original)
    old, was = text_of(before, language, original)
    if was != shown:
        (new, shown), (old, _was) = text_of(after, original, original), text_of(before, original, original)
    return [one for one in clauses(old, new) if one.is_changed], shown


def what_changed(said: Mapping[str, str], language: str, original: str) -> tuple[str, str]:
    """The sentence for this language, and the language it is in: the original's where nobody has translated it."""
    return (said[language], language) if said.get(language) else (said.get(original, ""), original)


def changed_titles(before: Text, after: Text) -> list[str]:
    """What changed in words that people name: the whole by its title, then sections."""
    whole = [after.title] if (before.title, before.summary) != (after.title, after.summary) else []
    return whole + [one.section.title for one in clauses(before, after) if one.is_changed]


def changed(before: str, after: str) -> Parts:
    return by_word(before, after) if before != after else []


def changed_body(before: str, after: str) -> Parts:
    """Without the marks of Markdown, unless only these changed."""
    old, new = to_words(before), to_words(after)
    return changed(old, new) if old != new else changed(before, after)
