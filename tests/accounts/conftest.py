"""A signed-in browser, and stand-in platforms whose consent pages it can press buttons on."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts import queries
from accounts.models import User
from core import clock
from tests.contract.town import Town, running_town
from tests.factories import MemberFactory

BrowserOf = Callable[[User], Client]


@pytest.fixture(autouse=True)
def nothing_counted(settings: Any) -> None:
    """Limits are counted in the cache; one test's tries must not use up another's."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


@pytest.fixture
def member(db: None) -> User:
    return MemberFactory(name="Ada Lovelace", email="ada@firm.example")


@pytest.fixture
def browser_of() -> BrowserOf:
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def browser(member: User, browser_of: BrowserOf) -> Client:
    return browser_of(member)


@pytest.fixture
def own_clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A clock this test may move."""
    monkeypatch.delenv("CLOCK_FILE", raising=False)
    yield
    clock.set_offset(0)


@pytest.fixture(scope="session")
def session_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Town, Path]]:
    file = tmp_path_factory.mktemp("clock") / "clock"
    with running_town(tmp_path_factory.mktemp("town"), file) as town:
        yield town, file


@pytest.fixture
def town(session_town: tuple[Town, Path], settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    town, file = session_town
    monkeypatch.setenv("CLOCK_FILE", str(file))
    settings.SANDBOX, settings.SANDBOX_URL = True, town.base
    forget()
    yield town
    clock.set_offset(0)
    town.mend()
    forget()


def forget() -> None:
    queries.door.cache_clear()
    queries.connectors.cache_clear()
    queries.forget_kept()


def start_linking(browser: Client, connector: str, **typed: Any) -> str:
    """Press "Connect": the address of the consent page, which stands on the answer as a plain link."""
    if connector == "mastodon":
        typed.setdefault("address", "@ada@town.example")
    if connector == "bluesky":
        typed.setdefault("handle", "ada.town.example")
    answer = browser.post(f"/me/accounts/{connector}/start/", typed)
    assert answer.status_code == 200, answer.content.decode()
    found = re.search(r'href="(http[^"]+)" data-focus', answer.content.decode())
    assert found, answer.content.decode()
    return unescape(found[1])


def decide(town: Town, address: str, name: str = "ada", decision: str = "allow") -> str:
    """Press a button on the platform's page: the address we are sent back to, without our own host."""
    answer = town.door.request("POST", address, data={"name": name, "decision": decision})
    parts = urlsplit(answer.headers.get("location", ""))
    assert parts.path.startswith("/me/accounts/"), answer.text
    return f"{parts.path}?{parts.query}"


def link(browser: Client, town: Town, connector: str, name: str = "ada", **typed: Any) -> HttpResponse:
    return browser.get(decide(town, start_linking(browser, connector, **typed), name))
