"""PgBouncer in transaction mode in front of the embedded PostgreSQL: PGBOUNCER=1, for tests and benchmarks.

The settings are those that `deploy/pgbouncer.ini` gives a real installation.
"""

import os
import shutil
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg2

from advocacy.up.children import PAUSE, Child
from advocacy.up.errors import CannotStart
from advocacy.up.places import ROOT
from advocacy.up.postgres import DATABASE, OWNER, RUNNER

PORT = 6432  # only the name of a socket; nothing listens on the network
EXAMPLE = ROOT / "deploy" / "pgbouncer.ini"


def wanted() -> bool:
    return os.environ.get("PGBOUNCER", "") not in ("", "0")


def binary() -> str:
    found = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin")
    if not found:
        raise CannotStart("PGBOUNCER=1 needs PgBouncer. On Debian or Ubuntu: apt install pgbouncer.")
    return found


@dataclass
class PgBouncer:
    sockets: Path
    logs: Path
    inside_as: int | None = None
    server: Child | None = field(default=None, init=False)

    @property
    def url(self) -> str:
        return f"postgresql://{RUNNER}@/{DATABASE}?host={quote(str(self.sockets))}&port={PORT}"

    def start(self) -> None:
        users = self.sockets / "users.txt"
        users.write_text(f'"{RUNNER}" ""\n"{OWNER}" ""\n')
        settings = self.sockets / "pgbouncer.ini"
        settings.write_text(self.settings(users))
        self.server = Child(
            "PgBouncer",
            [binary(), str(settings)],
            self.logs / "pgbouncer.log",
            stop_signal=signal.SIGTERM,
            inside_as=self.inside_as,
        )
        self.server.start()
        self.wait_until_ready()

    def settings(self, users: Path) -> str:
        """Those of the example; what comes again below it counts, and only names and places do."""
        return f"""{EXAMPLE.read_text()}
[databases]
{DATABASE} = host={self.sockets} dbname={DATABASE}
[pgbouncer]
listen_addr =
listen_port = {PORT}
unix_socket_dir = {self.sockets}
auth_type = trust
auth_file = {users}
"""

    def wait_until_ready(self) -> None:
        assert self.server is not None
        while True:
            if self.server.ended() or self.server.age() > 20:
                raise CannotStart(f"PgBouncer did not start. Its last lines:\n{self.server.last_lines()}")
            try:
                psycopg2.connect(self.url).close()
                return
            except psycopg2.OperationalError:
                time.sleep(PAUSE)

    def stop(self) -> None:
        if self.server is not None:
            self.server.stop()
            self.server = None
