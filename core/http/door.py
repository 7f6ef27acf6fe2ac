import functools
import http.client
import os
import re
import ssl
import threading
from base64 import b64encode
from collections.abc import Mapping
from time import monotonic
from typing import Any, cast
from urllib.parse import urljoin

import certifi

from core.http.answer import Answer, Headers
from core.http.body import Pairs, Upload, encode, unpack, with_params
from core.http.errors import Lost, NotSent, Refused, TooLarge
from core.http.guard import Policy, Target, parse, permitted
from core.http.wire import Wire, open_wire

REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Shorter than what servers and the boxes in between usually grant, so that we rarely meet a connection just closed.
IDLE_SECONDS = 20.0
IDLE_PER_ORIGIN = 128
UNSENDABLE = re.compile(r"[\r\n\0]")


class Door:
    """Calls to other servers: one total deadline, a size limit, no private addresses, no proxies and no retries.

    Safe to share between threads; connections are kept open per origin. `authorities` names a file with the
    certificates of a firm's own authority, believed beside the public ones.
    """

    def __init__(self, policy: Policy, *, authorities: str | None = None) -> None:
        self.policy = policy
        self._context = believed(authorities)
        self._lock = threading.Lock()
        self._idle: dict[str, list[Wire]] = {}
        self._process = os.getpid()

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Pairs | None = None,
        json: Any = None,
        data: Pairs | bytes | str | None = None,
        files: Mapping[str, Upload] | None = None,
        auth: tuple[str, str] | None = None,
        total: float = 15.0,
        max_bytes: int = 2_000_000,
        follow: int = 0,
    ) -> Answer:
        """One call. `total` seconds cover all of it, redirects included; `follow` is how many of those we go along.

        Raises Refused, NotSent, Lost or TooLarge. Any status that comes back is an answer, not an error.
        """
        deadline = monotonic() + total
        body, kind = encode(json, data, files)
        sent = self._headers(kind, auth, headers or {})
        target = parse(url)
        path = with_params(target.path, params)
        for hop in range(follow + 1):
            answer = self._call(method, target, path, sent, body, deadline, max_bytes)
            where = answer.headers.get("location")
            if not follow or answer.status not in REDIRECTS or not where or method not in ("GET", "HEAD"):
                return answer
            if hop < follow:
                onward = parse(urljoin(answer.url, where))
                if onward.origin != target.origin:
                    sent = {
                        name: value for name, value in sent.items() if name.lower() not in ("authorization", "cookie")
                    }
                target, path = onward, with_params(onward.path, None)
        raise Refused(f"{target.host} sends us on to another address too many times.")

    def _headers(self, kind: str, auth: tuple[str, str] | None, given: Mapping[str, str]) -> dict[str, str]:
        usual = {"User-Agent": self.policy.user_agent, "Accept": "*/*", "Accept-Encoding": "gzip"}
        if kind:
            usual["Content-Type"] = kind
        if auth:
            usual["Authorization"] = "Basic " + b64encode(":".join(auth).encode()).decode()
        names = {name.lower() for name in given}
        return {name: value for name, value in usual.items() if name.lower() not in names} | dict(given)

    def _call(
        self, method: str, target: Target, path: str, headers: Mapping[str, str], body: bytes | None,
        deadline: float, max_bytes: int,
    ) -> Answer:  # fmt: skip
        request = compose(method, target, path, headers, body)
        wire = self._take(target, deadline)
        reusable = False
        try:
            response = talk(wire, request, method, target)
            content = read(response, max_bytes, target)
            reusable = response.isclosed() and not response.will_close
        finally:
            if reusable:
                self._give_back(target, wire)
            else:
                wire.close()
        content = unpack(content, response.headers.get("content-encoding", ""), max_bytes)
        return Answer(response.status, Headers(response.headers.items()), content, target.origin + path)

    def _take(self, target: Target, deadline: float) -> Wire:
        now = monotonic()
        while wire := self._pop_idle(target.origin):
            if now - wire.idle_since < IDLE_SECONDS and not wire.is_stale():
                wire.restart(deadline)
                return wire
            wire.close()
        places = permitted(target, self.policy, deadline - now)
        return open_wire(target, places, deadline, self._context)

    def _pop_idle(self, origin: str) -> Wire | None:
        with self._lock:
            if self._process != os.getpid():
                # After a fork the open connections belong to the parent.
                self._idle, self._process = {}, os.getpid()
            waiting = self._idle.get(origin)
            return waiting.pop() if waiting else None

    def _give_back(self, target: Target, wire: Wire) -> None:
        wire.idle_since = monotonic()
        with self._lock:
            waiting = self._idle.setdefault(target.origin, [])
            if len(waiting) < IDLE_PER_ORIGIN:
                waiting.append(wire)
                return
        wire.close()


@functools.cache
def believed(authorities: str | None) -> ssl.SSLContext:
    """The system's authorities, those of certifi for systems that have none, and the firm's own."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    if authorities:
        context.load_verify_locations(authorities)
    return context


def compose(method: str, target: Target, path: str, headers: Mapping[str, str], body: bytes | None) -> bytes:
    fields = {"Host": target.netloc, **headers}
    if body is not None or method not in ("GET", "HEAD"):
        fields["Content-Length"] = str(len(body or b""))
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    if any(UNSENDABLE.search(line) for line in lines):
        raise Refused("A header or address holds a line break, so nothing was sent.")
    try:
        head = "\r\n".join(lines).encode("latin-1")
    except UnicodeEncodeError:
        raise Refused("A header holds a letter that cannot be sent, so nothing was sent.") from None
    return head + b"\r\n\r\n" + (body or b"")


def talk(wire: Wire, request: bytes, method: str, target: Target) -> http.client.HTTPResponse:
    """Send and read the head of the answer. Once a byte has left, every failure is Lost: it may have been acted on."""
    try:
        wire.sendall(request)
    except OSError as error:
        if not wire.written:
            raise NotSent(f"The connection to {target.host} broke before anything was sent.") from error
        if isinstance(error, TimeoutError):
            raise Lost(f"{target.host} did not take our message in time.") from error
        # A server that refuses early answers and closes while we still write: the answer may be waiting.
    response = http.client.HTTPResponse(cast(Any, wire), method=method)
    try:
        response.begin()
        if wire.ended:
            # http.client takes a head that breaks off for a short one.
            raise http.client.BadStatusLine("cut off")
    except TimeoutError as error:
        raise Lost(f"{target.host} did not answer in time.") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Lost(f"{target.host} broke off before it answered.") from error
    return response


def read(response: http.client.HTTPResponse, max_bytes: int, target: Target) -> bytes:
    try:
        content = response.read(max_bytes + 1)
    except TimeoutError as error:
        raise Lost(f"{target.host} did not finish its answer in time.") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Lost(f"{target.host} broke off in the middle of its answer.") from error
    if len(content) > max_bytes:
        raise TooLarge(f"The answer of {target.host} is larger than we read.")
    if response.length:
        raise Lost(f"{target.host} broke off in the middle of its answer.")
    return content
