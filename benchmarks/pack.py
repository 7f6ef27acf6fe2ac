"""The auditors' pack of everything: 600,000 signatures of 50,000 members, 12 guidelines, 40 versions. SIGNATURES=20000
for fewer. Made once in one go, and once more by one that is killed in the middle and another that goes on.

The worker of the installation rests meanwhile, so that one process makes the pack and its memory can be told.
"""

import os
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
django.setup()

from benchmarks.figures import Figure  # noqa: E402
from benchmarks.signatures import SIGNATURES, leave_nobody_asked, make_everything, resting_worker  # noqa: E402
from core import clock  # noqa: E402
from guidelines import actions, archive  # noqa: E402
from guidelines.actions.packing import pieces  # noqa: E402
from guidelines.models import Pack  # noqa: E402

MOST_SECONDS, MOST_MEGABYTES = 300.0, 400.0
MAKE = """
import resource
import django
django.setup()
from core import clock
from guidelines import actions
from guidelines.actions.packing.making import LEASE
actions.take_back_lost(at=clock.now() + 2 * LEASE)
while actions.make_piece(at=clock.now()): pass
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_maxrss / 1024, used.ru_utime + used.ru_stime)
"""


def main() -> list[Figure]:
    with resting_worker():
        hr = make_everything()
        print("made the signatures", flush=True)
        whole = actions.ask_pack(actor=hr, day=clock.today_utc(), at=clock.now())
        began = time.monotonic()
        megabytes, busy = map(float, start().communicate()[0].split())
        took = time.monotonic() - began
        again = actions.ask_pack(actor=hr, day=clock.today_utc(), at=whole.until)
        kept, goes_on = kill_and_go_on(again)
        leave_nobody_asked()
    whole.refresh_from_db()
    again.refresh_from_db()
    held, failed = check(whole)
    rows = sum(one["rows"] for one in whole.files if one["name"].startswith("receipts-"))
    return [
        Figure("pack, signatures and other receipts in it", rows, at_least=SIGNATURES),
        Figure("pack, made", took, "s", at_most=MOST_SECONDS * max(0.1, SIGNATURES / 600_000)),
        Figure("pack, of which busy itself", busy, "s"),
        Figure("pack, most memory of who makes it", megabytes, "MB", at_most=MOST_MEGABYTES),
        Figure("pack, files", len(whole.files)),
        Figure("pack, size", whole.size / 1e6, "MB"),
        Figure("pack, files that sha256sum finds as they were", held, at_least=len(whole.files) - 1),
        Figure("pack, files that it does not", failed, at_most=0),
        Figure("pack, killed in the middle: files kept and not made again", kept, at_least=1),
        Figure("pack, and the rest made", goes_on, "s"),
        Figure("pack, tables that are not the same after that", differing(whole, again), at_most=0),
    ]


def start() -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-c", MAKE], stdout=subprocess.PIPE, text=True)


def kill_and_go_on(pack: Pack) -> tuple[int, float]:
    """How many files were there when it was killed and were not touched again, and the seconds of the rest."""
    victim = start()
    while not pack.total or len(pack.files) < pack.total // 2:
        time.sleep(0.05)
        pack.refresh_from_db()
    victim.kill()
    victim.wait()
    pack.refresh_from_db()
    folder = archive.folder_of(pack.pk) / "files"
    there = {one["name"]: (folder / one["name"]).stat().st_mtime_ns for one in pack.files}
    began, after = time.monotonic(), start()
    while after.poll() is None:
        seen = {name: stat for name in there if (stat := touched(folder / name))}
        there = {name: at for name, at in there.items() if seen.get(name, at) == at}
        time.sleep(0.1)
    return len(there), time.monotonic() - began


def touched(path: Path) -> int | None:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return None  # gathered by now


def check(pack: Pack) -> tuple[int, int]:
    """By the documented command: files that hold, and those that do not."""
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(archive.folder_of(pack.pk) / archive.ZIP) as file:
            file.extractall(folder)
        inside = Path(folder) / pack.stem
        done = subprocess.run(["sha256sum", "-c", "manifest.sha256"], cwd=inside, capture_output=True, text=True)
    lines = done.stdout.splitlines()
    held = sum(line.endswith(": OK") for line in lines)
    return held, len(lines) - held


def differing(one: Pack, other: Pack) -> int:
    hashes = [{file["name"]: file["sha256"] for file in pack.files if file["name"] not in pieces.TELLING}
              for pack in (one, other)]  # fmt: skip
    return len(hashes[0].items() ^ hashes[1].items())


if __name__ == "__main__":
    main()
