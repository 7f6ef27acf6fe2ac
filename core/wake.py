"""The bell. Rows are the queue; a ring only tells a worker sooner what a periodic task would find anyway.

A ring never raises and never waits for the broker: it is handed to one background thread with a short list, and a
ring that finds the list full is dropped, because the periodic task rings again within seconds.
"""

import logging
import os
import queue
import threading
import time
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import transaction

log = logging.getLogger(__name__)
_bells: dict[int, "queue.Queue[tuple[str, tuple[Any, ...]]]"] = {}
_starting = threading.Lock()
_quiet_until: dict[str, float] = {}
QUIET_SECONDS = 0.25


def ring(task: str, *args: Any) -> None:
    """Ask a worker to run `task` (its full name) soon."""
    if settings.WAKE_SILENT or (not args and _rung_lately(task)):
        return
    try:
        _bell().put_nowait((task, args))
    except queue.Full:
        log.warning("ring dropped: %s", task)


def _rung_lately(task: str) -> bool:
    """Hundreds of acts a second need no ring each: what the last one was too early for, the beat rings for."""
    now = time.monotonic()
    if now < _quiet_until.get(task, 0.0):
        return True
    _quiet_until[task] = now + QUIET_SECONDS
    return False


def ring_after_commit(task: str, *args: Any) -> None:
    """Ring once the surrounding transaction has committed; a rolled-back act rings nothing."""
    transaction.on_commit(lambda: ring(task, *args))


def _bell() -> "queue.Queue[tuple[str, tuple[Any, ...]]]":
    # Keyed by process: a thread does not survive a fork.
    with _starting:
        if os.getpid() not in _bells:
            _bells[os.getpid()] = queue.Queue(maxsize=1000)
            threading.Thread(target=_pull, args=(_bells[os.getpid()],), name="wake", daemon=True).start()
        return _bells[os.getpid()]


def _pull(bell: "queue.Queue[tuple[str, tuple[Any, ...]]]") -> None:
    while True:
        task, args = bell.get()
        try:
            current_app.send_task(task, args=args, retry=False, ignore_result=True)
        except Exception as error:  # the broker's client raises its own, redis' and the socket's errors
            log.warning("ring of %s failed, the next beat rings again: %s", task, type(error).__name__)
