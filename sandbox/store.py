"""The one file everything is kept in."""

import sqlite3
from pathlib import Path
from typing import Any

SCHEMA = (Path(__file__).parent / "schema.sql").read_text()


class Store:
    def __init__(self, path: str | Path):
        # Each statement is its own transaction. Without fsync that costs microseconds, and a killed process still
        # loses nothing, because the written pages belong to the operating system by then.
        self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.connection.row_factory = sqlite3.Row
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=OFF")
        self.connection.executescript(SCHEMA)

    def run(self, sql: str, *values: Any) -> int:
        """How many rows it changed."""
        return self.connection.execute(sql, values).rowcount

    def insert(self, table: str, **columns: Any) -> int:
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        return (
            self.connection.execute(
                f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(columns.values())
            ).lastrowid
            or 0
        )

    def one(self, sql: str, *values: Any) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self.connection.execute(sql, values).fetchone()
        return row

    def all(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        return self.connection.execute(sql, values).fetchall()

    def setting(self, name: str, default: str = "") -> str:
        row = self.one("SELECT value FROM settings WHERE name = ?", name)
        return row["value"] if row else default

    def keep(self, name: str, value: str) -> None:
        self.run("INSERT OR REPLACE INTO settings VALUES (?, ?)", name, value)

    def together(self) -> sqlite3.Connection:
        """`with store.together():` makes many statements one transaction."""
        self.connection.execute("BEGIN")
        return self.connection

    def forget_everything(self) -> None:
        tables = [row[0] for row in self.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
        with self.together():
            for table in tables:
                self.connection.execute(f"DELETE FROM {table}")

    def close(self) -> None:
        self.connection.close()
