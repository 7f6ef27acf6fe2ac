"""The auditors' pack of everything: 600,000 signatures of 50,000 members, 12 guidelines, 40 versions. SIGNATURES=20000
for fewer. Made once in one go, and once more by one that is killed in the middle and another that goes on.

The worker of the installation rests meanwhile, so that one process makes the pack and its memory can be told.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
django.setup()

from accounts.models import User  # noqa: E402
from benchmarks.figures import Figure  # noqa: E402
from core import audit, clock  # noqa: E402
from guidelines import actions, archive, evidence, texts  # noqa: E402
from guidelines.actions.packing import pieces  # noqa: E402
from guidelines.models import Due, Guideline, Pack, Publication, Receipt, ReceiptPersonal, Version  # noqa: E402
from guidelines.models.evidence import LEFT, SIGNED  # noqa: E402
from guidelines.starting import starters  # noqa: E402
from tests import staging  # noqa: E402

SIGNATURES = int(os.environ.get("SIGNATURES", "600000"))
GUIDELINES, VERSIONS, AT_ONCE = 12, 40, 20_000
MEMBERS = SIGNATURES // GUIDELINES
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


def make_everything() -> User:
    at, rng = clock.now() - timedelta(days=30), random.Random(5)
    Pack.objects.all().delete()
    hr = User.objects.create_user("hr@pack.example", name="HR", roles=["hr"], joined_at=at, welcomed_at=at)
    members = User.objects.bulk_create(
        (User(name=f"Reader {place}", email=f"m{place}@pack.example", joined_at=at) for place in range(MEMBERS)),
        batch_size=5000,
    )
    published = [one for number in range(GUIDELINES) for one in make_versions(hr, number, at)]
    for number in range(GUIDELINES):
        versions = [one for one in published if one.guideline.name == f"Bench guideline {number}"]
        for place in range(0, MEMBERS, AT_ONCE):
            receipts = [signed(one, rng.choice(versions), at) for one in members[place : place + AT_ONCE]]
            kept = evidence.keep_receipts(receipts, actor=None, at=at)
            personal = (ReceiptPersonal(receipt=one, typed_name=f"Reader {one.member_id}") for one in kept)
            ReceiptPersonal.objects.bulk_create(personal, batch_size=5000)
        owing = (due(one, versions[-1], at) for one in rng.sample(members, MEMBERS // 20))
        Due.objects.bulk_create(owing, batch_size=5000)
    left = [signed(one, published[0], at, kind=LEFT) for one in members[: MEMBERS // 100]]
    evidence.keep_receipts(left, actor=None, at=at)
    while audit.seal(limit=20_000):
        pass
    staging.as_owner("ANALYZE")  # what autovacuum does in time
    return hr


def leave_nobody_asked() -> None:
    """Whatever else is measured in this database, nobody there owes anything."""
    Version.objects.filter(state="published").update(state="withdrawn")
    Due.objects.all()._raw_delete("default")
    User.objects.filter(email__endswith="@pack.example").update(is_active=False)


def make_versions(hr: User, number: int, at) -> list[Publication]:
    """Three or four of them, with the words of ours."""
    guideline = Guideline.objects.create(name=f"Bench guideline {number}", language="en", helper=hr, made_at=at)
    text = list(starters().values())[number % len(starters())]
    count = VERSIONS // GUIDELINES + (number < VERSIONS % GUIDELINES)
    made = []
    for place in range(1, count + 1):
        content = {"en": texts.write(text) | {"title": f"{text.title} {place}"}}
        version = Version.objects.create(
            guideline=guideline, number=place, content=content, edited_at=at, state_at=at,
            state="published" if place == count else "superseded",
        )  # fmt: skip
        row = Publication(
            version=version, guideline=guideline, number=place, language="en", content=content, change="material",
            sign_within=14, least_seconds=20, proof="name", fingerprint=texts.fingerprint(content),
            previous=made[-1].fingerprint if made else "", at=at, by=hr,
        )  # fmt: skip
        made.append(evidence.keep_publication(row, actor=hr, at=at))
    return made


def signed(member: User, publication: Publication, at, kind: str = SIGNED) -> Receipt:
    return Receipt(
        member=member, publication=publication, kind=kind, asked_at=at, opened=True, language="en",
        proof="name" if kind == SIGNED else "", fingerprint=publication.fingerprint, by=member, at=at,
    )  # fmt: skip


def due(member: User, publication: Publication, at) -> Due:
    later = at + timedelta(days=1)
    return Due(
        member=member, guideline=publication.guideline, publication=publication, state="open", state_at=later,
        asked_at=later, told_at=later, due_at=later + timedelta(days=14),
    )  # fmt: skip


@contextmanager
def resting_worker() -> Iterator[None]:
    pid = int((Path(os.environ["DATA_DIR"]) / "logs" / "worker.pid").read_text())
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


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
        done = subprocess.run(["sha256sum", "-c", "manifest.sha256"], cwd=folder, capture_output=True, text=True)
    lines = done.stdout.splitlines()
    held = sum(line.endswith(": OK") for line in lines)
    return held, len(lines) - held


def differing(one: Pack, other: Pack) -> int:
    hashes = [{file["name"]: file["sha256"] for file in pack.files if file["name"] not in pieces.TELLING}
              for pack in (one, other)]  # fmt: skip
    return len(hashes[0].items() ^ hashes[1].items())


if __name__ == "__main__":
    main()
