"""What people are told about a platform before they begin. Data beside each connector, in its `facts.toml`."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Source:
    """Where a fact is from, and how old that page is: a day, a month, a year, or "undated copy"."""

    about: str
    dated: str
    where: str


@dataclass(frozen=True)
class Facts:
    """Whole sentences, each true on `read_on`, the day somebody last read the sources."""

    read_on: date
    registered_by: str  # who makes our app there, and whether the platform reviews it
    asked_of_page: str  # what the person who administers the firm's own page there has to do
    costs: str
    beforehand: tuple[str, ...]  # what a member should know before connecting
    never_sees: tuple[str, ...]  # what we cannot learn there, whatever anybody allows
    lasts: str  # how long a connection holds
    ends: str  # how a member or the firm ends it at the platform itself
    sources: tuple[Source, ...]


def read_facts(path: Path) -> Facts:
    found: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    found["sources"] = tuple(Source(**one) for one in found["sources"])
    for name, value in found.items():
        found[name] = tuple(value) if isinstance(value, list) else value
    return Facts(**found)
