"""One visit a day and group, told apart without knowing anybody.

A visitor is a keyed hash of truncated address and browser family. The key of the day lies in Redis, so that every web
process has the same; it and everything told apart with it end at midnight UTC. After that nothing can link a visit to
an address again, because the key is gone. The web process hashes, so that no address ever leaves it; the drainer
remembers the hashes of the day, in Redis and in its own memory, with the click that was the first.

The trade-off: "in memory only" holds as long as Redis itself keeps nothing on disk. The embedded one does not; a Redis
of one's own should run without snapshots. Should one be written all the same, it is of no use alone: the key that
hashes is made of the key in Redis *and* SECRET_KEY.

While Redis is away a web process that has the day's key goes on with it, and offers it again to a Redis that came back
empty. One that never had it makes its own: two processes may then both call the same visitor new.
"""

import logging
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from hashlib import blake2b

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from core import clock
from links.redirect.lines import Line

log = logging.getLogger(__name__)

AGREE_EVERY = 5.0  # seconds after which a process looks whether it still has the key that the others have
REST = 2.0  # seconds Redis is left alone after a failure, so that no batch waits for it again and again
LATE = 60  # seconds Redis keeps a day that is over, for a batch that comes late and the next ones of it
OWN_LIMIT = 300_000  # first visits of a day that the drainer remembers itself

Visit = tuple[str, str]  # group and hash
AWAY = (redis.RedisError, OSError)


def shared_memory() -> "redis.Redis | None":
    if not settings.REDIS_URL:
        return None
    # One try: there is always something to fall back on, and people may be waiting.
    once = Retry(NoBackoff(), 0)
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=0.2, socket_connect_timeout=0.2, retry=once)


def until_midnight(at: datetime) -> int:
    """Whole seconds until the next midnight UTC, at least one."""
    midnight = datetime.combine(at.astimezone(UTC).date() + timedelta(days=1), clock_time(), UTC)
    return max(1, int((midnight - at).total_seconds()))


class DayKey:
    """The key that turns a visitor into a hash, the same in every process and gone at midnight."""

    def __init__(self, client: "redis.Redis | None", secret: str) -> None:
        self._client = client
        self._secret = blake2b(secret.encode(), person=b"visits", digest_size=32).digest()
        self._lock = threading.Lock()
        self._day: date | None = None
        self._raw = self._key = b""
        self._agree_at = 0.0

    def digest(self, visitor: str, at: datetime) -> str:
        if at.date() != self._day:
            self._begin(at)
        return blake2b(visitor.encode(), key=self._key, digest_size=9).hexdigest()

    def _begin(self, at: datetime) -> None:
        with self._lock:
            if at.date() != self._day:
                self._take(secrets.token_bytes(32))
                self._agree(at)
                self._day = at.date()

    def _take(self, raw: bytes) -> None:
        self._raw, self._key = raw, blake2b(raw, key=self._secret, digest_size=32).digest()

    def keep(self, at: datetime) -> None:
        """Forget a day that is over, and agree with the other processes. Called each second or so."""
        if self._day is not None and at.date() != self._day:
            self._begin(at)
        elif self._day is not None and time.monotonic() >= self._agree_at:
            with self._lock:
                self._agree(at)

    def _agree(self, at: datetime) -> None:
        """Offer ours; whoever came first stays."""
        self._agree_at = time.monotonic() + AGREE_EVERY
        if self._client is None:
            return
        name = f"visits:{at.date().isoformat()}:key"
        try:
            pipe = self._client.pipeline(transaction=False)
            pipe.set(name, self._raw, nx=True, ex=until_midnight(at))
            pipe.get(name)
            shared = pipe.execute()[1]
        except AWAY as error:
            log.warning("the day's key is not shared for now: %s", type(error).__name__)
            return
        if isinstance(shared, bytes) and shared != self._raw:
            self._take(shared)


class OwnMemory:
    """The first visits of today, and of yesterday for those that were late, as one process knows them."""

    def __init__(self) -> None:
        self._days: dict[date, dict[Visit, int]] = {}

    def of(self, day: date) -> dict[Visit, int]:
        if day not in self._days:
            self._days[day] = {}
            for old in sorted(self._days)[:-2]:
                del self._days[old]
        return self._days.get(day, {})

    def forget(self, today: date) -> None:
        """Also where nobody comes any more."""
        for day in [day for day in self._days if day < today - timedelta(days=1)]:
            del self._days[day]


class Days:
    """`first(lines)` says which of them are their visitor's first of that day in their group, by their ids.

    Asked again about the same line it says the same, so that a drainer which was killed may begin again.
    """

    def __init__(self, client: "redis.Redis | None", now: Callable[[], datetime] = clock.now) -> None:
        self._client = client
        self._now = now
        self._own = OwnMemory()
        self._rest_until = 0.0

    def forget_old(self) -> None:
        self._own.forget(self._now().astimezone(UTC).date())

    def first(self, found: Sequence[Line]) -> set[int]:
        new: dict[tuple[date, Visit], Line] = {}
        known = set()
        for line in found:
            visit = (line.group, line.visitor)
            before = self._own.of(line.at.date()).get(visit)
            if before is None:
                new.setdefault((line.at.date(), visit), line)
            elif before == line.id:
                known.add(line.id)
        return known | self._settle(list(new.values()))

    def _settle(self, new: list[Line]) -> set[int]:
        answers = self._first_anywhere(new)
        for line, first in zip(new, answers, strict=True):
            own = self._own.of(line.at.date())
            if len(own) < OWN_LIMIT:
                own[(line.group, line.visitor)] = first
        return {line.id for line, first in zip(new, answers, strict=True) if line.id == first}

    def _first_anywhere(self, new: list[Line]) -> list[int]:
        """Of each line's visit the click that came first: as Redis knows it, which several drainers share."""
        alone = [line.id for line in new]
        if not new or self._client is None or time.monotonic() < self._rest_until:
            return alone
        try:
            return self._ask(self._client, new)
        except AWAY as error:
            log.warning("visits are told apart in this process alone for now: %s", type(error).__name__)
            self._rest_until = time.monotonic() + REST
            return alone

    def _ask(self, client: "redis.Redis", new: list[Line]) -> list[int]:
        pipe = client.pipeline(transaction=False)
        ends: dict[str, int] = {}
        now = self._now()
        for line in new:
            name = f"visits:{line.at.date().isoformat()}:{line.group}"
            # A line may wait for its drainer; the day it is of ends all the same.
            waited = int((now - line.at).total_seconds())
            ends[name] = max(LATE, until_midnight(line.at) - waited) if waited > 0 else until_midnight(line.at)
            pipe.hsetnx(name, line.visitor, line.id)
            pipe.hget(name, line.visitor)
        for name, seconds in ends.items():
            pipe.expire(name, seconds)
        answers = pipe.execute()
        return [int(answers[2 * place + 1]) for place in range(len(new))]
