"""What goes wrong: answers that are lost, programs that are killed; and time, which passes quickly."""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

from core import clock
from shares import actions
from shares.models import Attempt, Share
from tests.control import control

T = TypeVar("T")
IN_FLIGHT = 12
EVERY = 2.0  # seconds between two kills
VICTIMS = ("worker", "beat", "worker", "redis")
POSTGRES_AT = 4  # the place in the row at which PostgreSQL is killed, once
DATABASE_BACK = 30.0
RESTING = ["published", "failed", "cancelled", "deleted"]
STEP = 25.0  # seconds the clock jumps at a time, less than any lease


def lose_answers(*, every: int) -> None:
    """One publish in ten is committed and its answer dropped; the answer to a resend is let through."""
    control("POST", "/latency", platform="*", ms=600)
    control("POST", "/limits", on=False)
    control("POST", "/faults", platform="*", op="publish", kind="drop_after", every=every, skip_resends=True)


def kill_programs(*, at_least: int, kills: int, until: float) -> tuple[int, Counter[str]]:
    """SIGKILL one program after the other, every two seconds; the worker when enough calls are in flight.

    Returns how many calls were cut off, and how often each program was killed.
    """
    cut_off, newest = 0, 0
    killed: Counter[str] = Counter()
    row = cycle(VICTIMS)
    while time.monotonic() < until and (killed.total() < kills or cut_off < at_least) and patiently(work_is_left):
        time.sleep(EVERY)
        victim = "postgres" if killed.total() == POSTGRES_AT else next(row)
        if victim == "worker":
            calls = patiently(lambda newest=newest: calls_in_flight(newest))
            if calls < IN_FLIGHT:
                continue
        if not kill(victim):
            continue
        killed[victim] += 1
        if victim == "worker":
            time.sleep(0.2)
            ended = patiently(lambda newest=newest: unanswered(newest))
            cut_off, newest = cut_off + len(ended), max(ended, default=newest)
    return cut_off, killed


def work_is_left() -> bool:
    return Share.objects.filter(state__in=["scheduled", "retrying", "sending"]).exists()


def unanswered(newest: int) -> list[int]:
    # Only calls of the worker that lives: what an earlier one left behind has no answer either.
    calls = Attempt.objects.filter(answered_at=None, share__state="sending", pk__gt=newest)
    return list(calls.values_list("pk", flat=True))


def calls_in_flight(newest: int) -> int:
    return len(unanswered(newest))


def kill(program: str) -> bool:
    pid = pid_of(program)
    if pid < 0:
        return False
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
        return True
    return False


def pid_of(program: str) -> int:
    with suppress(OSError, ValueError):
        return int(Path(os.environ["DATA_DIR"], "logs", f"{program}.pid").read_text())
    return -1


def patiently(ask: Callable[[], T]) -> T:
    """Ask the database, which may have been killed a moment ago."""
    give_up = time.monotonic() + DATABASE_BACK
    while True:
        try:
            return ask()
        except (OperationalError, InterfaceError):
            connection.close()
            if time.monotonic() > give_up:
                raise
            time.sleep(0.2)


def let_time_pass(*, until: float, look: Callable[[], None] = lambda: None) -> None:
    """Move every clock until all shares rest, while members who are asked look at their page and answer."""
    while time.monotonic() < until and patiently(one_step):
        look()
        time.sleep(0.5)


def one_step() -> bool:
    open_ = Share.objects.exclude(state__in=RESTING)
    if not open_.exists():
        return False
    answer_questions()
    if not open_.filter(state__in=["scheduled", "retrying"], due_at__lte=clock.now()).exists():
        clock.advance(STEP)
    return True


def answer_questions() -> None:
    for share in Share.objects.filter(state="asked").select_related("member", "link"):
        is_there = bool(control("GET", f"/ledger?platform={share.connector}&marker={share.link.code}")["posts"])
        actions.answer_asked(actor=share.member, share=share, is_there=is_there, at=clock.now())
