"""What a guideline says: its shape, its canonical form and fingerprint. Touches no table.

A content is {language: text}; a text {"title", "summary", "sections"}; a section {"key", "kind", "title", "body"}. A
section's key stays the same in every language and from version to version: hints and questions point at it.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

RULE, RECOMMENDATION, SUPPORT = "rule", "recommendation", "support"
KINDS = (RULE, RECOMMENDATION, SUPPORT)


@dataclass(frozen=True)
class Section:
    key: str
    kind: str
    title: str
    body: str  # Markdown


@dataclass(frozen=True)
class Text:
    """A guideline in one language. `summary` is what it is about, in five lines."""

    title: str
    summary: str
    sections: tuple[Section, ...]

    @property
    def words(self) -> str:
        """All of it, one part a line."""
        parts = [self.title, self.summary, *(part for one in self.sections for part in (one.title, one.body))]
        return "\n".join(part for part in parts if part)

    def section(self, key: str) -> Section | None:
        return next((one for one in self.sections if one.key == key), None)


def aligned(original: Text, translation: Text) -> Text:
    """The translation in the sections of its original, which alone decides how many there are and of which kind; what
    is not translated yet is empty."""
    sections = []
    for one in original.sections:
        own = translation.section(one.key)
        sections.append(Section(one.key, one.kind, own.title if own else "", own.body if own else ""))
    return Text(translation.title, translation.summary, tuple(sections))


def untranslated(original: Text, translation: Text) -> list[str]:
    """Titles of what a translation lacks."""
    lacks = [
        one.title
        for one in original.sections
        if (own := translation.section(one.key)) is None or not (own.title and own.body)
    ]
    whole = [original.title] if not (translation.title and translation.summary) else []
    return whole + lacks


Content = dict[str, dict[str, Any]]


def text_of(content: Mapping[str, Any], language: str, original: str) -> tuple[Text, str]:
    """In this language, or in one of its kin (`de` for `de-AT`), or in the original; and in which it is."""
    base = language.partition("-")[0]
    wanted = next((one for one in (language, base, original) if one in content), next(iter(content)))
    return read(content[wanted]), wanted


def read(raw: Mapping[str, Any]) -> Text:
    sections = tuple(
        Section(**{name: str(one[name]) for name in ("key", "kind", "title", "body")}) for one in raw["sections"]
    )
    return Text(str(raw["title"]), str(raw["summary"]), sections)


def write(text: Text) -> dict[str, Any]:
    return {
        "title": text.title,
        "summary": text.summary,
        "sections": [{"key": one.key, "kind": one.kind, "title": one.title, "body": one.body} for one in text.sections],
    }


def canonical(content: Mapping[str, Any]) -> bytes:
    """The same bytes for the same words, whoever writes them down: JSON with its names in order and without spaces,
    letters composed (Unicode NFC), lines ended by one line feed, UTF-8."""
    return json.dumps(_plain(content), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, Mapping):
        return {_plain(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical form, hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()
