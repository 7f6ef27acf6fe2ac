"""What a stranger meets. A plain WSGI function in front of Django: no session, no middleware, no cookie."""

import os
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings

from core import clock
from links.redirect import own
from links.redirect.days import DayKey, shared_memory
from links.redirect.directory import Directory, Known, Unreachable
from links.redirect.keeper import Keeper
from links.redirect.lines import JUDGED, OWN_NETWORK, ROBOT, Line, encode, new_id
from links.redirect.robots import is_robot, looks_ahead
from links.redirect.spool import FOLDER, Spool
from links.redirect.visitor import Proxies, coarse, within

PREFIX = "/go/"

HEADERS = [
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Robots-Tag", "noindex"),
    ("Content-Length", "0"),
]

StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]


class Counter:
    """From a request to a line in the spool. With `keeping` a thread does beside it what can wait."""

    def __init__(self, *, keeping: bool = False) -> None:
        self.directory = Directory()
        self.key = DayKey(shared_memory(), settings.SECRET_KEY)
        self.proxies = Proxies(settings.TRUSTED_PROXIES)
        self.spool = Spool(settings.DATA_DIR / FOLDER)
        self._keeping = keeping
        self._started = False
        self._lock = threading.Lock()
        if keeping:
            os.register_at_fork(after_in_child=self._forked)

    def keeper(self) -> Keeper:
        def keep_key() -> None:
            self.key.keep(clock.now())

        return Keeper([self.spool.finish, self.directory.refresh, keep_key, own.networks, self.spool.look])

    def record(self, known: Known, environ: Mapping[str, Any]) -> None:
        """Append the click, before it is answered. A full disk turns nobody away."""
        if self._keeping and not self._started:
            self._start()
        self.spool.append(encode(self.line(known, environ)))
        if not self._keeping:
            self.spool.finish()

    def _start(self) -> None:
        # Not when made: a thread does not survive the fork of a web server.
        with self._lock:
            if not self._started:
                self._started = True
                self.keeper().start()

    def _forked(self) -> None:
        self._started, self._lock = False, threading.Lock()

    def line(self, known: Known, environ: Mapping[str, Any]) -> Line:
        at = clock.now()
        agent = environ.get("HTTP_USER_AGENT", "")
        address = self.proxies.client(environ.get("REMOTE_ADDR", ""), environ.get("HTTP_X_FORWARDED_FOR", ""))
        visitor = self.key.digest(coarse(address, agent), at)
        flags = OWN_NETWORK if within(address, own.networks()) else 0
        if looks_ahead(environ):
            flags |= ROBOT
        if not self.spool.drained:
            # Nobody knows how long this line will lie there: it shall not say which browser came.
            flags |= JUDGED | (ROBOT if is_robot(agent) else 0)
            agent = ""
        return Line(new_id(at), known.id, at, flags, visitor, known.group, agent)


def is_over(known: Known) -> bool:
    return known.ends_at is not None and clock.now().timestamp() >= known.ends_at


class Door:
    """`Door(application)`: answers /go/<code> itself and leaves everything else to Django, also codes that are unknown
    or over."""

    def __init__(self, application: Application, counter: Counter | None = None) -> None:
        self._application = application
        self._counter = counter or Counter(keeping=True)

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.startswith(PREFIX) or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._application(environ, start_response)
        try:
            known = self._counter.directory.find(path[len(PREFIX) :].rstrip("/"))
        except Unreachable:
            known = None
        if known is None or is_over(known):
            return self._application(environ, start_response)
        if known.counts:
            self._counter.record(known, environ)
        start_response("302 Found", [("Location", known.target), *HEADERS])
        return []
