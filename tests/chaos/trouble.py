"""What goes wrong: answers that are lost, workers that are killed in mid-call; and time, which passes quickly."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from core import clock
from shares import actions
from shares.models import Attempt, Share
from tests.control import control

IN_FLIGHT = 12
RESTING = ["published", "failed", "cancelled", "deleted"]
STEP = 25.0  # seconds the clock jumps at a time, less than any lease


def lose_answers(*, every: int) -> None:
    """One publish in ten is committed and its answer dropped; the answer to a resend is let through."""
    control("POST", "/latency", platform="*", ms=600)
    control("POST", "/limits", on=False)
    control("POST", "/faults", platform="*", op="publish", kind="drop_after", every=every, skip_resends=True)


def kill_workers(*, at_least: int, until: float) -> int:
    """SIGKILL the worker whenever enough calls are in flight, until enough were cut off. Returns how many were."""
    killed = 0
    newest = 0
    while killed < at_least and time.monotonic() < until:
        time.sleep(0.02)
        worker = worker_pid()
        # Only calls of the worker that lives: what an earlier one left behind has no answer either.
        calls = Attempt.objects.filter(answered_at=None, share__state="sending", pk__gt=newest)
        if worker < 0 or calls.count() < IN_FLIGHT:
            continue
        os.killpg(worker, signal.SIGKILL)
        time.sleep(0.2)
        cut_off = list(calls.values_list("pk", flat=True))
        killed, newest = killed + len(cut_off), max(cut_off)
        while worker_pid() in (worker, -1) and time.monotonic() < until:
            time.sleep(0.1)
    return killed


def worker_pid() -> int:
    file = Path(os.environ["DATA_DIR"], "logs", "worker.pid")
    with suppress(OSError, ValueError):
        return int(file.read_text())
    return -1


def let_time_pass(*, until: float) -> None:
    """Move every clock until all shares rest, while members who are asked look at their page and answer."""
    while time.monotonic() < until:
        open_ = Share.objects.exclude(state__in=RESTING)
        if not open_.exists():
            return
        answer_questions()
        due = open_.filter(state__in=["scheduled", "retrying"], due_at__lte=clock.now())
        if not due.exists():
            clock.advance(STEP)
        time.sleep(0.5)


def answer_questions() -> None:
    for share in Share.objects.filter(state="asked").select_related("member", "link"):
        is_there = bool(control("GET", f"/ledger?platform={share.connector}&marker={share.link.code}")["posts"])
        actions.answer_asked(actor=share.member, share=share, is_there=is_there, at=clock.now())
