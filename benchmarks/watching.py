"""What a run takes of the machine while it lasts: connections to the database, memory of the worker."""

import os
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from tests.chaos.trouble import pid_of

EVERY = 0.5  # seconds
CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


@dataclass
class Seen:
    """The most of each: connections of all programs together, megabytes of the worker. And its processor's seconds."""

    connections: int = 0
    megabytes: float = 0.0
    processor: float = 0.0


@contextmanager
def watched() -> Iterator[Seen]:
    seen, done = Seen(processor=-processor_seconds("worker")), threading.Event()
    looker = threading.Thread(target=look, args=(seen, done), daemon=True)
    looker.start()
    try:
        yield seen
    finally:
        done.set()
        looker.join()
        seen.processor += processor_seconds("worker")


def look(seen: Seen, done: threading.Event) -> None:
    with closing(psycopg2.connect(os.environ["DATABASE_OWNER_URL"])) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        while not done.wait(EVERY):
            cursor.execute(CONNECTIONS)
            seen.connections = max(seen.connections, cursor.fetchone()[0])
            seen.megabytes = max(seen.megabytes, megabytes_of("worker"))


def megabytes_of(program: str) -> float:
    """Its own memory and its part of what it shares with others, with that of its children."""
    return sum(kilobytes(each) for each in family(pid_of(program))) / 1024


def processor_seconds(program: str) -> float:
    """Of all processors together, and so much the same whatever else the machine does meanwhile."""
    fields = Path(f"/proc/{pid_of(program)}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        children = []
    return [pid, *(member for child in children for member in family(int(child)))]


def kilobytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
