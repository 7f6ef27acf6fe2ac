"""A push: only from a browser whose member tapped for it, encrypted to it, and forgotten when it says so."""

import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from py_vapid import Vapid02

from advocacy.up.secret_keys import new_push_key
from notifications import pushing
from notifications.actions import tell
from notifications.choosing import choose_channels
from notifications.delivering import deliver_due
from notifications.models import Delivery, Notice, PushAddress
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
OFFICE = [[540, 1020]] * 5 + [None, None]


def text_of(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


class PushService(ThreadingHTTPServer):
    """The least of a push service: keeps what it was given and answers as told."""

    kept: list[tuple[dict[str, str], bytes]]
    status: int
    wait: str


class Handler(BaseHTTPRequestHandler):
    server: PushService

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.kept.append((dict(self.headers), body))
        self.send_response(self.server.status)
        if self.server.wait:
            self.send_header("Retry-After", self.server.wait)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


class Browser:
    """The other side of the encryption: what a browser keeps to itself."""

    def __init__(self) -> None:
        self.key, self.secret = ec.generate_private_key(ec.SECP256R1()), b"0123456789abcdef"
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        self.sends = {"p256dh": text_of(point), "auth": text_of(self.secret), "browser": "Chrome · Android"}

    def reads(self, body: bytes) -> Any:
        return json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm"))


@pytest.fixture
def service(settings: Any) -> Iterator[PushService]:
    with PushService(("127.0.0.1", 0), Handler) as service:
        service.kept, service.status, service.wait = [], 201, ""
        threading.Thread(target=service.serve_forever, args=(0.01,), daemon=True).start()
        settings.ALLOWED_ORIGINS = [address(service)]
        settings.VAPID_KEY = new_push_key()
        yield service
        service.shutdown()


def address(service: PushService) -> str:
    return f"http://127.0.0.1:{service.server_address[1]}"


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def member(client: Client, service: PushService, browser: Browser) -> Any:
    member = MemberFactory(working_hours=OFFICE)
    client.force_login(member)
    answer = client.post("/me/push/", {"endpoint": f"{address(service)}/abc", **browser.sends})
    assert answer.status_code == 204
    choose_channels(actor=member, channels={"accounts": ["push"]})
    return member


def say(member: Any) -> None:
    tell(member=member, kind="relink", text="@ines has to be connected again.", url="/me/accounts/", at=MONDAY)
    deliver_due(at=MONDAY)


def test_a_push_is_encrypted_signed_and_says_nothing_private(
    member: Any, service: PushService, browser: Browser
) -> None:
    say(member)
    ((headers, body),) = service.kept
    said = browser.reads(body)
    assert said["title"] == "An account of yours needs a look" and said["url"] == "/me/accounts/"
    assert "@ines" not in json.dumps(said) and b"account" not in body and len(body) < 1000
    assert headers["Content-Encoding"] == "aes128gcm" and headers["TTL"] == "86400"
    assert Vapid02.verify(headers["Authorization"]) and pushing.public_key() in headers["Authorization"]
    assert Delivery.objects.get().state == "gone" and Notice.objects.count() == 1


@pytest.mark.parametrize("status", [404, 410, 400, 403])
def test_an_address_that_is_over_is_not_used_again(member: Any, service: PushService, status: int) -> None:
    service.status = status
    say(member)
    assert PushAddress.objects.get().state == "gone" and Delivery.objects.get().state == "dropped"


@pytest.mark.parametrize(("status", "wait", "minutes"), [(429, "600", 10), (503, "", 1), (500, "soon", 1)])
def test_a_busy_service_is_asked_again(member: Any, service: PushService, status: int, wait: str, minutes: int) -> None:
    service.status, service.wait = status, wait
    say(member)
    waiting = Delivery.objects.get()
    assert waiting.state == "waiting" and waiting.due_at == MONDAY + timedelta(minutes=minutes)
    service.status = 201
    deliver_due(at=waiting.due_at)
    assert Delivery.objects.get().state == "gone" and len(service.kept) == 2


def test_where_it_is_reached_is_sealed_and_found_again_by_its_hash(
    member: Any, client: Client, service: PushService
) -> None:
    row = PushAddress.objects.get()
    assert "127.0.0.1" not in row.sealed and "127.0.0.1" not in row.endpoint_hash
    client.post("/me/push/", {"endpoint": f"{address(service)}/abc", **Browser().sends})
    assert PushAddress.objects.count() == 1
    page = client.get("/me/messages/").content.decode()
    assert "Chrome · Android" in page and "127.0.0.1" not in page


def test_only_its_own_member_takes_a_browser_away(member: Any, client: Client) -> None:
    number = PushAddress.objects.get().pk
    other = Client()
    other.force_login(MemberFactory())
    other.post(f"/me/push/{number}/forget/")
    assert PushAddress.objects.count() == 1
    client.post(f"/me/push/{number}/forget/")
    assert not PushAddress.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "http://192.168.0.1/x"}, {"endpoint": "nonsense"}, {"p256dh": "AAAA"}, {"auth": "AAAA"},
        {"p256dh": ""}, {"auth": "é"}, {"endpoint": ""},
    ],
)  # fmt: skip
def test_what_is_no_push_address_is_refused(client: Client, browser: Browser, wrong: dict[str, str]) -> None:
    client.force_login(MemberFactory())
    sent = {"endpoint": "https://push.example/abc", **browser.sends, **wrong}
    assert client.post("/me/push/", sent).status_code == 422 and not PushAddress.objects.exists()


def test_without_a_key_no_page_offers_it(client: Client, settings: Any) -> None:
    settings.VAPID_KEY = ""
    client.force_login(MemberFactory())
    assert "data-push" not in client.get("/me/messages/").content.decode() and pushing.public_key() == ""
