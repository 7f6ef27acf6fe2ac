"""RabbitMQ as the system's packages bring it, kept in a folder of ours, for BROKER=rabbitmq."""

import os
import secrets
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from advocacy.up.children import Child
from advocacy.up.errors import CannotStart

# Beside the wrapper on the path, which insists on an account of its own.
SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
PORT = 5672
SECONDS = 90


@dataclass
class Rabbit:
    folder: Path
    address: str
    first: Callable[[], None]
    password: str = field(default_factory=lambda: secrets.token_hex(16))

    @property
    def url(self) -> str:
        return f"amqp://advocacy:{self.password}@{self.address}:{PORT}//"

    def start(self) -> Iterator[Child]:
        """Its two processes, each as soon as it runs; after the last one it answers."""
        if not SERVER.exists() or not shutil.which("epmd"):
            raise CannotStart("RabbitMQ is not installed here. Without BROKER=rabbitmq the broker is Redis.")
        self.configure()
        names = Child("epmd", ["epmd"], self.folder / "epmd.log", self.env(), first=self.first)
        names.start()
        yield names
        server = Child("RabbitMQ", [str(SERVER)], self.folder / "rabbit.log", self.env(), first=self.first)
        server.start()
        yield server
        self.wait(server)

    def configure(self) -> None:
        (self.folder / "rabbit.conf").write_text(
            f"listeners.tcp.1 = {self.address}:{PORT}\nloopback_users = none\n"
            f"default_user = advocacy\ndefault_pass = {self.password}\n"
        )
        (self.folder / "plugins").write_text("[].\n")

    def env(self) -> dict[str, str]:
        return {
            **os.environ,
            "HOME": str(self.folder),
            "RABBITMQ_NODENAME": "rabbit@localhost",
            "RABBITMQ_CONFIG_FILE": str(self.folder / "rabbit.conf"),
            "RABBITMQ_MNESIA_BASE": str(self.folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(self.folder / "logs"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "plugins"),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
        }

    def wait(self, server: Child) -> None:
        while not self.answers():
            if server.ended() or server.age() > SECONDS:
                raise CannotStart(f"RabbitMQ did not start. Its last lines:\n{server.last_lines()}")
            time.sleep(0.2)

    def answers(self) -> bool:
        try:
            with socket.create_connection((self.address, PORT), 1):
                return True
        except OSError:
            return False
