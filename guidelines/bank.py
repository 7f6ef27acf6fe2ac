"""Real-life cases to think through before signing: their shape, and those that we wrote. Touches no table.

Ours stand in situations/*.toml, one file a theme, in English. A translation has the same file name in a folder named
after its language, situations/de/1-voice.toml, with the same keys and its answers in the same order.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from guidelines import texts

FOLDER = Path(__file__).parent / "situations"
ORIGINAL = "en"
OWN = "own"  # the theme of what HR writes
# Read at leisure, with one explanation; a test holds our own to it on average.
SECONDS = 25


@dataclass(frozen=True)
class Answer:
    text: str
    why: str  # explains, whichever answer it is


@dataclass(frozen=True)
class Telling:
    """A situation in one language. `helps` is what helps, whatever somebody chose."""

    title: str
    scene: str
    answers: tuple[Answer, ...]
    helps: str

    @property
    def words(self) -> str:
        """What somebody reads of it: everything, with the longest explanation."""
        whys = sorted((one.why for one in self.answers), key=len)[-1:]
        return "\n".join([self.title, self.scene, *(one.text for one in self.answers), *whys, self.helps])


@dataclass(frozen=True)
class Situation:
    key: str
    theme: str
    sections: tuple[str, ...]  # of a guideline's text, that it belongs to
    good: tuple[bool, ...]  # for each answer; several may be
    tellings: Mapping[str, Telling] = field(hash=False)
    who: tuple[str, ...] = ()  # the starters it fits
    rehearsal: str = ""

    def told(self, language: str) -> tuple[Telling, str]:
        """In this language, or its kin, or the one it was written in; and in which it is."""
        wanted = (language, language.partition("-")[0], ORIGINAL)
        shown = next((one for one in wanted if one in self.tellings), next(iter(self.tellings)))
        return self.tellings[shown], shown


def read(raw: Mapping[str, Any]) -> Situation:
    return Situation(
        key=str(raw["key"]),
        theme=str(raw["theme"]),
        sections=tuple(map(str, raw["sections"])),
        good=tuple(map(bool, raw["good"])),
        tellings={language: _telling(one) for language, one in raw["texts"].items()},
        rehearsal=str(raw.get("rehearsal", "")),
    )


def write(one: Situation) -> dict[str, Any]:
    """As tables keep it."""
    return {
        "key": one.key,
        "theme": one.theme,
        "sections": list(one.sections),
        "good": list(one.good),
        "rehearsal": one.rehearsal,
        "texts": {
            language: {
                "title": said.title,
                "scene": said.scene,
                "answers": [{"text": answer.text, "why": answer.why} for answer in said.answers],
                "helps": said.helps,
            }
            for language, said in one.tellings.items()
        },
    }


def fingerprint(situations: Sequence[Situation]) -> str:
    return texts.fingerprint({"situations": [write(one) for one in situations]}) if situations else ""


@cache
def ours(folder: Path = FOLDER) -> dict[str, Situation]:
    """By key, theme after theme."""
    found: dict[str, Situation] = {}
    for path in sorted(folder.glob("*.toml")):
        translated = {one.parent.name: _by_key(one) for one in sorted(folder.glob(f"*/{path.name}"))}
        for key, raw in _by_key(path).items():
            also = {language: _telling(several[key]) for language, several in translated.items() if key in several}
            found[key] = Situation(
                key=key,
                theme=path.stem.partition("-")[2],
                sections=tuple(raw["sections"]),
                good=tuple(bool(one.get("good")) for one in raw["answers"]),
                tellings={ORIGINAL: _telling(raw), **also},
                who=tuple(raw["who"]),
                rehearsal=raw.get("rehearsal", ""),
            )
    return found


def _by_key(path: Path) -> dict[str, dict[str, Any]]:
    return {str(one["key"]): one for one in tomllib.loads(path.read_text())["situations"]}


def _telling(raw: Mapping[str, Any]) -> Telling:
    answers = tuple(Answer(str(one["text"]), str(one["why"])) for one in raw["answers"])
    return Telling(str(raw["title"]), str(raw["scene"]), answers, str(raw["helps"]))


def keys_for(starter: str) -> list[str]:
    """Of ours, those that fit a guideline begun from this text; none for another."""
    return [one.key for one in ours().values() if starter in one.who]
