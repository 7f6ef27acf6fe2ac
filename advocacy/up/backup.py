"""`make backup` and `make restore FILE=…`: the database and the pictures in one file that only its owner can read."""

import io
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from advocacy.up.errors import CannotStart
from advocacy.up.places import ROOT, chosen_data, disk_problem, held, own_folder
from advocacy.up.postgres import binaries
from advocacy.up.prepare import prepare
from advocacy.up.secret_keys import kept_secrets
from advocacy.up.servers import Servers
from advocacy.up.stopping import no_more_signals, say, signals_raise
from core import clock

FILES = ("media", "languages")  # pictures, and the languages a firm has added
NOTE = """This is a backup of Advocacy: database.dump (pg_restore reads it) and the folders media and languages.

The keys are not in here, on purpose: whoever finds this file must not be able to post for anybody.
Keep SECRET_KEY and TOKEN_KEYS (in .data/secrets.env, or wherever you set them) in another safe place.
Without TOKEN_KEYS everything comes back except the linked accounts, which people then link again.
"""


def backup() -> int:
    data = chosen_data()
    folder = own_folder(Path(os.environ.get("BACKUPS") or ROOT / "backups").absolute(), "The folder for backups")
    target = folder / f"advocacy-{clock.now():%Y%m%d-%H%M%S}.tar"
    with signals_raise(), reached(data) as env, tempfile.TemporaryDirectory(dir=folder) as work:
        dump = Path(work) / "database.dump"
        run_tool("pg_dump", "--format=custom", f"--file={dump}", owner_url(env))
        unfinished = Path(work) / "backup.tar"
        try:
            pack(unfinished, dump, data, about(env))
        except OSError as problem:
            raise disk_problem(problem, folder) from None
        os.replace(unfinished, target)
    say(f"The backup is {os.path.relpath(target)}. Keep the keys of {data / 'secrets.env'} in another place.")
    return 0


def restore(name: str) -> int:
    source = Path(name)
    if not name or not source.is_file():
        raise CannotStart("Name the backup: make restore FILE=backups/advocacy-….tar")
    data = chosen_data()
    running = "Advocacy is running in this checkout. Stop it first, then restore."
    with signals_raise(), held(data / "lock", running), started(data) as env, tempfile.TemporaryDirectory() as work:
        refuse_full_database(owner_url(env))
        unpack(source, Path(work))
        warn_of_other_keys(Path(work), env)
        # Grants first: a table gets the runner's rights when it is made. What a backup says about rights is left out.
        prepare(env, "grants")
        dump = str(Path(work) / "database.dump")
        url = owner_url(env)
        run_tool(
            "pg_restore", "--no-owner", "--no-acl", "--exit-on-error", "--single-transaction", f"--dbname={url}", dump
        )
        prepare(env, "always")
        for name in FILES:
            bring_files(Path(work) / name, data / name)
    say(f"{source.name} is restored. Start with: make run")
    return 0


@contextmanager
def started(data: Path) -> Iterator[dict[str, str]]:
    """The environment of this installation, its own database started if it is the embedded one."""
    given = dict(os.environ)
    servers = Servers(data, postgres=not given.get("DATABASE_URL"), redis=False)
    try:
        servers.start()
        yield {**given, **kept_secrets(data, given), **servers.environment(), "DATA_DIR": str(data), "LOCAL": "1"}
    finally:
        no_more_signals()
        servers.stop()


@contextmanager
def reached(data: Path) -> Iterator[dict[str, str]]:
    """As `started`, but while `make run` is up its database is used as it is."""
    if os.environ.get("DATABASE_URL"):
        yield dict(os.environ)
        return
    try:
        with held(data / "lock", "running"):
            with started(data) as env:
                yield env
            return
    except CannotStart as problem:
        if str(problem) != "running":
            raise
    servers = Servers(data, redis=False)
    if servers.postgres:
        servers.postgres.choose_identity()
    yield {**os.environ, **kept_secrets(data, os.environ), **servers.environment()}


def owner_url(env: dict[str, str]) -> str:
    return env.get("DATABASE_OWNER_URL") or env["DATABASE_URL"]


def run_tool(name: str, *arguments: str) -> str:
    done = subprocess.run([str(binaries() / name), *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotStart(f"{name} failed: {done.stderr.strip()[-800:]}")
    return done.stdout


def about(env: dict[str, str]) -> dict[str, object]:
    return {"made_at": clock.now().isoformat(), "key_names": key_names(env.get("TOKEN_KEYS", ""))}


def key_names(keys: str) -> list[str]:
    """Enough to tell whether the right keys are at hand, and nothing of the keys themselves."""
    return [sha256(key.encode()).hexdigest()[:12] for key in keys.replace(",", " ").split()]


def pack(target: Path, dump: Path, data: Path, facts: dict[str, object]) -> None:
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file, tarfile.open(fileobj=file, mode="w") as tar:
        tar.add(dump, "database.dump")
        for folder in FILES:
            if (data / folder).is_dir():
                tar.add(data / folder, folder)
        for name, text in {"about.json": json.dumps(facts), "README.txt": NOTE}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            tar.addfile(entry, io.BytesIO(text.encode()))


def unpack(source: Path, into: Path) -> None:
    try:
        with tarfile.open(source) as tar:
            tar.extractall(into, filter="data")
    except (tarfile.TarError, OSError) as problem:
        raise CannotStart(f"{source} is not a backup of Advocacy, or it is damaged: {problem}.") from None
    if not (into / "database.dump").is_file():
        raise CannotStart(f"{source} is not a backup of Advocacy: there is no database in it.")


def refuse_full_database(url: str) -> None:
    count = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    if run_tool("psql", "--no-psqlrc", "--tuples-only", "--no-align", f"--command={count}", url).strip() != "0":
        raise CannotStart(
            "The database is not empty, and restoring never overwrites. Move .data/postgres away (or give an empty "
            "DATABASE_URL) and restore again."
        )


def warn_of_other_keys(work: Path, env: dict[str, str]) -> None:
    facts = json.loads((work / "about.json").read_text())
    if not set(facts.get("key_names", [])) & set(key_names(env.get("TOKEN_KEYS", ""))):
        say("TOKEN_KEYS here are not those of the backup: people will have to link their accounts again.")


def bring_files(source: Path, target: Path) -> None:
    if not source.is_dir():
        return
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.rglob("*")):
        place = target / path.relative_to(source)
        if path.is_dir():
            place.mkdir(exist_ok=True)
        else:
            place.write_bytes(path.read_bytes())
