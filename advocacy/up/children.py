"""A process we start: in a session of its own, writing to a log of its own, and never outliving us."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from advocacy.up import namespace, system_user
from advocacy.up.errors import CannotStart
from advocacy.up.places import write_whole
from advocacy.up.stopping import Hurry

PAUSE = 0.02


@dataclass
class Child:
    """`stop_signal` asks politely; `orphan_signal` is what the kernel sends when we are killed."""

    name: str
    command: Sequence[str]
    log: Path
    env: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    folder: Path | None = None
    stop_signal: int = signal.SIGTERM
    orphan_signal: int = signal.SIGKILL
    grace: float = 10.0
    ready_words: bytes = b""
    inside_as: int | None = None
    first: Callable[[], None] | None = None  # in the new process, before anything else
    account: system_user.Account | None = None
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    log_began: int = 0

    def start(self) -> None:
        parent = os.getpid()

        def between_fork_and_exec() -> None:
            if self.first is not None:
                self.first()
            if self.inside_as is not None:
                namespace.enter(self.inside_as)
            # After entering the namespace: a change of identity makes the kernel forget it.
            namespace.die_with_parent(parent, self.orphan_signal)

        try:
            with open(self.log, "ab") as log:
                self.log_began = log.tell()
                self.process = subprocess.Popen(
                    self.command,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    env=dict(self.env),
                    cwd=self.folder,
                    start_new_session=True,
                    preexec_fn=between_fork_and_exec,
                    user=self.account.uid if self.account else None,
                    group=self.account.gid if self.account else None,
                    extra_groups=[] if self.account else None,
                )
        except OSError as problem:
            raise CannotStart(f"{self.name} could not be started: {problem}.") from None
        self.started = time.monotonic()
        write_whole(self.log.with_suffix(".pid"), f"{self.process.pid}\n")

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def is_ready(self) -> bool:
        """It runs and has said in its log the words that it says when it has come up."""
        if self.ended():
            return False
        with open(self.log, "rb") as log:
            log.seek(self.log_began)
            return self.ready_words in log.read()

    def age(self) -> float:
        return time.monotonic() - self.started

    def signal_group(self, number: int) -> None:
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except (ProcessLookupError, PermissionError):
                pass

    def stop(self) -> None:
        """Asks, waits for `grace` seconds, then insists; what the child itself started goes with it."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            deadline = time.monotonic() + self.grace
            while self.process.poll() is None and time.monotonic() < deadline and not Hurry.asked:
                time.sleep(PAUSE)
        self.signal_group(signal.SIGKILL)
        self.process.wait()
        self.process = None
        self.log.with_suffix(".pid").unlink(missing_ok=True)

    def last_lines(self, count: int = 15) -> str:
        try:
            lines = self.log.read_text(errors="replace").splitlines()
        except OSError:
            return ""
        return "\n".join(f"    {line}" for line in lines[-count:])


def run_to_end(child: Child, within: float) -> None:
    """A step rather than a server: waits for it and raises CannotStart with its last lines if it fails."""
    child.start()
    assert child.process is not None
    try:
        code = child.process.wait(within)
    except subprocess.TimeoutExpired:
        child.signal_group(signal.SIGKILL)
        code = -1
    child.log.with_suffix(".pid").unlink(missing_ok=True)
    if code != 0:
        raise CannotStart(f"{child.name} failed. Its last lines, from {child.log}:\n{child.last_lines()}")
