"""`python -m advocacy.up with -- CMD`, as other programs use it."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from tests.advocacy.processes import ROOT, UP, environment, eventually, living, up


def test_the_command_s_exit_code_and_output_come_through() -> None:
    done = subprocess.run(
        [*UP, "with", "--", "sh", "-c", "echo $REDIS_URL; exit 7"],
        env=environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 7
    assert done.stdout.startswith("unix:///")


def test_a_command_that_is_not_there_is_one_sentence() -> None:
    done = subprocess.run(
        [*UP, "with", "--", "no-such-command"], env=environment(), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr == "no-such-command could not be started: No such file or directory.\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_no_process_is_left_whatever_ends_it(number: int) -> None:
    process = up("with", "--", "sh", "-c", "echo $DATA_DIR; exec sleep 300", env=environment())
    data = process.stdout.readline().strip()
    commands = " ".join(living(data))
    assert "sleep" in commands and "postgres" in commands and "valkey" in commands
    if number == signal.SIGINT:
        os.killpg(process.pid, number)  # as the terminal does
    else:
        process.send_signal(number)
    process.wait(20)
    assert eventually(lambda: not living(data)), living(data)


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("setpriv"), reason="only root can become somebody else")
def test_it_works_as_an_ordinary_user() -> None:
    if not all(folder.stat().st_mode & 0o001 for folder in (*ROOT.parents, ROOT, *Path(UP[0]).resolve().parents)):
        pytest.skip("this checkout lies in a folder that others cannot enter")
    become = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    done = subprocess.run(
        [*become, *UP, "with", "--", "sh", "-c", "id -u"],
        env=environment(PYTHONDONTWRITEBYTECODE="1"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("65534\n", "")
