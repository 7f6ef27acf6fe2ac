"""Which situations belong to a version, which of them a member is asked, and how colleagues answered: counts alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.queries import SMALLEST_GROUP
from core.reading import reading_seconds
from guidelines import bank, texts
from guidelines.drawing import drawn
from guidelines.models import Due, Pool, Publication, Tally, Version

MOST_HESITATIONS = 8
HESITATE_FROM = 5  # one in five


def pool_of(version: Version) -> list[bank.Situation]:
    """Ours that are on, and HR's own."""
    ours = bank.ours()
    return [ours[key] for key in version.ours if key in ours] + [bank.read(one) for one in version.own]


def asked_from(publication: Publication) -> list[bank.Situation]:
    """As they were published."""
    if not publication.pool:
        return []
    return [bank.read(one) for one in Pool.objects.get(publication=publication).situations]


@dataclass(frozen=True)
class Steps:
    """One member's way through the situations of a publication. `asked` holds all in this member's order."""

    asked: Sequence[bank.Situation]
    wanted: int  # how many are gone through, or passed
    done: int
    answered: int

    @property
    def left(self) -> int:
        return max(0, self.wanted - self.done)

    @property
    def is_ready(self) -> bool:
        return not self.left

    @property
    def now(self) -> bank.Situation | None:
        """The next one. Whoever has been through all of them meets the first again."""
        return None if self.is_ready else self.asked[self.answered % len(self.asked)]

    @property
    def past(self) -> list[bank.Situation]:
        return list(self.asked[: self.answered])

    def find(self, key: str) -> bank.Situation | None:
        """One that was answered, or is asked now."""
        return next((one for one in [*self.past, *([self.now] if self.now else [])] if one.key == key), None)


def steps_of(due: Due) -> Steps:
    published = due.publication
    found = {one.key: one for one in asked_from(published)}
    wanted = min(published.asks, len(found))
    order = drawn(list(found.values()), wanted, published.pk, due.member_id)
    done = due.passed if published.must_pass else due.answered
    return Steps([found[key] for key in order], wanted, min(done, wanted), due.answered)


@dataclass(frozen=True)
class Shares:
    """How those who answered so far chose, rounded to whole percent; for each answer in its place."""

    people: int
    counts: tuple[int, ...]

    @property
    def percents(self) -> tuple[int, ...]:
        return tuple(round(100 * one / self.people) for one in self.counts)


def shares(publication: Publication, keys: Iterable[str]) -> dict[str, Shares]:
    """Of those that ten or more have answered; the others are left out."""
    rows = Tally.objects.filter(publication=publication, situation__in=list(keys)).order_by("situation", "choice")
    counts: dict[str, list[int]] = {}
    for row in rows:
        counts.setdefault(row.situation, []).append(row.shown)
    return {
        key: Shares(sum(several), tuple(several)) for key, several in counts.items() if sum(several) >= SMALLEST_GROUP
    }


@dataclass(frozen=True)
class Hesitation:
    """Where people hesitate: a section of the text, what shows it, and how many of how many."""

    section: str
    what: str
    language: str
    count: int
    people: int

    @property
    def percent(self) -> int:
        return round(100 * self.count / self.people)


def hesitations(publication: Publication, language: str) -> list[Hesitation]:
    """Situations whose good answers were missed, the most often missed first, each under the section it belongs to."""
    text, _shown = texts.text_of(publication.content, language, publication.language)
    found = []
    asked = {one.key: one for one in asked_from(publication)}
    for key, counted in shares(publication, asked).items():
        told, shown = asked[key].told(language)
        missed = sum(n for n, good in zip(counted.counts, asked[key].good, strict=True) if not good)
        section = next((one.title for one in map(text.section, asked[key].sections) if one), "")
        if missed * HESITATE_FROM >= counted.people:
            found.append(Hesitation(section, told.title, shown, missed, counted.people))
    return sorted(found, key=lambda one: (-one.percent, one.what))[:MOST_HESITATIONS]


def seconds(publications: Iterable[Publication], language: str) -> dict[int, int]:
    """How long each takes, by its number: its text, and its situations."""
    return {one.pk: _seconds(one.content, language, one.language, one.asks) for one in publications}


def seconds_of(version: Version, language: str) -> int:
    """The same of one that is being written."""
    return _seconds(version.content, language, version.guideline.language, version.asked)


def _seconds(content: Mapping[str, Any], language: str, original: str, asks: int) -> int:
    text, shown = texts.text_of(content, language, original)
    return reading_seconds(text.words, shown) + asks * bank.SECONDS


def newcomer_seconds() -> list[int]:
    """How long each of those that are for everybody takes, in its original."""
    out = Publication.objects.filter(version__state="published", guideline__audience=None)
    return [_seconds(one.content, one.language, one.language, one.asks) for one in out]
