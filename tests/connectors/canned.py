"""A platform that gives the answers it was handed, in order, and keeps what it was asked."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from connectors.base import Card, Connector, Credentials, Draft, Marker
from core.http import Answer, Door, Headers, Policy
from tests.core.serving import Line, serving

STARTED = datetime(2026, 11, 22, 18, 0, 0, 123456, tzinfo=UTC)
SHORT = "https://go.example.org/go/abc"


@dataclass
class Canned:
    answers: list[tuple[int, dict[str, str], Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    origin: str = ""

    def will_answer(self, status: int, body: Any = "", **headers: str) -> None:
        self.answers.append((status, headers, body))

    def handle(self, line: Line) -> None:
        while True:
            self.asked.append(line.read().decode("utf-8", "replace"))
            status, headers, body = self.answers.pop(0)
            content = body if isinstance(body, str) else json.dumps(body)
            extra = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
            line.answer(content.encode(), f"{status} Whatever", extra)


@contextmanager
def canned(made: type[Connector], *names: str) -> Iterator[tuple[Any, Canned]]:
    """The connector with all `names` of its addresses pointing at a canned platform."""
    platform = Canned()
    with serving(platform.handle) as server:
        platform.origin = server.origin
        yield made(Door(Policy(frozenset({server.origin}))), dict.fromkeys(names, server.origin)), platform


def credentials(**changes: Any) -> Credentials:
    given = {"origin": "https://town.example", "access": "a-token", "refresh": "r-token", "remote_id": "42"}
    return Credentials(**{**given, "client_id": "id", "client_secret": "hush", **changes})


def draft(text: str = "Hallo", *, url: str | None = SHORT, **card: Any) -> Draft:
    link = Card(url, **{"title": "Ein Titel", "description": "Worum es geht", **card}) if url else None
    return Draft(text, link, "de", Marker("key-1", "3lbqgx2cq2k2a", SHORT, STARTED))


def answer(status: int, body: Any = "", headers: dict[str, str] | None = None) -> Answer:
    content = body if isinstance(body, str) else json.dumps(body)
    return Answer(status, Headers((headers or {}).items()), content.encode(), "https://platform.example/")
