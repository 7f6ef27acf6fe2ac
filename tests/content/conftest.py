"""Curators, a small web server that serves what the outside world serves, and drafts ready to be sent on."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client

from accounts import queries as accounts
from accounts.models import User
from accounts.rules import PROVED_AT
from content.actions import CaptionWords, StoryWords, make_story
from content.models import Feed, Story
from core import clock
from tests.factories import MemberFactory

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@dataclass
class Outside:
    """`pages` maps a path to (status, headers, body); `asked` keeps the headers each request came with."""

    origin: str
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def serve(self, path: str, body: bytes | str, *, status: int = 200, **headers: str) -> str:
        content = body.encode() if isinstance(body, str) else body
        self.pages[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, content)
        return self.origin + path


def handler(outside: Outside) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            outside.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            status, headers, body = outside.pages.get(self.path, (404, {}, b"nothing"))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    return Handler


@pytest.fixture(scope="session")
def outside_server() -> Iterator[tuple[ThreadingHTTPServer, Outside]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    outside = Outside(f"http://127.0.0.1:{server.server_port}")
    server.RequestHandlerClass = handler(outside)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server, outside
    server.shutdown()
    server.server_close()


@pytest.fixture
def outside(outside_server: tuple[ThreadingHTTPServer, Outside], settings: Any) -> Outside:
    _server, outside = outside_server
    outside.pages.clear()
    outside.asked.clear()
    # This very address is allowed; every other one on this machine stays private, as it would be anywhere.
    settings.ALLOWED_ORIGINS = [outside.origin]
    return outside


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def fresh_memory() -> Iterator[None]:
    accounts.forget_kept()
    yield
    accounts.forget_kept()


@pytest.fixture
def sofia(db: None) -> User:
    return MemberFactory(name="Sofia Lindqvist", roles=["curator"], time_zone="Europe/London")


@pytest.fixture
def dai(db: None) -> User:
    return MemberFactory(name="Dai Evans", roles=["curator"], time_zone="Europe/London")


@pytest.fixture
def mina(db: None) -> User:
    return MemberFactory(name="Mina Okafor")


def words(**changes: Any) -> StoryWords:
    return StoryWords(**({"title": "A bakery sold its van", "url": "https://blog.example/van"} | changes))


@pytest.fixture
def draft(sofia: User) -> Story:
    return make_story(actor=sofia, words=words(), captions=[CaptionWords("Warm bread, quiet street.")], at=AT)


@pytest.fixture
def make_feed(db: None) -> Callable[..., Feed]:
    def made(url: str, **changes: Any) -> Feed:
        return Feed.objects.create(**({"url": url, "state": "active", "state_at": AT, "due_at": AT} | changes))

    return made


def signed_in(member: User) -> Client:
    """A browser whose person has shown who they are a moment ago."""
    client = Client()
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[PROVED_AT] = clock.now().timestamp()
    session.save()
    return client
