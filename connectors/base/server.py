"""What one server allows, where each server of a platform decides for itself. Servers may say anything: a number that
cannot be true counts for nothing, and the usual one holds."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

# From the smallest to the largest that anybody runs, with room to spare.
BELIEVED = {
    "characters": (100, 100_000),
    "address": (1, 100),
    "pictures": (1, 100),
    "picture_bytes": (100_000, 1_000_000_000),
    "alt": (100, 100_000),
}


@dataclass(frozen=True)
class ServerLimits:
    """`address` is what any link counts, `alt` how long the description of a picture may be. None: as usual."""

    characters: int | None = None
    address: int | None = None
    pictures: int | None = None
    picture_bytes: int | None = None
    alt: int | None = None

    @property
    def kept(self) -> dict[str, int]:
        """What differs from the usual, as it is kept."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def believed(found: Mapping[str, Any]) -> ServerLimits:
    return ServerLimits(**{name: value for name, value in found.items() if is_believable(name, value)})


def is_believable(name: str, value: object) -> bool:
    if name not in BELIEVED or not isinstance(value, int) or isinstance(value, bool):
        return False
    least, most = BELIEVED[name]
    return least <= value <= most
