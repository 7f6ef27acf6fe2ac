"""Brings the database into shape as its owner, in a process of its own that prints its progress."""

import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import psycopg2

from advocacy.up.errors import CannotStart
from advocacy.up.places import ROOT


def prepare(env: Mapping[str, str], *how: str) -> None:
    """`how` is what `advocacy.up.schema` takes."""
    role = "owner" if env.get("DATABASE_OWNER_URL") else ""
    done = subprocess.run(
        [sys.executable, "-m", "advocacy.up.schema", *how], env={**env, "DATABASE_ROLE": role}, cwd=ROOT, check=False
    )
    if done.returncode != 0:
        raise CannotStart("The database could not be prepared; the reason stands above.")


def prepare_if_changed(env: Mapping[str, str], stamp: Path) -> None:
    """As `prepare`, but a second start with the same code and the same database does not load Django to learn that."""
    if stamp.exists() and stamp.read_text() == fingerprint(env):
        return
    prepare(env)
    stamp.write_text(fingerprint(env))


def fingerprint(env: Mapping[str, str]) -> str:
    """Of every migration here, of the libraries that bring more, of the keys that have to open what is in the
    database, and of what this database says was applied."""
    found = sha256(f"{env.get('DEMO')} {env.get('TOKEN_KEYS')} {applied(env['DATABASE_URL'])}".encode())
    for path in sorted([*ROOT.glob("*/migrations/*.py"), ROOT / "requirements.txt"]):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


def applied(url: str) -> str:
    try:
        with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT count(*), max(applied)::text FROM django_migrations")
            return str(cursor.fetchone())
    except psycopg2.Error:
        return "nothing"
