"""A turn of sending: one thread keeps the books while the callers wait for platforms.

One message of the broker and one thread for each share was tried first: the message and the statements of a single
share took 18 ms of the processor, which ends at 45 shares a second. Claimed and answered several at a time they take
a fraction of that, and a worker needs one connection to the database for all its calls.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.utils.translation import gettext as _

from connectors.base import Connector, ConnectorError, Receipt, Unavailable
from core import buckets, clock
from shares.actions.answers import record_answers
from shares.actions.callers import Callers, callers
from shares.actions.sending import Called, begin_attempts, call_platform, renew
from shares.models import Attempt

log = logging.getLogger(__name__)
LOOK_SECONDS = 0.25  # how soon what has become due meanwhile is picked up
GATHER_SECONDS = 0.03  # answers that come together are written together
RETRY_SECONDS = 1.0
_one_turn = threading.Lock()


def send_due(*, using: Callers | None = None, stopping: Callable[[], bool] = lambda: False) -> int:
    """Send everything that is due, until nothing is left or `stopping` says so. Returns how many calls were made.

    One turn at a time in a process: a second bell during it does nothing. Several processes share the work.
    """
    if not _one_turn.acquire(blocking=False):
        return 0
    turn = Turn(using or callers())
    try:
        turn.hand_out()
        while turn.out:
            turn.write_down()
            if not stopping():
                turn.hand_out()
    finally:
        # Whatever went wrong, the answers on their way are still ours to write.
        try:
            turn.finish()
        finally:
            _one_turn.release()
    return turn.calls


class Turn:
    def __init__(self, using: Callers) -> None:
        self.callers = using
        self.calls = 0
        self.out = 0  # calls under way
        self.answers: SimpleQueue[Called | None] = SimpleQueue()
        self.unwritten: list[Called] = []
        self.broken_off = False

    def hand_out(self) -> None:
        """As many due shares as there are free callers."""
        if self.callers.free > 0:
            attempts, stale = begin_attempts(at=clock.now(), limit=self.callers.free)
            for attempt, credentials in attempts:
                self._call(partial(call_platform, attempt, credentials))
            for share in stale:
                self._call(partial(renew, share))

    def _call(self, job: Callable[[], Any]) -> None:
        self.callers.call(job, self.answers.put)
        self.calls += 1
        self.out += 1

    def write_down(self) -> None:
        """Wait a moment for answers and write those that have come."""
        self._gather()
        if not self.unwritten:
            return
        try:
            self._write()
        except (OperationalError, InterfaceError) as error:
            self._wait_for_the_database(error)
        except Exception:
            log.exception("answers could not be written together, so each is written alone")
            self._write_each()

    def _wait_for_the_database(self, error: Exception) -> None:
        """Keep the answers, and drop those whose share is looked for at its platform by now."""
        connection.close()
        self.broken_off = True
        at = clock.now()
        self.unwritten = [called for called in self.unwritten if called.attempt.lease_until >= at]
        log.warning("%d answers wait for the database: %s", len(self.unwritten), error)
        time.sleep(RETRY_SECONDS)

    def _write_each(self) -> None:
        """One answer that cannot be written is left to the look-up and costs nobody else theirs."""
        several, self.unwritten = self.unwritten, []
        for place, called in enumerate(several):
            self.unwritten, self.broken_off = [called], True
            try:
                self._write()
            except (OperationalError, InterfaceError) as error:
                self.unwritten = several[place:]
                self._wait_for_the_database(error)
                return
            except Exception:
                log.exception("the answer to share %d could not be written", called.attempt.share_id)
                self.unwritten = []

    def finish(self) -> None:
        while self.out or self.unwritten:
            self.write_down()

    def _gather(self) -> None:
        try:
            self._take(self.answers.get(timeout=LOOK_SECONDS))
            if self.out:
                time.sleep(GATHER_SECONDS)
            while True:
                self._take(self.answers.get_nowait())
        except Empty:
            return

    def _take(self, called: Called | None) -> None:
        self.out -= 1
        if called:
            self.unwritten.append(called)

    def _write(self) -> None:
        if self.broken_off:
            for called in self.unwritten:
                called.attempt.share.refresh_from_db(fields=["state"])
        answers: list[tuple[Attempt, Receipt | ConnectorError]] = []
        onward: list[Called] = []
        for called in self.unwritten:
            if isinstance(called.answer, Receipt | ConnectorError):
                answers.append((called.attempt, called.answer))
            elif has_time(called.attempt):
                # Saved before the post itself is sent, so that a resend names the same picture.
                called.attempt.body["prepared"] = dict(called.answer)
                Attempt.objects.filter(pk=called.attempt.pk).update(body=called.attempt.body)
                onward.append(called)
            else:
                # Nothing was posted; a call that outlives its lease might meet the next attempt.
                answers.append((called.attempt, Unavailable(_("Getting the post ready took too long."), "late")))
        record_answers(answers, at=clock.now())
        self.unwritten, self.broken_off = [], False
        for called in onward:
            self._call(partial(call_platform, called.attempt, called.credentials))
        # Last: a failure here must not have the answers written again.
        buckets.note_heard(at=clock.now())


def has_time(attempt: Attempt) -> bool:
    """Whether one more call ends before the lease does."""
    return clock.now() + timedelta(seconds=Connector.seconds) <= attempt.lease_until
