"""What was written for the demo, read from the TOML files beside this module."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
# Name on the page and hue (one of the six of the design tokens), by the name of the file.
TOPICS = {
    "city": ("City riding", "1"),
    "workshop": ("Workshop", "2"),
    "materials": ("Materials", "3"),
    "community": ("Community", "4"),
    "repair": ("Repair", "5"),
}


@dataclass(frozen=True)
class Written:
    """One story as it stands in the files. Captions are (connector or "", language, words)."""

    slug: str
    title: str
    summary: str
    picture: str
    topic: str
    captions: list[tuple[str, str, str]] = field(default_factory=list)
    language: str = "en"
    age: float = 0  # days since it went live; 0 when it has not
    state: str = ""
    by: str = "sofia"
    goes_live: int = 0  # days until then
    withdrawn: str = ""  # why
    posts: list[str] = field(default_factory=list)  # names of pictures that are posted themselves


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text())


@cache
def stories() -> list[Written]:
    """Everything the product knows of, topic after topic."""
    return [written(row, topic) for topic in TOPICS for row in read(f"stories/{topic}.toml")["story"]]


@cache
def fresh_stories() -> list[Written]:
    """What the demo's blog has and the product has yet to fetch."""
    return [written(row, "city") for row in read("stories/fresh.toml")["story"]]


def written(row: dict[str, Any], topic: str) -> Written:
    captions = [(connector, language, words) for connector, language, words in row.get("captions", [])]
    return Written(**{**row, "topic": topic, "captions": captions})


@cache
def people() -> dict[str, Any]:
    return read("people.toml")


@cache
def campaigns() -> dict[str, Any]:
    return read("campaigns.toml")


@cache
def remarks() -> dict[str, dict[str, list[str]]]:
    return read("remarks.toml")


@cache
def door_person() -> dict[str, Any]:
    return read("mina.toml")
