"""Two versions of a guideline beside each other, section by section and word by word."""

from dataclasses import dataclass

from core.comparing import ADDED, TAKEN, by_word
from guidelines.texts import Section, Text

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


def clauses(before: Text | None, after: Text) -> list[Clause]:
    """Every section of the newer text, then what was taken out. Without an older text everything is new."""
    found = []
    for number, one in enumerate(after.sections, 1):
        old = before.section(one.key) if before else None
        if old is None:
            found.append(Clause(number, one, [(ADDED, one.title)], [(ADDED, one.body)], is_new=True))
            continue
        was = old.kind if old.kind != one.kind else ""
        found.append(Clause(number, one, changed(old.title, one.title), changed(old.body, one.body), was_kind=was))
    gone = [one for one in (before.sections if before else ()) if after.section(one.key) is None]
    return found + [Clause(0, one, [(TAKEN, one.title)], [(TAKEN, one.body)], is_gone=True) for one in gone]


def changed(before: str, after: str) -> Parts:
    return by_word(before, after) if before != after else []
