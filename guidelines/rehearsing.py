"""A scripted town to practise in: a scene, a practice post, and a cast that answers by simple rules which the page
shows. No judge, no memory: all that was said travels in the page, signed. Touches no table.

Scenes stand in rehearsals/*.toml in English; a translation has the same file name in a folder named after its language,
with words.toml beside it that says what to listen for in that language.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.core.signing import BadSignature, Signer

from connectors.text import printable

FOLDER = Path(__file__).parent / "rehearsals"
ORIGINAL, WORDS = "en", "words.toml"
LONGEST = 500  # letters at once

# What somebody does at each turn. The last two end it.
SAY, LEAVE, TAKE_DOWN, ASK = "say", "leave", "down", "ask"
DOES = (SAY, LEAVE, TAKE_DOWN, ASK)
ENDS = (TAKE_DOWN, ASK)

# What the town listens for in words; those of a list stand in words.toml.
LISTED = ("where", "promise", "sorry", "insult", "handover")
SIGNS = (*LISTED, "person", "figure", "shout")
TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Herr|Frau)\.?\s+[^\W\d_]|(?<!\w)@\w")
FIGURE = re.compile(r"[€$£%]|\d{2,}|\b\d+[.,]\d")
LONG_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True)
class Line:
    """Said where all of `when` holds: a sign in the latest words, "ever-" before it for any words so far, "not-" for
    its absence, or what somebody did."""

    when: tuple[str, ...]
    text: str
    section: str = ""

    def holds(self, seen: frozenset[str]) -> bool:
        return all(one[4:] not in seen if one.startswith("not-") else one in seen for one in self.when)


@dataclass(frozen=True)
class Turn:
    who: str  # fan, troll, journalist, customer or colleague
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Scene:
    key: str
    language: str
    title: str
    place: str
    scene: str
    task: str
    names: tuple[str, ...]  # of people in it, whom a post would name
    turns: tuple[Turn, ...]
    debrief: tuple[Line, ...]
    closing: str
    listens: Mapping[str, tuple[str, ...]]

    def signs_in(self, text: str) -> set[str]:
        low = " ".join(text.casefold().replace("’", "'").split())
        found = {name for name in LISTED if any(holds_word(low, word) for word in self.listens[name])}
        if TITLED.search(text) or any(holds_word(low, name.casefold()) for name in self.names):
            found.add("person")
        if FIGURE.search(text):
            found.add("figure")
        capitals = [word for word in LONG_WORD.findall(text) if word.isupper()]
        return found | ({"shout"} if "!!" in text or len(capitals) > 1 else set())


def holds_word(text: str, word: str) -> bool:
    """As a word or the beginning of one: "apolog" in "my apologies"."""
    return re.search(rf"(?<!\w){re.escape(word)}", text) is not None


@dataclass(frozen=True)
class Step:
    does: str
    text: str = ""


@dataclass(frozen=True)
class Said:
    """One bubble of the page: one's own, or of the cast."""

    step: Step | None
    turn: Turn | None = None
    text: str = ""


@dataclass(frozen=True)
class Talk:
    scene: Scene
    steps: tuple[Step, ...] = ()

    @property
    def is_over(self) -> bool:
        return bool(self.steps) and (self.steps[-1].does in ENDS or len(self.steps) > len(self.scene.turns))

    def seen(self, steps: Sequence[Step]) -> frozenset[str]:
        """Everything that a line can ask for, after these steps."""
        latest = self.scene.signs_in(steps[-1].text)
        ever = {f"ever-{sign}" for step in steps for sign in self.scene.signs_in(step.text)}
        ever |= {f"ever-{step.does}" for step in steps}
        return frozenset({*latest, steps[-1].does, *ever})

    @property
    def said(self) -> list[Said]:
        """What stands in the page: each step, and what the cast makes of it."""
        found = []
        for number, step in enumerate(self.steps):
            found.append(Said(step))
            if step.does in ENDS or number >= len(self.scene.turns):
                break
            turn, seen = self.scene.turns[number], self.seen(self.steps[: number + 1])
            found.append(Said(None, turn, next(line.text for line in turn.lines if line.holds(seen))))
        return found

    @property
    def debrief(self) -> list[Line]:
        seen = self.seen(self.steps)
        return [line for line in self.scene.debrief if line.holds(seen)]

    def then(self, does: str, text: str) -> "Talk":
        """With one step more. Silence and an unknown act are a ValueError."""
        said = printable(text).strip()[:LONGEST] if does == SAY else ""
        if does not in DOES or self.is_over or (does == SAY and not said):
            raise ValueError(does)
        return Talk(self.scene, (*self.steps, Step(does, said)))


def sealed(talk: Talk) -> str:
    """What the page carries to the next turn. Nobody but the page keeps it."""
    steps = [[step.does, step.text] for step in talk.steps]
    return Signer(salt="guidelines.rehearsing").sign_object({"scene": talk.scene.key, "steps": steps}, compress=True)


def opened(scene: Scene, text: str) -> Talk:
    """The talk so far; ValueError where it is none of ours, or of another scene."""
    try:
        raw = Signer(salt="guidelines.rehearsing").unsign_object(text)
    except (BadSignature, ValueError):
        raise ValueError("not ours") from None
    if raw["scene"] != scene.key:
        raise ValueError("of another scene")
    return Talk(scene, tuple(Step(does, said) for does, said in raw["steps"]))


@cache
def scenes(folder: Path = FOLDER) -> dict[str, dict[str, Scene]]:
    """By key, then by language."""
    found: dict[str, dict[str, Scene]] = {}
    for home in [folder, *sorted(path for path in folder.iterdir() if path.is_dir())]:
        language = ORIGINAL if home == folder else home.name
        listens = {name: tuple(several) for name, several in tomllib.loads((home / WORDS).read_text()).items()}
        for path in sorted(home.glob("*.toml")):
            if path.name != WORDS:
                key = path.stem.partition("-")[2]
                found.setdefault(key, {})[language] = _scene(key, language, tomllib.loads(path.read_text()), listens)
    return found


def scene_for(key: str, language: str) -> Scene:
    """KeyError for an unknown one."""
    several = scenes()[key]
    return next(several[one] for one in (language, language.partition("-")[0], ORIGINAL) if one in several)


def _scene(key: str, language: str, raw: Mapping[str, Any], listens: Mapping[str, tuple[str, ...]]) -> Scene:
    turns = tuple(Turn(one["who"], one["name"], tuple(map(_line, one["says"]))) for one in raw["turns"])
    words = {name: str(raw[name]) for name in ("title", "place", "scene", "task", "closing")}
    debrief = tuple(map(_line, raw["debrief"]))
    return Scene(
        key=key, language=language, names=tuple(raw.get("names", ())), turns=turns, debrief=debrief, listens=listens,
        **words,
    )  # fmt: skip


def _line(raw: Mapping[str, Any]) -> Line:
    return Line(tuple(raw.get("when", ())), str(raw["text"]), str(raw.get("section", "")))
