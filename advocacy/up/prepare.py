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


def collect_if_changed(env: Mapping[str, str], data: Path) -> None:
    """Style, scripts and drawings as production serves them: compressed, and under names that carry their content."""
    stamp = data / "static.stamp"
    if stamp.exists() and stamp.read_text() == files_to_collect():
        return
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--clear", "--verbosity", "0"]
    done = subprocess.run(command, env=dict(env), cwd=ROOT, check=False)
    if done.returncode != 0:
        raise CannotStart("The style sheets and scripts could not be collected; the reason stands above.")
    stamp.write_text(files_to_collect())


def files_to_collect() -> str:
    """Of each file of ours what tells that it was changed, and of the libraries that bring more."""
    found = sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted((ROOT / "static").rglob("*")):
        about = path.stat()
        found.update(f"{path.relative_to(ROOT)} {about.st_mtime_ns} {about.st_size}".encode())
    return found.hexdigest()


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
