"""A call as it came in and an answer as it goes out: thinner than a framework's, because hundreds come a second."""

import base64
import binascii
import json
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, unquote_plus

from .world import World

Headers = list[tuple[str, str]]


@dataclass(slots=True)
class Answer:
    status: int
    body: bytes = b""
    headers: Headers = field(default_factory=list)


class Refused(Exception):
    """Raised anywhere in a handler; the door sends its answer."""

    def __init__(self, answer: Answer):
        super().__init__(answer.status)
        self.answer = answer


def reply(data: Any, status: int = 200, headers: Headers | None = None) -> Answer:
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    return Answer(status, body, [("content-type", "application/json; charset=utf-8"), *(headers or [])])


def page(html: str, status: int = 200) -> Answer:
    return Answer(status, html.encode(), [("content-type", "text/html; charset=utf-8")])


def redirect(url: str) -> Answer:
    return Answer(302, b"", [("location", url), ("cache-control", "no-store")])


@dataclass(slots=True)
class Upload:
    name: str
    mime: str
    content: bytes


class Call:
    def __init__(self, world: World, platform: str, scope: dict[str, Any], body: bytes):
        self.world, self.platform, self.scope, self.body = world, platform, scope, body
        self.store = world.store
        # One moment for the whole call, so that no two rows of one answer disagree about the time.
        self.now = world.clock.now()
        self.method: str = scope["method"]
        self.params: dict[str, str] = scope.get("path_params", {})
        # What this call has already looked up.
        self.tokens: dict[str, Any] = {}
        self.people: dict[str, Any] = {}
        # Headers a handler wants on whatever is answered, refusals included: mostly what is left of a limit.
        self.extra: Headers = []
        # Headers that stay, whatever is done to those.
        self.standing: Headers = []

    @cached_property
    def headers(self) -> dict[str, str]:
        return {name.decode("latin-1"): value.decode("latin-1") for name, value in self.scope["headers"]}

    def header(self, name: str) -> str:
        return self.headers.get(name, "")

    @cached_property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(self.scope["query_string"].decode(), keep_blank_values=True)

    def asked(self, name: str, default: str = "") -> str:
        return self.query.get(name, [default])[0]

    @property
    def mime(self) -> str:
        return self.header("content-type").split(";")[0].strip().lower()

    @property
    def bearer(self) -> str:
        scheme, _, token = self.header("authorization").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else ""

    @property
    def token(self) -> str:
        """What is shown, by whichever scheme."""
        return self.header("authorization").partition(" ")[2].strip()

    @property
    def basic(self) -> tuple[str, str]:
        scheme, _, packed = self.header("authorization").partition(" ")
        if scheme.lower() != "basic":
            return "", ""
        try:
            name, _, secret = base64.b64decode(packed).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return "", ""
        # RFC 6749 2.3.1: both parts are form-encoded before they are joined.
        return unquote_plus(name), unquote_plus(secret)

    @cached_property
    def json(self) -> dict[str, Any] | None:
        """The JSON object in the body, or None when there is none."""
        try:
            data = json.loads(self.body)
        except ValueError:
            return None
        return data if isinstance(data, dict) else None

    @cached_property
    def form(self) -> dict[str, str]:
        if self.mime != "application/x-www-form-urlencoded":
            return {}
        return {name: values[-1] for name, values in self.form_lists.items()}

    @cached_property
    def form_lists(self) -> dict[str, list[str]]:
        return parse_qs(self.body.decode("utf-8", "replace"), keep_blank_values=True)

    @cached_property
    def parts(self) -> tuple[dict[str, str], dict[str, Upload]]:
        """Fields and files of a multipart body."""
        if self.mime != "multipart/form-data":
            return {}, {}
        # A multipart body is a mail without its head: give it one, and the standard library reads it.
        head = f"Content-Type: {self.header('content-type')}\r\n\r\n".encode("latin-1")
        fields: dict[str, str] = {}
        files: dict[str, Upload] = {}
        for part in BytesParser(policy=HTTP).parsebytes(head + self.body).iter_parts():
            name = str(part.get_param("name", header="content-disposition") or "")
            payload = part.get_payload(decode=True)
            content = payload if isinstance(payload, bytes) else b""
            if part.get_filename() is not None:
                files[name] = Upload(part.get_filename() or "", part.get_content_type(), content)
            else:
                fields[name] = content.decode("utf-8", "replace")
        return fields, files
