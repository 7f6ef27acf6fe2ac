"""The lessons and paths that come along, written by us. A lesson is one file in `lessons/`, and one for each language
it is translated into beside it: `voice.toml`, `voice.de.toml`. The paths stand in `paths.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from learning import texts

FOLDER = Path(__file__).parent / "lessons"
PATHS = Path(__file__).parent / "paths.toml"
ORIGINAL = "en"
LEAST, MOST = 120, 240  # seconds to read one of ours
EVERYBODY = "everybody"


@dataclass(frozen=True)
class LearningPath:
    """Lessons in an order. Offered to whoever has one of these roles, or says one of these words in their title or
    among what they know."""

    key: str
    lessons: tuple[str, ...]
    roles: frozenset[str]
    words: tuple[str, ...]
    said: Mapping[str, Mapping[str, str]]  # {language: {"title", "line"}}

    def shown_in(self, language: str) -> tuple[str, str, str]:
        """Title, line, and the language they are in."""
        found = next(code for code in (language, language.partition("-")[0], ORIGINAL) if code in self.said)
        return self.said[found]["title"], self.said[found]["line"], found


@cache
def lessons() -> dict[str, texts.Lesson]:
    return read_lessons(FOLDER)


def read_lessons(folder: Path) -> dict[str, texts.Lesson]:
    files = {path.name.removesuffix(".toml"): tomllib.loads(path.read_text()) for path in sorted(folder.glob("*.toml"))}
    found = {}
    for name, raw in files.items():
        key, _dot, language = name.partition(".")
        if not language:
            content = {ORIGINAL: texts.read(raw)}
            found[key] = texts.Lesson(key, raw["topic"], raw["kind"], ORIGINAL, content)
    for name, raw in files.items():
        key, _dot, language = name.partition(".")
        if language:
            content = {**found[key].content, language: texts.read(raw)}
            found[key] = replace(found[key], content=content)
    return found


@cache
def paths() -> dict[str, LearningPath]:
    """In the order in which they are offered; everybody's is the first."""
    return {raw["key"]: _path(raw) for raw in tomllib.loads(PATHS.read_text())["paths"]}


def _path(raw: dict[str, Any]) -> LearningPath:
    roles, words = frozenset(raw.get("roles", ())), tuple(raw.get("words", ()))
    return LearningPath(raw["key"], tuple(raw["lessons"]), roles, words, raw["said"])
