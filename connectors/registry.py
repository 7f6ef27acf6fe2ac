"""Every platform we have. Nothing outside `connectors` names one."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from connectors.base import Connector
from connectors.base.facts import Facts, read_facts
from connectors.bluesky import Bluesky
from connectors.linkedin import LinkedIn, VettedLinkedIn
from connectors.mastodon import Mastodon
from connectors.threads import Threads
from connectors.x import X
from core.http import Door

CLASSES: tuple[type[Connector], ...] = (LinkedIn, X, Mastodon, Bluesky, Threads)
# Where a platform sells us more under the same name: the class by key and product, which a setting names.
PRODUCTS: dict[tuple[str, str], type[Connector]] = {("linkedin", "community"): VettedLinkedIn}
KEYS: tuple[str, ...] = tuple(made.key for made in CLASSES)


def build(door: Door, places_by_key: Mapping[str, Mapping[str, str]] | None = None) -> dict[str, Connector]:
    """One connector of each kind, sharing the door. `places_by_key` lets stand-ins take the platforms' addresses."""
    places = places_by_key or {}
    return {made.key: class_of(made, places.get(made.key, {}))(door, places.get(made.key)) for made in CLASSES}


def class_of(made: type[Connector], places: Mapping[str, str]) -> type[Connector]:
    return PRODUCTS.get((made.key, places.get("product", "")), made)


def facts_of(connector: Connector | type[Connector]) -> Facts:
    """What people are told about this platform, from the file beside its connector."""
    return _facts(connector.key, connector.facts_file)


@cache
def _facts(key: str, file: str) -> Facts:
    return read_facts(Path(__file__).parent / key / file)
