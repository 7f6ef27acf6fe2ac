"""Which code leads where, remembered for a few seconds in each process.

A database that is away stops no redirect: what was known stays known, and the cache in Redis holds a copy of each
address that anybody followed lately.
"""

import logging
import re
import time
from typing import NamedTuple

from django.core.cache import cache
from django.db import InterfaceError

from links.models import ShortLink
from links.redirect.database import AWAY, mended

log = logging.getLogger(__name__)

CODE = re.compile(r"[A-Za-z0-9_-]{6,16}")
LIFE = 10.0  # seconds; how long switching off the counting may take to be obeyed everywhere
REST = 2.0
LIMIT = 20_000
COPY_LIFE = 7 * 24 * 3600
SLOW, SLOW_REST = 0.05, 10.0  # seconds; a cache this slow gets no copies for a while, because somebody waits


class Known(NamedTuple):
    id: int
    target: str
    group: str
    counts: bool


class Unreachable(Exception):
    """Neither the database nor any copy can say where this code leads."""


class Directory:
    def __init__(self, life: float = LIFE) -> None:
        self._life = life
        self._entries: dict[str, tuple[Known | None, float]] = {}
        self._rest_until = 0.0
        self._copies_from = 0.0

    def find(self, code: str) -> Known | None:
        """Where the code leads, or None when there is no such link. Raises Unreachable."""
        now = time.monotonic()
        entry = self._entries.get(code)
        if entry and now < entry[1]:
            return entry[0]
        if not CODE.fullmatch(code):
            return None
        if entry:
            # Others go on with what we knew while this thread asks; else all of them would ask at once.
            self._entries[code] = (entry[0], now + REST)
        return self._ask(code, entry, now)

    def _ask(self, code: str, entry: tuple[Known | None, float] | None, now: float) -> Known | None:
        try:
            known = self._from_database(code, now)
        except AWAY as error:
            if now >= self._rest_until:
                log.warning("short links answered from memory: %s", type(error).__name__)
                self._rest_until = now + REST
            return entry[0] if entry else self._from_copy(code)
        self._remember(code, known, now)
        return known

    def _from_database(self, code: str, now: float) -> Known | None:
        if now < self._rest_until:
            raise InterfaceError("left alone after a failure")
        with mended():
            row = ShortLink.objects.filter(code=code).values_list("id", "target", "group", "counts").first()
        return Known(*row) if row else None

    def _from_copy(self, code: str) -> Known:
        row = None
        try:
            row = cache.get(f"short-link:{code}")
        except Exception as error:  # the cache's client raises its own errors and the socket's
            log.warning("no copy of a short link: %s", type(error).__name__)
        if row is None:
            raise Unreachable(code)
        return Known(*row)

    def _remember(self, code: str, known: Known | None, now: float) -> None:
        if len(self._entries) >= LIMIT:
            self._entries.clear()
        self._entries[code] = (known, now + self._life)
        if known is not None and now >= self._copies_from:
            self._keep_copy(code, known)

    def _keep_copy(self, code: str, known: Known) -> None:
        started = time.monotonic()
        try:
            cache.set(f"short-link:{code}", tuple(known), COPY_LIFE)
        except Exception as error:  # as above; a cache that is down is a miss
            log.warning("no copy kept of a short link: %s", type(error).__name__)
        if (ended := time.monotonic()) - started > SLOW:
            self._copies_from = ended + SLOW_REST
