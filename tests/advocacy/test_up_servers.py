"""The embedded servers, really started: each test has a data folder of its own."""

import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from advocacy.up.errors import CannotStart
from advocacy.up.places import held, own_folder, socket_folder
from advocacy.up.servers import Servers
from advocacy.up.valkey import answers


@pytest.fixture
def data() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="with a space ") as folder:
        yield Path(folder) / "data"
        for path in socket_folder(Path(folder) / "data").glob("*"):
            path.unlink()
        socket_folder(Path(folder) / "data").rmdir()


@pytest.fixture
def servers(data: Path) -> Iterator[Servers]:
    servers = Servers(data, throwaway=True)
    yield servers
    servers.stop()


def ask(url: str, question: str) -> object:
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def test_both_start_in_a_path_with_a_space_and_listen_on_no_port(servers: Servers) -> None:
    servers.start()
    env = servers.environment()
    assert ask(env["DATABASE_URL"], "SELECT current_user") == "advocacy_runner"
    assert ask(env["DATABASE_OWNER_URL"], "SELECT current_user") == "advocacy_owner"
    assert ask(env["DATABASE_URL"], "SHOW listen_addresses") == ""
    assert answers(servers.valkey.socket)
    provider = "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = current_database()"
    assert ask(env["DATABASE_URL"], provider) == "bC.UTF-8"


def test_the_runner_may_not_make_tables(servers: Servers) -> None:
    servers.start()
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(servers.environment()["DATABASE_URL"], "CREATE TABLE sneaky (id int)")


def test_stopping_leaves_no_process_and_a_second_start_finds_the_data(servers: Servers) -> None:
    servers.postgres.throwaway = False
    servers.start()
    pids = [child.pid for child in servers.children()]
    with closing(psycopg2.connect(servers.environment()["DATABASE_OWNER_URL"])) as connection:
        connection.autocommit = True
        connection.cursor().execute("CREATE TABLE kept AS SELECT 42 AS answer")
    servers.stop()
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
    servers.start()
    assert ask(servers.environment()["DATABASE_OWNER_URL"], "SELECT answer FROM kept") == 42


def test_files_left_by_a_power_cut_do_not_stop_the_next_start(servers: Servers) -> None:
    servers.start()
    servers.stop()
    # The number in the file is a living process that has nothing to do with us.
    (servers.postgres.data / "postmaster.pid").write_text(f"{os.getpid()}\n{servers.postgres.data}\n")
    for name in (".s.PGSQL.5432", "valkey.sock"):
        with socket.socket(socket.AF_UNIX) as stale:
            stale.bind(str(servers.sockets / name))
    (servers.sockets / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n")
    servers.start()
    assert ask(servers.environment()["DATABASE_URL"], "SELECT 1") == 1


def test_data_of_another_version_say_what_to_do(servers: Servers) -> None:
    servers.start()
    servers.stop()
    (servers.postgres.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(CannotStart, match=r"written by PostgreSQL 17, and this version brings 18\. .*make backup"):
        servers.start()


def test_an_interrupted_first_start_is_begun_anew(servers: Servers) -> None:
    unfinished = servers.postgres.data.with_name("postgres.unfinished")
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")
    servers.start()
    assert not unfinished.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_somebody_else_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    theirs = tmp_path / "data"
    theirs.mkdir(mode=0o755)
    os.chown(theirs, 65534, 65534)
    with pytest.raises(CannotStart, match="belongs to nobody. Start as nobody, or move that folder away"):
        own_folder(theirs, "The data folder")
    assert theirs.stat().st_mode & 0o777 == 0o755


def test_a_folder_open_to_others_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with pytest.raises(CannotStart, match="open to other users. Close it with: chmod 700"):
        own_folder(tmp_path, "The data folder")
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_a_planted_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(CannotStart, match="should be a folder"):
        own_folder(tmp_path / "link", "The folder for sockets")


def test_sockets_have_short_paths_even_where_the_temporary_folder_has_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("deep" * 20)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    folder = socket_folder(tmp_path / "data")
    assert len(str(folder / ".s.PGSQL.5432.lock")) < 104
    folder.rmdir()


def test_two_data_folders_never_share_sockets(tmp_path: Path) -> None:
    one, other = socket_folder(tmp_path / "one"), socket_folder(tmp_path / "other")
    assert one != other
    one.rmdir()
    other.rmdir()


def test_a_lock_is_held_once_and_free_again_afterwards(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with held(lock, "first"), pytest.raises(CannotStart, match="already"), held(lock, "already running"):
        pass
    with held(lock, "again"):
        assert lock.exists()
