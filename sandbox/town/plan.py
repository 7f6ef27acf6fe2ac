"""What will happen to one post, decided once and always the same for the same words by the same person."""

import json
import random
import sqlite3
from dataclasses import dataclass
from typing import Any

from . import cast

SOON, HALF_OF_THEM, LAST = 6.0, 25 * 60.0, 36 * 3600.0
GLANCES = 10


@dataclass(slots=True)
class Event:
    after: float
    kind: str
    visitor: dict[str, Any]


def events(row: sqlite3.Row, account: sqlite3.Row) -> list[Event]:
    # Nothing in it but what a second run has too: no id and no time.
    chance = random.Random(f"{row['platform']} {account['name']} {row['text']}")
    seen = round(account["followers"] * chance.uniform(0.12, 0.5))
    interest = chance.lognormvariate(0, 0.6)
    planned = [Event(human(chance), "seen", {"n": max(1, seen // GLANCES)}) for _ in range(GLANCES)]
    planned += several(chance, "like", seen * 0.03 * interest)
    planned += several(chance, "repost", seen * 0.006 * interest)
    planned += several(chance, "reply", seen * 0.005 * interest)
    if row["marker"]:
        planned += several(chance, "visit", seen * 0.035 * interest + 1)
        planned += robots(chance, row["platform"])
    hurry(chance, planned)
    return planned


def several(chance: random.Random, kind: str, about: float) -> list[Event]:
    # 2.3 means two, and a third one three times out of ten.
    count = int(about) + (chance.random() < about % 1)
    return [Event(human(chance), kind, visitor(chance, kind)) for _ in range(count)]


def human(chance: random.Random) -> float:
    """Half have come after twenty-five minutes; a few only the next day."""
    return SOON + min(LAST, HALF_OF_THEM * chance.lognormvariate(0, 1.4))


def hurry(chance: random.Random, planned: list[Event]) -> None:
    """Two or three of them within the first minute, because somebody may be watching."""
    people = [event for event in planned if event.kind in ("visit", "like", "seen")]
    for event in chance.sample(people, min(4, len(people))):
        event.after = chance.uniform(SOON, 60)


def visitor(chance: random.Random, kind: str) -> dict[str, Any]:
    if kind == "reply":
        return {"name": chance.choice(cast.NAMES), "text": chance.choice(cast.REPLIES)}
    if kind != "visit":
        return {}
    return caller(chance, chance.choice(cast.BROWSERS)) | {"language": chance.choice(cast.LANGUAGES)}


def caller(chance: random.Random, agent: str) -> dict[str, Any]:
    return {"agent": agent, "address": chance.choice(cast.STREETS) + str(chance.randint(1, 254))}


def robots(chance: random.Random, platform: str) -> list[Event]:
    """The platform's own preview at once, then a search engine or two, a mail scanner, a browser that guesses."""
    planned = [Event(chance.uniform(0.5, 4), "robot", caller(chance, cast.PREVIEWS[platform]))]
    for agent in chance.sample(cast.ROBOTS, chance.randint(0, 3)):
        planned.append(Event(human(chance), "robot", caller(chance, agent)))
    if chance.random() < 0.5:
        planned.append(Event(human(chance), "head", caller(chance, chance.choice(cast.BROWSERS))))
    if chance.random() < 0.4:
        planned.append(Event(human(chance), "prefetch", caller(chance, chance.choice(cast.BROWSERS))))
    return planned


def packed(event: Event) -> str:
    return json.dumps(event.visitor)
