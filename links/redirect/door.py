"""What a stranger meets. A plain WSGI function in front of Django: no session, no middleware, no cookie."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from core import clock
from links import actions
from links.redirect import own
from links.redirect.collector import Arrival, Collector
from links.redirect.database import mended
from links.redirect.days import Days
from links.redirect.directory import Directory, Known, Unreachable
from links.redirect.robots import is_robot, looks_ahead
from links.redirect.spill import Row, Spill
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


def shared_memory() -> "redis.Redis | None":
    if not settings.REDIS_URL:
        return None
    # One try: the writer has a memory of its own to fall back on, and people wait behind it.
    once = Retry(NoBackoff(), 0)
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=0.2, socket_connect_timeout=0.2, retry=once)


class Counter:
    """From a request to a click: who comes, and whether it is a person."""

    def __init__(self) -> None:
        self.directory = Directory()
        self.days = Days(shared_memory(), settings.SECRET_KEY)
        self.proxies = Proxies(settings.TRUSTED_PROXIES)
        self.spill = Spill(settings.DATA_DIR / "clicks")
        self.collector = Collector(first=self.days.first, write=self.write, replay=self.replay, spill=self.spill)

    def arrival(self, known: Known, environ: Mapping[str, Any]) -> Arrival:
        agent = environ.get("HTTP_USER_AGENT", "")
        address = self.proxies.client(environ.get("REMOTE_ADDR", ""), environ.get("HTTP_X_FORWARDED_FOR", ""))
        return Arrival(
            link_id=known.id,
            group=known.group,
            at=clock.now(),
            robot=is_robot(agent) or looks_ahead(environ),
            own_network=within(address, own.networks()),
            visitor=coarse(address, agent),
        )

    def write(self, rows: Sequence[Row]) -> None:
        with mended():
            actions.record_clicks(rows)

    def replay(self) -> int:
        with mended():
            return self.spill.replay(self.write_kept)

    def write_kept(self, name: str, rows: Sequence[Row]) -> None:
        actions.replay_clicks(name=name, rows=rows, at=clock.now())

    def record_now(self, known: Known, environ: Mapping[str, Any]) -> None:
        """Count without the thread: for the Django view, which stands in where the door is not in front."""
        if known.counts:
            self.collector.settle([self.arrival(known, environ)])


class Door:
    """`Door(application)`: answers /go/<code> itself and leaves everything else, also unknown codes, to Django."""

    def __init__(self, application: Application, counter: Counter | None = None) -> None:
        self._application = application
        self._counter = counter or Counter()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.startswith(PREFIX) or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._application(environ, start_response)
        try:
            known = self._counter.directory.find(path[len(PREFIX) :].rstrip("/"))
        except Unreachable:
            known = None
        if known is None:
            return self._application(environ, start_response)
        if known.counts:
            self._counter.collector.take(self._counter.arrival(known, environ))
        start_response("302 Found", [("Location", known.target), *HEADERS])
        return []
