"""The web server, and beside it the drainer that writes the clicks of short links to the database.

One command for both, so that wherever clicks are taken somebody also writes them. A worker or a drainer that ends is
started again; none outlives this process, even one that is killed.
"""

import argparse
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from advocacy.environment import env
from advocacy.up import namespace

AGAIN_AFTER = 1.0
LAST_WORDS = 8.0  # seconds a stopping drainer has for what is left


def load(parent: int, target: str) -> Any:
    """Runs in each worker."""
    namespace.die_with_parent(parent, signal.SIGKILL)
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


class Drainer:
    """Keeps `manage.py drain_clicks` running."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, name="drainer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def _keep(self) -> None:
        # The kernel counts the thread that started a process as its parent: this one lasts as long as we do.
        parent = os.getpid()
        while not self._stopping.is_set():
            self._process = subprocess.Popen(
                [sys.executable, "-m", "django", "drain_clicks"],
                stdin=subprocess.DEVNULL,
                preexec_fn=lambda: namespace.die_with_parent(parent, signal.SIGKILL),
            )
            self._process.wait()
            self._stopping.wait(AGAIN_AFTER)

    def stop(self) -> None:
        self._stopping.set()
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(LAST_WORDS)
        except subprocess.TimeoutExpired:
            self._process.kill()


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m advocacy.up.web", description=__doc__)
    parser.add_argument("application", nargs="?", default="advocacy.wsgi:application")
    parser.add_argument("--bind", default="127.0.0.1:8000", help="host:port, or unix:/a/path")
    parser.add_argument("--without-drainer", action="store_true", help="somebody else runs drain_clicks on DATA_DIR")
    return parser.parse_args(arguments)


def place(bind: str) -> dict[str, Any]:
    if bind.startswith("unix:"):
        return {"uds": Path(bind.removeprefix("unix:")), "uds_permissions": 0o660}
    host, _, port = bind.rpartition(":")
    return {"address": host.strip("[]") or "0.0.0.0", "port": int(port)}


def server(application: str, bind: str) -> Server:
    threads = int(env("WEB_THREADS"))
    return Server(
        application,
        **place(bind),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=int(env("WEB_WORKERS")),
        blocking_threads=threads,
        # As long as a connection to the database is kept: each thread has one of its own.
        blocking_threads_idle_timeout=600,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=5,
        log_level=LogLevels.error,
    )


def main(arguments: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
    wanted = read_arguments(arguments)
    web = server(wanted.application, wanted.bind)
    if not wanted.without_drainer:
        drainer = Drainer()
        web.on_startup(drainer.start)
        web.on_shutdown(drainer.stop)
    web.serve(target_loader=partial(load, os.getpid(), wanted.application), wrap_loader=False)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
