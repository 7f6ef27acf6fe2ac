"""A backup of one installation, restored into another with other keys."""

import os
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
import pytest

from advocacy.up.prepare import prepare
from advocacy.up.secret_keys import kept_secrets
from advocacy.up.servers import Servers
from tests.advocacy.processes import ROOT, UP, environment

pytestmark = pytest.mark.slow


@contextmanager
def database(data: Path) -> Iterator[dict[str, str]]:
    servers = Servers(data, redis=False)
    try:
        servers.start()
        yield environment(**servers.environment(), **kept_secrets(data, {}), LOCAL="1", DATA_DIR=str(data))
    finally:
        servers.stop()


def ask(url: str, question: str) -> object:
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(question)
        connection.commit()
        return cursor.fetchone()[0]


def call(*arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    env = environment(**more)
    return subprocess.run([*UP, *arguments], env=env, cwd=ROOT, capture_output=True, text=True, check=False)


def filled(data: Path) -> None:
    with database(data) as env:
        prepare(env)
        ask(env["DATABASE_OWNER_URL"], "INSERT INTO core_pulse VALUES ('kept', now()) RETURNING name")
    (data / "media").mkdir()
    (data / "media" / "picture.png").write_bytes(b"picture")
    (data / "languages" / "pl").mkdir(parents=True)
    (data / "languages" / "pl" / "django.po").write_bytes(b"words")


def test_what_was_backed_up_comes_back_with_its_rights_and_without_the_keys(tmp_path: Path) -> None:
    old, new, backups = tmp_path / "old", tmp_path / "new data", tmp_path / "backups"
    filled(old)
    made = call("backup", DATA_DIR=str(old), BACKUPS=str(backups))
    assert made.returncode == 0, made.stderr
    (file,) = backups.glob("*.tar")
    assert file.stat().st_mode & 0o777 == 0o600
    with tarfile.open(file) as tar:
        assert {"database.dump", "media/picture.png", "README.txt"} <= set(tar.getnames())
    for secret in kept_secrets(old, {}).values():
        assert secret.encode() not in file.read_bytes()

    restored = call("restore", DATA_DIR=str(new), FILE=str(file))
    assert restored.returncode == 0, restored.stderr
    assert "TOKEN_KEYS here are not those of the backup" in restored.stdout
    assert (new / "media" / "picture.png").read_bytes() == b"picture"
    assert (new / "languages" / "pl" / "django.po").read_bytes() == b"words"
    with database(new) as env:
        assert ask(env["DATABASE_URL"], "SELECT name FROM core_pulse") == "kept"
        assert ask(env["DATABASE_URL"], "DELETE FROM core_pulse RETURNING name") == "kept"
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            ask(env["DATABASE_URL"], "DELETE FROM core_auditentry RETURNING id")

    again = call("restore", DATA_DIR=str(new), FILE=str(file))
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr.startswith("The database is not empty, and restoring never overwrites.")


@pytest.mark.parametrize("name", ["", "/no/such/file", os.fspath(ROOT / "LICENSE")])
def test_something_that_is_no_backup_is_refused_before_anything_changes(tmp_path: Path, name: str) -> None:
    done = call("restore", DATA_DIR=str(tmp_path / "data"), FILE=name)
    assert done.returncode == 1
    assert done.stderr.startswith("Name the backup:") or "is not a backup of Advocacy" in done.stderr
