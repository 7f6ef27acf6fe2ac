"""Which code leads where, remembered for a few seconds in each process.

A code that is in use is looked up again beside the answers, all such codes in one read; so nobody waits, and what
changes is obeyed within seconds. A process that meets a code first asks Redis, then the database. A database that is
away stops no redirect: what was known stays known, and Redis holds a copy of each address that was followed lately.
"""

import logging
import re
import time
from collections.abc import Iterable
from typing import NamedTuple

from django.core.cache import cache
from django.db import InterfaceError

from core import clock
from links.models import ShortLink
from links.redirect.database import AWAY, mended

log = logging.getLogger(__name__)

CODE = re.compile(r"[A-Za-z0-9_-]{6,16}")
LIFE = 5.0  # seconds; how long a withdrawal or switching off the counting may take to be obeyed everywhere
REFRESH = 2.0  # seconds between two looks at the codes in use
REST = 2.0
LIMIT = 20_000
COPY_LIFE = 7 * 24 * 3600
SLOW, SLOW_REST = 0.05, 10.0  # seconds; a cache this slow is left alone for a while, because somebody waits


class Known(NamedTuple):
    """`ends_at` in seconds since 1970: from then on the link leads to a page that says so."""

    id: int
    target: str
    group: str
    counts: bool
    ends_at: float | None = None


class Entry:
    __slots__ = ("known", "until", "used")

    def __init__(self, known: Known | None, until: float) -> None:
        self.known, self.until, self.used = known, until, True


class Unreachable(Exception):
    """Neither the database nor any copy can say where this code leads."""


class Directory:
    def __init__(self, life: float = LIFE) -> None:
        self._life = life
        self._entries: dict[str, Entry] = {}
        self._rest_until = self._cache_from = self._refresh_at = 0.0

    def find(self, code: str) -> Known | None:
        """Where the code leads, or None when there is no such link. Raises Unreachable."""
        entry = self._entries.get(code)
        if entry is not None and time.monotonic() < entry.until:
            entry.used = True
            return entry.known
        if not CODE.fullmatch(code):
            return None
        now = time.monotonic()
        if entry is not None:
            # Others go on with what we knew while this thread asks; else all of them would ask at once.
            entry.until = now + REST
        return self._ask(code, entry, now)

    def _ask(self, code: str, entry: Entry | None, now: float) -> Known | None:
        copy, fresh = self._copy(code, now)
        if copy is not None and fresh:
            self._remember(code, copy, now)
            return copy
        try:
            known = self._from_database([code], now).get(code)
        except AWAY as error:
            self._rest(error, now)
            if entry is None and copy is None:
                raise Unreachable(code) from None
            return entry.known if entry else copy
        self._remember(code, known, now)
        if known is not None:
            self._keep_copy(code, known, now)
        return known

    def refresh(self) -> None:
        """Look up what was used since the last time, in one read. The keeper's, each second."""
        now = time.monotonic()
        if now < self._refresh_at:
            return
        self._refresh_at = now + REFRESH
        used = [code for code, entry in list(self._entries.items()) if entry.used]
        if not used:
            return
        try:
            known = self._from_database(used, now)
        except AWAY as error:
            self._rest(error, now)
            for code in used:
                self._entries[code].until = now + self._life
            return
        for code in used:
            self._remember(code, known.get(code), now)
            self._entries[code].used = False

    def _from_database(self, codes: Iterable[str], now: float) -> dict[str, Known]:
        if now < self._rest_until:
            raise InterfaceError("left alone after a failure")
        with mended():
            rows = ShortLink.objects.filter(code__in=codes).values_list(
                "code", "id", "target", "group", "counts", "ends_at"
            )
            return {code: Known(*rest, ends and ends.timestamp()) for code, *rest, ends in rows}

    def _rest(self, error: Exception, now: float) -> None:
        if now >= self._rest_until:
            log.warning("short links answered from memory: %s", type(error).__name__)
            self._rest_until = now + REST

    def _remember(self, code: str, known: Known | None, now: float) -> None:
        if len(self._entries) >= LIMIT:
            self._entries.clear()
        self._entries[code] = Entry(known, now + self._life)

    def _copy(self, code: str, now: float) -> tuple[Known | None, bool]:
        """What Redis knows, and whether that is young enough to believe without asking the database."""
        if now < self._cache_from:
            return None, False
        try:
            made, *row = cache.get(f"short-link:2:{code}") or (0.0,)
        except Exception as error:  # the cache's client raises its own errors and the socket's
            log.warning("no copy of a short link: %s", type(error).__name__)
            row, made = [], 0.0
        self._notice_slowness(now)
        return (Known(*row), abs(clock.now().timestamp() - made) < self._life) if row else (None, False)

    def _keep_copy(self, code: str, known: Known, now: float) -> None:
        if now < self._cache_from:
            return
        started = time.monotonic()
        try:
            cache.set(f"short-link:2:{code}", (clock.now().timestamp(), *known), COPY_LIFE)
        except Exception as error:  # as above; a cache that is down is a miss
            log.warning("no copy kept of a short link: %s", type(error).__name__)
        self._notice_slowness(started)

    def _notice_slowness(self, started: float) -> None:
        if (ended := time.monotonic()) - started > SLOW:
            self._cache_from = ended + SLOW_REST
