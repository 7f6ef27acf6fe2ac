"""600,000 signatures of 50,000 members, 12 guidelines, 40 versions, for whoever measures. SIGNATURES=20000 for fewer.

Every other guideline is for two of three countries. Later versions changed wording only: nobody signs again."""

import os
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
django.setup()

from accounts.models import Team, User  # noqa: E402
from audiences.models import Audience  # noqa: E402
from core import audit, clock  # noqa: E402
from guidelines import evidence, texts  # noqa: E402
from guidelines.models import Due, Guideline, Pack, Publication, Receipt, ReceiptPersonal, Version  # noqa: E402
from guidelines.models.evidence import LEFT, SIGNED  # noqa: E402
from guidelines.starting import starters  # noqa: E402
from tests import staging  # noqa: E402

SIGNATURES = int(os.environ.get("SIGNATURES", "600000"))
GUIDELINES, VERSIONS, AT_ONCE = 12, 40, 20_000
MEMBERS = SIGNATURES // GUIDELINES


def make_everything() -> User:
    at, rng = clock.now() - timedelta(days=30), random.Random(5)
    Pack.objects.all().delete()
    hr = User.objects.create_user("hr@pack.example", name="HR", roles=["hr"], joined_at=at, welcomed_at=at)
    teams = [Team.objects.create(name=f"Readers {number}").pk for number in range(200)]
    members = User.objects.bulk_create(
        (
            User(
                name=f"Reader {place}",
                email=f"m{place}@pack.example",
                joined_at=at,
                country=("GB", "DE", "FR")[place % 3],
                team_id=teams[place % len(teams)],
            )
            for place in range(MEMBERS)
        ),
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
    terms = {"in": [{"kind": "country", "values": ["DE", "GB"]}], "who": [], "except": []}
    audience = Audience.objects.create(terms=terms, made_at=at) if number % 2 else None
    guideline = Guideline.objects.create(
        name=f"Bench guideline {number}", language="en", helper=hr, audience=audience, made_at=at
    )
    text = list(starters().values())[number % len(starters())]
    count = VERSIONS // GUIDELINES + (number < VERSIONS % GUIDELINES)
    made = []
    for place in range(1, count + 1):
        content = {"en": texts.write(text) | {"title": guideline.name, "summary": f"{text.summary} {place}"}}
        version = Version.objects.create(
            guideline=guideline, number=place, content=content, edited_at=at, state_at=at,
            state="published" if place == count else "superseded",
        )  # fmt: skip
        row = Publication(
            version=version, guideline=guideline, number=place, language="en", content=content,
            change="editorial" if place > 1 else "first",
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
        waits_from=later + timedelta(days=14), set_for=later + timedelta(days=14),
    )  # fmt: skip


@contextmanager
def resting_worker() -> Iterator[None]:
    pid = int((Path(os.environ["DATA_DIR"]) / "logs" / "worker.pid").read_text())
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)
