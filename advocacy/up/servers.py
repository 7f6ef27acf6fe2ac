"""The two embedded servers together, and the environment that leads to them."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from advocacy.up import pgbouncer
from advocacy.up.children import Child
from advocacy.up.errors import CannotStart
from advocacy.up.places import held, own_folder, socket_folder
from advocacy.up.postgres import OWNER, RUNNER, Postgres
from advocacy.up.valkey import Valkey

PREFIX = "advocacy-throwaway-"


class Servers:
    """Either or both: a server whose address was given is not started."""

    def __init__(self, data: Path, *, throwaway: bool = False, postgres: bool = True, redis: bool = True) -> None:
        own_folder(data, "The data folder")
        logs = own_folder(data / "logs", "The folder for logs")
        sockets = socket_folder(data)
        self.sockets = sockets
        self.postgres = Postgres(data / "postgres", sockets, logs, throwaway) if postgres else None
        self.valkey = Valkey(sockets, logs) if redis else None
        self.pooler = pgbouncer.PgBouncer(sockets, logs) if postgres and pgbouncer.wanted() else None

    def start(self) -> None:
        if self.valkey:
            self.valkey.start()
        if self.postgres:
            self.postgres.start()
        if self.valkey:
            self.valkey.wait_until_ready()
        if self.pooler and self.postgres:
            self.pooler.inside_as = self.postgres.inside_as
            self.pooler.start()

    def stop(self) -> None:
        if self.valkey:
            self.valkey.stop()
        if self.pooler:
            self.pooler.stop()
        if self.postgres:
            self.postgres.stop()

    def children(self) -> list[Child]:
        return [each.server for each in (self.postgres, self.valkey, self.pooler) if each and each.server]

    def environment(self) -> dict[str, str]:
        found = {}
        if self.postgres:
            found["DATABASE_URL"] = self.postgres.url(RUNNER)
            found["DATABASE_OWNER_URL"] = self.postgres.url(OWNER)
            found["EMBEDDED"] = "1"  # the demo is loaded nowhere else
        if self.pooler:
            found |= {"DATABASE_URL": self.pooler.url, "DATABASE_POOLED": "1"}
        if self.valkey:
            found["REDIS_URL"] = self.valkey.url
        return found


@contextmanager
def throwaway_folder() -> Iterator[Path]:
    """A data folder that is gone afterwards. One left by a killed run is swept by the next."""
    sweep(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        with held(folder / "lock", "This folder is in use."):
            yield folder
    finally:
        remove(folder)


def sweep(base: Path) -> None:
    for folder in base.glob(f"{PREFIX}*"):
        try:
            if folder.lstat().st_uid != os.geteuid() or not (folder / "lock").exists():
                continue
            with held(folder / "lock", "in use"):
                pass
        except (OSError, CannotStart):
            continue
        remove(folder)


def remove(folder: Path) -> None:
    sockets = socket_folder(folder)
    for path in (sockets, folder):
        shutil.rmtree(path, ignore_errors=True)
