"""A web server as `make run` starts it, on a free port, ended with the benchmark."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

WORKERS = 2


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def await_port(port: int, process: "subprocess.Popen[bytes]", seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not come up")


@contextmanager
def web_server(application: str, *more: str, **environment: str) -> Iterator[int]:
    with server_with(application, *more, **environment) as (port, _):
        yield port


@contextmanager
def server_with(application: str, *more: str, **environment: str) -> Iterator[tuple[int, int]]:
    """Its port, and the number of its process."""
    port = free_port()
    command = [sys.executable, "-m", "advocacy.up.web", application, "--bind", f"127.0.0.1:{port}", *more]
    process = subprocess.Popen(command, env=os.environ | {"WEB_WORKERS": str(WORKERS)} | environment)
    try:
        await_port(port, process)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(15)
