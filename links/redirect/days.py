"""One visit a day and group, told apart without knowing anybody.

A visitor is a keyed hash of truncated address and browser family. The hashes of a day lie in Redis sets, one per
group, so that every web process sees the same; all of them, and the key, expire at midnight UTC. After that nothing
can link a visit to an address again, because the key is gone. The hash is never written anywhere else.

The trade-off: "in memory only" holds as long as Redis itself keeps nothing on disk. The embedded one does not; a Redis
of one's own should run without snapshots. Should one be written all the same, it is of no use alone: the key that
hashes is made of the key in Redis *and* SECRET_KEY.

While Redis is away each process tells visits apart by itself, with a key of its own: two processes may then both call
the same visitor new. Clicks are recorded all the same.
"""

import logging
import secrets
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from hashlib import blake2b

import redis

log = logging.getLogger(__name__)

KEY_LIFE = 5.0  # seconds a process trusts its copy of the day's key; Redis may have been restarted meanwhile
REST = 2.0  # seconds Redis is left alone after a failure, so that no batch waits for it again and again
OWN_LIMIT = 200_000  # hashes one process holds while Redis is away

Visit = tuple[str, str]  # group, and what is known of the visitor


def until_midnight(at: datetime) -> int:
    """Whole seconds until the next midnight UTC, at least one."""
    midnight = datetime.combine(at.astimezone(UTC).date() + timedelta(days=1), clock_time(), UTC)
    return max(1, int((midnight - at).total_seconds()))


def digest(key: bytes, visitor: str) -> bytes:
    return blake2b(visitor.encode(), key=key, digest_size=12).digest()


class OwnMemory:
    """The visits of one day as one process knows them; forgotten when the day changes."""

    def __init__(self) -> None:
        self._day: date | None = None
        self._key = b""
        self._seen: set[tuple[str, bytes]] = set()

    def first(self, visits: Sequence[Visit], *, at: datetime) -> list[bool]:
        if self._day != at.date():
            self._day, self._key, self._seen = at.date(), secrets.token_bytes(32), set()
        return [self._add((group, digest(self._key, visitor))) for group, visitor in visits]

    def _add(self, visit: tuple[str, bytes]) -> bool:
        if visit in self._seen or len(self._seen) >= OWN_LIMIT:
            return False
        self._seen.add(visit)
        return True


class Days:
    """`first(visits, at=…)` says of each visit whether it is its visitor's first of that day in its group."""

    def __init__(self, client: "redis.Redis | None", secret: str) -> None:
        self._client = client
        self._secret = blake2b(secret.encode(), person=b"visits", digest_size=32).digest()
        self._own = OwnMemory()
        self._key: tuple[date, bytes, float] | None = None
        self._rest_until = 0.0

    def first(self, visits: Sequence[Visit], *, at: datetime) -> list[bool]:
        if not visits:
            return []
        if self._client is None or time.monotonic() < self._rest_until:
            return self._own.first(visits, at=at)
        try:
            return self._first_anywhere(self._client, visits, at=at)
        except (redis.RedisError, OSError) as error:
            log.warning("visits are told apart in this process alone for now: %s", type(error).__name__)
            self._rest_until, self._key = time.monotonic() + REST, None
            return self._own.first(visits, at=at)

    def _first_anywhere(self, client: "redis.Redis", visits: Sequence[Visit], *, at: datetime) -> list[bool]:
        key = self._key_of(client, at)
        day = at.date().isoformat()
        pipe = client.pipeline(transaction=False)
        for group, visitor in visits:
            pipe.sadd(f"visits:{day}:{group}", digest(key, visitor))
        for group in {group for group, _ in visits}:
            pipe.expire(f"visits:{day}:{group}", until_midnight(at))
        return [bool(added) for added in pipe.execute()[: len(visits)]]

    def _key_of(self, client: "redis.Redis", at: datetime) -> bytes:
        now = time.monotonic()
        if self._key and self._key[0] == at.date() and now < self._key[2]:
            return self._key[1]
        name = f"visits:{at.date().isoformat()}:key"
        pipe = client.pipeline(transaction=False)
        pipe.set(name, secrets.token_bytes(32), nx=True, ex=until_midnight(at))
        pipe.get(name)
        shared = pipe.execute()[1] or b""
        key = blake2b(shared, key=self._secret, digest_size=32).digest()
        self._key = (at.date(), key, now + KEY_LIFE)
        return key
