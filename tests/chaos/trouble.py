"""What goes wrong: answers that are lost, workers that are killed in mid-call; and time, which passes quickly."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from core import clock
from shares import actions
from shares.models import Attempt, Share
from tests.chaos.control import control

IN_FLIGHT = 24
RESTING = ["published", "failed", "cancelled", "deleted"]
STEP = 25.0  # seconds the clock jumps at a time, less than any lease


def lose_answers(*, every: int) -> None:
    """One publish in ten is committed and its answer dropped; the answer to a resend is let through."""
    control("POST", "/latency", platform="*", ms=150)
    control("POST", "/limits", on=False)
    control("POST", "/faults", platform="*", op="publish", kind="drop_after", every=every, skip_resends=True)


def kill_workers(*, at_least: int, until: float) -> int:
    """SIGKILL the worker whenever enough calls are in flight, until enough were cut off. Returns how many were."""
    killed: set[int] = set()
    while len(killed) < at_least and time.monotonic() < until:
        time.sleep(0.02)
        if in_flight().count() < IN_FLIGHT:
            continue
        before = worker_pid()
        with suppress(ProcessLookupError):
            os.killpg(before, signal.SIGKILL)
        killed |= set(in_flight().values_list("share_id", flat=True))
        while worker_pid() == before and time.monotonic() < until:
            time.sleep(0.1)
    return len(killed)


def in_flight():  # type: ignore[no-untyped-def]
    return Attempt.objects.filter(answered_at=None, share__state="sending")


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
