import os
import signal
import subprocess
import sys
import threading

import pytest

from links.redirect import spool
from links.redirect.drain import lock
from links.redirect.spool import Spool, waiting

KILLED = """
import os, signal, sys
from pathlib import Path
from links.redirect.spool import Spool
spool = Spool(Path(sys.argv[1]))
for number in range(50):
    spool.append(b"%d\\n" % number)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def kept(tmp_path):
    return Spool(tmp_path / "spool")


def lines(kept):
    return sorted(line for path in waiting(kept.folder) for line in path.read_bytes().splitlines())


def test_a_click_is_on_disk_before_its_answer(kept):
    assert kept.append(b"one\n")
    assert lines(kept) == [b"one"]


def test_the_file_is_its_process_s_until_it_is_finished(kept):
    kept.append(b"one\n")
    (path,) = waiting(kept.folder)
    assert lock(path) is None
    kept.finish()
    claimed = lock(path)
    assert claimed is not None
    assert lock(path) is None
    os.close(claimed.file)


def test_a_full_file_is_followed_by_another(kept, monkeypatch):
    monkeypatch.setattr(spool, "FILE_LIMIT", 10)
    for _ in range(4):
        kept.append(b"12345\n")
    assert len(waiting(kept.folder)) == 2


def test_many_threads_lose_nothing(kept, monkeypatch):
    monkeypatch.setattr(spool, "FILE_LIMIT", 100)

    def visit(number):
        for turn in range(50):
            kept.append(b"%d %d\n" % (number, turn))
            if turn % 7 == 0:
                kept.finish()

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(lines(kept))) == 200


def test_a_killed_process_leaves_all_it_had_answered(kept):
    process = subprocess.run([sys.executable, "-c", KILLED, str(kept.folder)], check=False)
    assert process.returncode == -signal.SIGKILL
    assert len(lines(kept)) == 50
    (path,) = waiting(kept.folder)
    claimed = lock(path)
    assert claimed is not None  # the kernel has let go of it
    os.close(claimed.file)


def test_a_full_disk_turns_nobody_away_and_leaves_no_half_line(kept, monkeypatch):
    kept.append(b"one\n")
    monkeypatch.setattr(spool.os, "write", lambda file, line: os.pwrite(file, line[:2], 4))
    assert not kept.append(b"two\n")
    monkeypatch.undo()
    assert kept.append(b"three\n")
    assert lines(kept) == [b"one", b"three"]


def test_a_folder_that_grows_without_end_takes_no_more(kept, monkeypatch):
    kept.append(b"one\n")
    monkeypatch.setattr(spool, "FOLDER_LIMIT", 3)
    kept.look()
    assert not kept.append(b"two\n")


def test_only_its_owner_reads_it(kept):
    kept.append(b"one\n")
    (path,) = waiting(kept.folder)
    assert path.stat().st_mode & 0o777 == 0o600
    assert kept.folder.stat().st_mode & 0o777 == 0o700


def test_a_drainer_that_stands_still_is_noticed(kept, monkeypatch):
    kept.append(b"one\n")
    sign = kept.folder / spool.DRAINER
    sign.touch()
    kept.look()
    assert kept.drained
    later = spool.time.monotonic() + spool.STILL + 1
    monkeypatch.setattr(spool.time, "monotonic", lambda: later)
    kept.look()
    assert not kept.drained
    os.utime(sign, (1, 1))
    kept.look()
    assert kept.drained
