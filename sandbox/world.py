"""Everything that is true in the sandbox at this moment, in one object that is passed around."""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from .clock import Clock
from .faults import Faults
from .limits import Limits
from .store import Store

# What can be turned about a platform by POST /modes, and how it stands at first.
MODES: dict[str, dict[str, Any]] = {
    "mastodon": {"version": "4.5.2", "max_characters": 500, "late_key": 0.0, "slow_media": 0.0, "ignore_keys": False},
    # `older` knows no narrow rights; `clients` are the documents of applications by their id.
    "bluesky": {"older": False, "clients": {}},
    "linkedin": {"product": "self-serve"},
    "x": {"credits": 10_000.0},
    "threads": {"quota": 250, "slow_containers": 0.0, "container_error": ""},
}


@dataclass
class Stats:
    calls: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    in_flight: int = 0


class World:
    def __init__(self, store: Store, clock: Clock, base: str, product: str = "", town: bool = False):
        self.store, self.clock, self.base, self.product = store, clock, base, product
        self.starts_with_town = town
        self.last_number = 0  # of posts and pictures; nought until the first is given
        self.fresh()

    def fresh(self) -> None:
        self.faults, self.limits, self.stats = Faults(), Limits(), Stats()
        self.latency: dict[str, float] = {}
        self.told: list[tuple[str, dict[str, Any]]] = []  # messages in Slack and Teams, newest first
        # Nought is off.
        self.town_speed = 1.0 if self.starts_with_town else 0.0
        # Modes are kept: a server that came back as another version would be another server.
        self.modes = {key: dict(mode) for key, mode in MODES.items()}
        for key, kept in json.loads(self.store.setting("modes", "{}")).items():
            self.modes[key].update(kept)

    def reset(self) -> None:
        self.store.forget_everything()
        self.fresh()

    def turn(self, platform: str, **changes: Any) -> None:
        self.modes[platform].update(changes)
        self.store.keep("modes", json.dumps(self.modes))

    def wait_for(self, platform: str) -> float:
        return self.latency.get(platform, self.latency.get("*", 0.0))
