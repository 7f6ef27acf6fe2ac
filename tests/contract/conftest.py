import os
import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from connectors import registry
from connectors.base import Card, Credentials, Draft, Marker, record_key
from connectors.bluesky import Bluesky
from core import clock
from core.http import Door, Policy, origin_of

from .pictures import PNG
from .sides import RealBluesky, Sandbox, Side
from .town import Town, running_town

CLASSES = {made.key: made for made in registry.CLASSES} | {"real-bluesky": Bluesky}
REAL = os.environ.get("ADVOCACY_REAL_BSKY", "")
SIDES = [*registry.KEYS, *(["real-bluesky"] if REAL else [])]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that is about something a platform does not have is no test of it, not a skipped one."""
    items[:] = [item for item in items if fits(item)]


def fits(item: pytest.Item) -> bool:
    wanted = getattr(getattr(item, "function", None), "needs", {})
    key = item.callspec.params.get("side") if hasattr(item, "callspec") else None
    traits = {"can_fail": key != "real-bluesky", "consent": key != "real-bluesky"}
    return key is None or all(traits.get(name, getattr(CLASSES[key], name, None)) == wanted[name] for name in wanted)


@pytest.fixture(scope="session")
def clock_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clock") / "clock"


@pytest.fixture(autouse=True)
def one_clock(clock_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOCK_FILE", str(clock_file))


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory, clock_file: Path) -> Iterator[Town]:
    with running_town(tmp_path_factory.mktemp("town"), clock_file) as town:
        yield town


@pytest.fixture(params=SIDES)
def side(request: pytest.FixtureRequest) -> Iterator[Side]:
    """One platform: its connector, and what the test may do and see on the other side."""
    if request.param == "real-bluesky":
        door = Door(Policy(frozenset({origin_of(REAL)})))
        yield RealBluesky(registry.build(door, {"bluesky": {"pds": REAL.rstrip("/")}})["bluesky"], REAL.rstrip("/"))
        return
    town = request.getfixturevalue("town")
    door = Door(Policy(frozenset({town.base})))
    connector = registry.build(door, town.places())[request.param]
    connector.seconds = 10.0  # a busy machine is no fault of the platform
    yield Sandbox(connector, town)
    town.mend()


@pytest.fixture
def credentials(side: Side) -> Credentials:
    return side.credentials()


@pytest.fixture
def draft() -> Draft:
    return new_draft("Wir bauen eine neue Brücke über die Aare.")


def new_draft(text: str, *, picture: bytes | None = None, with_link: bool = True) -> Draft:
    """Words of their own each time, since some platforms refuse the same words twice."""
    at = clock.now()
    code = secrets.token_hex(4)  # as ours, it ends in a letter or digit
    url = f"https://go.example.org/go/{code}"
    card = Card(url, "Eine Brücke", "Was wir bauen und warum", picture, "Eine Brücke im Nebel")
    marker = Marker(secrets.token_hex(16), record_key(at, secrets.randbelow(1024)), url, at)
    return Draft(f"{text} {code}", card if with_link else None, "de", marker)


def with_picture(draft: Draft) -> Draft:
    assert draft.link
    return replace(draft, link=replace(draft.link, image=PNG))
