"""Small parts of `up`: ports, secrets, leftovers, what a program that keeps ending does to the rest."""

import signal
import socket
import stat
import subprocess
import threading
from pathlib import Path

import pytest

from advocacy.up import watching
from advocacy.up.children import Child
from advocacy.up.errors import CannotStart
from advocacy.up.installation import visible_name
from advocacy.up.leftovers import remember, stop_leftovers
from advocacy.up.places import write_whole
from advocacy.up.ports import LOOPBACK, any_free, sandbox_ports
from advocacy.up.secret_keys import kept_secrets
from advocacy.up.watching import Programs
from tests.advocacy.processes import eventually


def test_the_stand_ins_keep_their_ports_so_that_old_posts_keep_their_addresses(tmp_path: Path) -> None:
    web = any_free(set())
    first = sandbox_ports(tmp_path, web)
    assert sandbox_ports(tmp_path, any_free(set(first))) == first


def test_a_port_somebody_else_took_is_given_up(tmp_path: Path) -> None:
    web = any_free(set())
    first, control = sandbox_ports(tmp_path, web)
    with socket.socket() as taken:
        taken.bind((LOOPBACK, first))
        taken.listen()
        second = sandbox_ports(tmp_path, web)
    assert first not in second
    assert web not in second


def test_secrets_are_made_once_and_readable_by_their_owner_only(tmp_path: Path) -> None:
    made = kept_secrets(tmp_path, {})
    assert kept_secrets(tmp_path, {}) == made
    assert stat.S_IMODE((tmp_path / "secrets.env").stat().st_mode) == 0o600


def test_a_secret_that_is_given_wins_and_is_not_written_down(tmp_path: Path) -> None:
    assert kept_secrets(tmp_path, {"SECRET_KEY": "given"})["SECRET_KEY"] == "given"
    assert "given" not in (tmp_path / "secrets.env").read_text()


@pytest.mark.parametrize(
    ("host", "name"),
    [("127.0.0.1", "localhost"), ("::1", "localhost"), ("10.1.2.3", "10.1.2.3"), ("fd00::1", "[fd00::1]")],
)
def test_the_address_is_written_as_a_browser_writes_it(host: str, name: str) -> None:
    assert visible_name(host) == name


def test_what_a_killed_run_left_is_ended_by_the_next(tmp_path: Path) -> None:
    with subprocess.Popen(["sleep", "60"], start_new_session=True) as left:
        remember(tmp_path, [left.pid])
        assert stop_leftovers(tmp_path) == 1
        assert left.wait() == -signal.SIGTERM
    assert stop_leftovers(tmp_path) == 0


def test_a_number_that_now_belongs_to_somebody_else_is_left_alone(tmp_path: Path) -> None:
    with subprocess.Popen(["sleep", "60"], start_new_session=True) as innocent:
        remember(tmp_path, [innocent.pid])
        path = tmp_path / "processes.json"
        path.write_text(path.read_text().replace("20", "19"))  # another year of birth
        assert stop_leftovers(tmp_path) == 0
        assert innocent.poll() is None
        innocent.kill()


def test_a_program_that_keeps_ending_stops_all_with_its_last_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "FIRST_PAUSE", 0.01)
    child = Child("greeter", ["sh", "-c", "echo cannot greet; exit 1"], tmp_path / "greeter.log")
    programs = Programs([child], [], tmp_path)
    programs.start()
    with pytest.raises(CannotStart, match=r"(?s)greeter ended 5 times in a row.*cannot greet"):
        programs.watch_until(lambda: False)
    assert capsys.readouterr().out.count("greeter has ended and is started again") == 4


def test_who_reads_a_file_while_it_is_written_finds_all_of_it(tmp_path: Path) -> None:
    file, ended = tmp_path / "number", threading.Event()
    write_whole(file, "1" * 5)

    def write() -> None:
        for number in range(500):
            write_whole(file, str(number % 10) * 5)
        ended.set()

    writer = threading.Thread(target=write)
    writer.start()
    lengths = set()
    while not ended.is_set():
        lengths.add(len(file.read_text()))
    writer.join()
    assert lengths <= {5}
    assert list(tmp_path.iterdir()) == [file]


def runs(pid: int) -> bool:
    asked = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return asked.stdout.strip()[:1] not in ("", "Z")


def test_stopping_ends_also_what_a_child_started_and_what_will_not_listen(tmp_path: Path) -> None:
    script = "trap '' TERM; sleep 61 & echo $!; wait"
    child = Child("stubborn", ["sh", "-c", script], tmp_path / "stubborn.log", grace=0.2, ready_words=b"\n")
    child.start()
    Programs([child], [], tmp_path).watch_until(child.is_ready)
    grandchild = int((tmp_path / "stubborn.log").read_text())
    child.stop()
    assert eventually(lambda: not runs(grandchild))
    assert not (tmp_path / "stubborn.pid").exists()
