"""What says who is speaking in one member's posts of one story, by platform."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from accounts.models import User
from content import queries as content
from content.models import Caption, Story
from shares.drafts import Wording

CHOSEN = "wording_"  # how the fields begin in which other wordings are chosen


@dataclass(frozen=True)
class Choice:
    """One wording of several, as the component shows it."""

    text: str

    @property
    def id(self) -> str:
        return self.text


@dataclass(frozen=True)
class Group:
    """Platforms that carry the same line; `platforms` is empty where all do."""

    line: content.Line
    name: str
    platforms: list[str]

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def choices(self) -> list[Choice]:
        return [Choice(text) for text in self.line.wordings] if len(self.line.wordings) > 1 else []


@dataclass(frozen=True)
class Lines:
    """`offered` are the platforms of the composer: key and name."""

    book: content.Rulebook
    country: str
    story: Story
    language: str
    chosen: Collection[str]
    offered: Mapping[str, str]

    def line(self, connector: str) -> content.Line:
        place = content.place_of(self.country, language=self.language, connector=connector, story=self.story)
        return self.book.line(place, self.chosen)

    def wording(self, words: str, connector: str = "") -> Wording:
        line = self.line(connector)
        return Wording(words, line.text, line.before)

    @cached_property
    def groups(self) -> list[Group]:
        found: dict[object, tuple[content.Line, list[str]]] = {}
        for key, name in (self.offered or {"": ""}).items():
            line = self.line(key)
            found.setdefault((line.before, line.wordings), (line, []))[1].append(name)
        alone = len(found) == 1
        return [
            Group(line, f"{CHOSEN}{number}", [] if alone else names)
            for number, (line, names) in enumerate(found.values())
        ]

    @property
    def before(self) -> list[Group]:
        return [group for group in self.groups if group.line.before]

    @property
    def after(self) -> list[Group]:
        return [group for group in self.groups if not group.line.before]

    @property
    def key(self) -> str:
        """Changes when other lines are offered, not when another wording is chosen."""
        kinds = [[group.line.before, *group.line.wordings, *group.platforms] for group in self.groups]
        return hashlib.sha256(repr(kinds).encode()).hexdigest()[:12]


def lines_of(
    member: User,
    story: Story,
    words: str,
    *,
    captions: Iterable[Caption],
    chosen: Collection[str] = (),
    offered: Mapping[str, str] | None = None,
) -> Lines:
    """By one query, whatever the number of platforms."""
    language = content.post_language(story, words, captions)
    return Lines(content.rulebook(), member.country, story, language, chosen, offered or {})


def chosen_in(sent: Mapping[str, object]) -> list[str]:
    """The wordings chosen in what a form sent."""
    return [str(sent[name]) for name in sent if name.startswith(CHOSEN)]
