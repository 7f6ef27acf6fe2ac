"""What stands between a fresh clone and a running environment, each as one sentence. Nothing is downloaded here."""

import os
import shutil
import socket
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from advocacy.up import bootstrap
from tests.advocacy.processes import ROOT

FILE = ROOT / "advocacy" / "up" / "bootstrap.py"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Just enough of a clone, in a path with a space, at a port that nobody has taken."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("PORT", str(free.getsockname()[1]))
    root = tmp_path / "a clone"
    (root / "advocacy" / "up").mkdir(parents=True)
    shutil.copy(FILE, root / "advocacy" / "up")
    for name in ("requirements.txt", "requirements-dev.txt"):
        (root / name).write_text("")
    return root


def start(checkout: Path, before: str = "") -> "subprocess.CompletedProcess[str]":
    program = f"import runpy, sys; sys.argv = ['bootstrap.py', 'run']; {before}; runpy.run_path({str(checkout)!r} + "
    program += "'/advocacy/up/bootstrap.py', run_name='__main__')"
    base = getattr(sys, "_base_executable", sys.executable)
    return subprocess.run([base, "-I", "-c", program], capture_output=True, text=True, check=False)


def test_a_taken_port_is_said_before_anything_is_installed(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        monkeypatch.setenv("FIRM", "1")
        done = start(checkout, "pass")
    sentence = f"Port {port} is taken by another program. Choose another one: PORT={port + 123} make run FIRM=1\n"
    assert (done.returncode, done.stderr, done.stdout) == (1, sentence, "")
    assert not (checkout / ".venv").exists()


def test_a_python_too_old_is_told_which_one_is_needed(checkout: Path) -> None:
    done = start(checkout, "sys.version_info = (3, 9, 2, 'final', 0)")
    assert done.returncode == 1
    assert done.stderr == (
        "Advocacy needs Python 3.11 or newer, and this is 3.9.2. Install a newer one, or name it: "
        "make run PYTHON=python3.12\n"
    )


def test_a_missing_venv_module_is_told_how_to_get_it(checkout: Path) -> None:
    done = start(checkout, "sys.modules['ensurepip'] = None")
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    assert done.stderr == (
        f"Python's venv module is missing. On Debian or Ubuntu: apt install {version}, then start again.\n"
    )


def test_a_full_disk_is_told_before_anything_is_written(checkout: Path) -> None:
    done = start(checkout, "import shutil; shutil.disk_usage = lambda path: type('', (), {'free': 7_000_000})")
    assert done.returncode == 1
    assert "is almost full (7 MB left, 500 MB needed). Make some room and start again.\n" in done.stderr
    assert not (checkout / ".venv").exists()


def test_the_oldest_python_can_read_the_file_that_tells_it_so() -> None:
    source = FILE.read_text()
    compile(source, "bootstrap.py", "exec", dont_inherit=True)
    assert "match " not in source and ":=" not in source and ' f"' not in source


def test_libraries_are_installed_once_and_left_alone_while_nothing_changed(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", str(checkout))
    monkeypatch.setattr(bootstrap, "VENV", str(checkout / ".venv"))
    monkeypatch.setattr(bootstrap, "PYTHON", str(checkout / ".venv" / "bin" / "python"))
    # Making one takes seconds and is what `make run` shows; here one that works is already there.
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "bin" / "python").symlink_to(sys.executable)
    bootstrap.install("requirements.txt")
    assert capfd.readouterr().out == "Installing requirements.txt …\n"
    bootstrap.install("requirements.txt")
    assert capfd.readouterr().out == ""
    (checkout / "requirements.txt").write_text("# changed\n")
    bootstrap.install("requirements.txt")
    assert capfd.readouterr().out == "Installing requirements.txt …\n"


def test_an_environment_of_somebody_else_is_not_touched(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (checkout / ".venv").mkdir()
    monkeypatch.setattr(bootstrap, "VENV", str(checkout / ".venv"))
    # Root may write everywhere, so the question itself is answered for it.
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(bootstrap.CannotStart, match=r"The folder \.venv belongs to another user"):
        bootstrap.check_venv_owner()


def test_a_disk_almost_full_is_told_before_the_database_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from advocacy.up.errors import CannotStart
    from advocacy.up.postgres import check_room

    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10, 9, 1))
    with pytest.raises(CannotStart, match=r"is almost full \(0 MB left, 300 MB needed\)"):
        check_room(tmp_path)
