"""`python -m advocacy.up run`, really started once without the demo, and ended in the two ways that matter."""

import os
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from advocacy.up.ports import any_free
from tests.advocacy.processes import ROOT, UP, environment, eventually, living, up

pytestmark = pytest.mark.slow


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "data with a space"
    folder.mkdir(mode=0o700)
    yield folder
    assert eventually(lambda: not living(str(folder))), living(str(folder))


@pytest.fixture
def env(data: Path) -> dict[str, str]:
    return environment(DATA_DIR=str(data), PORT=str(any_free(set())), FIRM="1", SANDBOX="1", WORKER_THREADS="4")


def lines_until(process: "subprocess.Popen[str]", end: str) -> str:
    said = ""
    for line in process.stdout:
        said += line
        if end in line:
            return said
    raise AssertionError(f"{end!r} was never said, but:\n{said}")


def pid_of(data: Path, name: str) -> int:
    return int((data / "firm/logs" / f"{name}.pid").read_text())


def test_it_comes_up_mends_itself_and_leaves_nothing_behind(data: Path, env: dict[str, str]) -> None:
    process = up("run", env=env)
    assert f"http://localhost:{env['PORT']}/setup/" in lines_until(process, "Ctrl-C stops everything")
    with urllib.request.urlopen(f"http://127.0.0.1:{env['PORT']}/readyz") as answer:
        assert b'"ready": true' in answer.read()

    second = subprocess.run([*UP, "run"], env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert second.returncode == 1
    assert second.stderr.startswith("Advocacy is already running in this checkout.")

    first_worker = pid_of(data, "worker")
    os.kill(first_worker, signal.SIGKILL)
    assert "worker has ended and is started again in 0.5 s" in lines_until(process, "worker has ended")
    assert eventually(lambda: pid_of(data, "worker") != first_worker)

    process.send_signal(signal.SIGTERM)
    assert "Everything is stopped." in lines_until(process, "Everything is stopped.")
    assert process.wait(30) == 0
    assert not living(str(data))

    # Again, with the same data, and this time without a chance to tidy up.
    process = up("run", env=env)
    assert "Making the tables" not in lines_until(process, "Ctrl-C stops everything")
    process.kill()
    process.wait()
    assert eventually(lambda: not living(str(data))), living(str(data))


def test_a_taken_port_is_one_sentence(env: dict[str, str]) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(env["PORT"])))
        taken.listen()
        done = subprocess.run([*UP, "run"], env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    other = int(env["PORT"]) + 123
    sentence = f"Port {env['PORT']} is taken by another program. Choose another one: PORT={other} make run FIRM=1\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", sentence)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"PORT": "eight"}, "PORT should be a number from 1 to 65535, not 'eight'.\n"),
        ({"PORT": "70000"}, "PORT should be a number from 1 to 65535, not '70000'.\n"),
        ({"HOST": "no.such.host.invalid"}, "HOST should be an address of this machine, not 'no.such.host.invalid'.\n"),
        ({"HOST": "192.0.2.7"}, "192.0.2.7 is not an address of this machine, so nothing can listen there.\n"),
    ],
)
def test_an_address_that_cannot_be_is_one_sentence(env: dict[str, str], change: dict[str, str], sentence: str) -> None:
    done = subprocess.run([*UP, "run"], env=env | change, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, sentence)
