"""Visitors who keep coming while parts are taken away. Needs PATIENT=1: what is killed here is started again."""

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from benchmarks.load import Load, Outcome

LOOK_EVERY = 0.25


@dataclass
class Suffered(Outcome):
    sent: int = 0


class Visitors(Load):
    """A connection that breaks under a request is counted as cut off, and replaced."""

    def steady_while(self, rate: int, seconds: float, harm: Callable[[float], None]) -> Suffered:
        outcome, began, looked = Suffered(seconds), time.perf_counter(), 0.0
        while (elapsed := time.perf_counter() - began) < seconds:
            if elapsed - looked >= LOOK_EVERY:
                looked = elapsed
                harm(elapsed)
            while self.idle and outcome.sent < rate * elapsed:
                number = self.idle.pop(0)
                outcome.sent += 1
                try:
                    self.send(number, time.perf_counter())
                except OSError:
                    self.replace(number)
            self.receive(outcome, 0.002)
        self.drain(outcome)
        return outcome


def pid_of(part: str) -> int:
    """Of a part of the installation around us; 0 while it is down."""
    try:
        pid = int((Path(os.environ["DATA_DIR"]) / "logs" / f"{part}.pid").read_text())
        os.kill(pid, 0)
    except (OSError, ValueError):
        return 0
    return pid


def kill(pid: int, *, whole: bool = False) -> None:
    """`whole`: with everything it has started."""
    with contextlib.suppress(ProcessLookupError):
        if pid:
            (os.killpg if whole else os.kill)(pid, signal.SIGKILL)


def children(parent: int) -> Iterator[tuple[int, str]]:
    """Number and command line of each."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1]) == parent:
                yield int(folder.name), (folder / "cmdline").read_text().replace("\0", " ")
        except (OSError, IndexError):
            continue


def keep_database_down(since: float, until: float) -> Callable[[float], None]:
    """Killed again as soon as it comes up, with all its processes."""

    def harm(elapsed: float) -> None:
        if since <= elapsed < until:
            kill(pid_of("postgres"), whole=True)

    return harm


def kill_web_redis_and_drainer(server: int) -> Callable[[float], None]:
    """A worker of `server`, then Redis, then the drainer, and round again; further apart than a crash loop."""
    due = [(3.0, "web"), (5.0, "redis"), (7.0, "drainer"), (11.0, "web"), (13.0, "redis"), (15.0, "drainer")]

    def harm(elapsed: float) -> None:
        while due and elapsed >= due[0][0]:
            part = due.pop(0)[1]
            if part == "redis":
                kill(pid_of("redis"), whole=True)
            else:
                kill(one_of(server if part == "web" else pid_of("web"), drains=part == "drainer"))

    return harm


def one_of(parent: int, *, drains: bool) -> int:
    found = [pid for pid, command in children(parent) if ("drain_clicks" in command) is drains]
    return min(found, default=0)


def await_stored(count: Callable[[], int], wanted: int, seconds: float = 30) -> int:
    """How many are in the table once they are all there, or else after so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if (found := count()) >= wanted:
                return found
        except Exception as error:  # the database is still coming up again
            print(f"not yet: {type(error).__name__}", flush=True)
            connection.close()
        time.sleep(0.5)
    return count()


def visitors(port: int, requests: Sequence[bytes]) -> Visitors:
    return Visitors(port, requests, connections=32)
