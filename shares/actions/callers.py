"""The threads that wait for platforms. A call takes a tenth of a second to many seconds and needs no database, so many
calls share the one connection of the thread that keeps the books."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from django.conf import settings
from django.db import connections

log = logging.getLogger(__name__)
T = TypeVar("T")


class Callers:
    """`free` says how many more calls may be under way; a call that raises is logged and answers None."""

    def __init__(self, threads: int) -> None:
        self.free = threads
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="caller")

    def call(self, job: Callable[[], T], answer: Callable[[T | None], None]) -> None:
        """Run `job` on a thread of its own and hand what it returns to `answer`, there. RuntimeError at the end."""
        with self._lock:
            self.free -= 1
        try:
            self._pool.submit(self._run, job, answer)
        except RuntimeError:  # the process is ending
            with self._lock:
                self.free += 1
            raise

    def _run(self, job: Callable[[], T], answer: Callable[[T | None], None]) -> None:
        result: T | None = None
        try:
            result = job()
        except Exception:
            log.exception("a call ended in an error that nobody foresaw")
        finally:
            # A renewed token was saved from here; the connection is not worth keeping.
            connections.close_all()
            with self._lock:
                self.free += 1
            answer(result)


@cache
def callers() -> Callers:
    """The callers of this process."""
    return Callers(settings.CALLS_AT_ONCE)
