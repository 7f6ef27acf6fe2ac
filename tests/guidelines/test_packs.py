"""A pack for auditors: complete, checkable without us, made in pieces, for whoever may ask."""

import hashlib
import json
from datetime import timedelta

import pytest

from accounts.models import User
from core import audit, clock
from core.models import AuditEntry
from guidelines import actions, archive, evidence, queries, texts
from guidelines.actions.packing import making, pieces
from guidelines.models import Pack, Publication, Receipt, ReceiptPersonal
from guidelines.queries import packed
from guidelines.queries.packed import tables
from tests.factories import MemberFactory
from tests.guidelines.conftest import AT, begun, next_one, put_out, settled
from tests.guidelines.packing import asked, made, summed, table, unpacked

pytestmark = pytest.mark.django_db
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture
def member():
    return MemberFactory(name="Mina Okafor")


@pytest.fixture
def published(hana, ines, member):
    made = put_out(hana, ines, begun(hana))
    settled()
    return made


def sign(member, *, at=AT + 30 * SECOND) -> Receipt:
    due = queries.owed(member).first()
    actions.open_due(actor=member, due=due, at=at - 25 * SECOND)
    return actions.sign_due(
        actor=member, due=due, fingerprint=due.publication.fingerprint, language="en", typed_name=member.name, at=at
    )


LATER = AT + timedelta(hours=1)


def test_it_holds_versions_receipts_and_who_is_asked_still_and_its_hashes_hold(hana, published, member, tmp_path):
    receipt = sign(member)
    audit.seal()
    pack = made(asked(hana, at=LATER), at=LATER)
    folder = unpacked(pack, tmp_path / "out")
    done = summed(folder)
    assert pack.state == "ready" and done.returncode == 0, done.stderr
    assert "verify.html: OK" in done.stdout and len(done.stdout.splitlines()) == len(pack.files) - 1
    assert hashlib.sha256((folder / "manifest.sha256").read_bytes()).hexdigest() == pack.manifest
    (row,) = table(folder, "receipts-0001.csv")
    assert (row["receipt"], row["outcome"], row["member_name"], row["typed_name"], row["digest_agrees"]) == (
        str(receipt.pk), "signed", "Mina Okafor", "Mina Okafor", "yes",
    )  # fmt: skip
    assert {one["member_name"] for one in table(folder, "open.csv")} == {"Hana", "Ines"}
    assert (folder / "summary.pdf").read_bytes().startswith(b"%PDF")


def test_the_hash_of_a_versions_file_is_its_fingerprint(hana, ines, published, tmp_path):
    next_one(hana, ines, published.guideline, body="Ask twice, in Köln, too.")
    folder = unpacked(made(asked(hana)), tmp_path / "out")
    rows = table(folder, "publications.csv")
    assert [row["state"] for row in rows] == ["superseded", "out"]
    for row in rows:
        content = (folder / row["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["fingerprint"]
        assert texts.canonical(json.loads(content)) == content
        assert (folder / row["file"].replace(".json", ".pdf")).read_bytes().startswith(b"%PDF")


def test_receipts_of_what_did_not_happen_are_in_it(hana, ines, published, member, tmp_path):
    other = MemberFactory(name="Ada Lovelace")
    settled()
    actions.open_due(actor=member, due=queries.owed(member).get(), at=AT)
    actions.decline_due(actor=other, due=queries.owed(other).get(), reason="I teach.", at=AT)
    User.objects.filter(pk=other.pk).update(is_active=False)
    settled()
    next_one(hana, ines, published.guideline, at=AT + SECOND, body="New words.")
    settled(AT + SECOND)
    folder = unpacked(made(asked(hana, at=LATER), at=LATER), tmp_path / "out")
    found = {(row["member_name"], row["kind"], row["outcome"]) for row in table(folder, "receipts-0001.csv")}
    assert found == {
        ("Ada Lovelace", "declined", "declined"), ("Ada Lovelace", "left", "never opened"),
        ("Mina Okafor", "superseded", "opened, not signed"), ("Hana", "superseded", "never opened"),
        ("Ines", "superseded", "never opened"),
    }  # fmt: skip
    assert all("I teach" not in (folder / name).read_text() for name in ("receipts-0001.csv", "open.csv"))


def test_the_head_of_the_trail_is_in_it_and_stays_in_the_chain(hana, published, tmp_path):
    audit.seal()
    folder = unpacked(made(asked(hana)), tmp_path / "out")
    head = json.loads((folder / "manifest.json").read_text())["audit_trail"]
    audit.seal()
    assert audit.holds_seal(str(head["seal"]), head["digest"])
    assert not audit.holds_seal(str(head["seal"]), "0" * 64) and not audit.holds_seal("x", head["digest"])


def test_of_erased_people_the_number_stays_and_says_so(hana, published, member, tmp_path):
    sign(member)
    audit.seal()
    ReceiptPersonal.objects.all().delete()
    number = member.pk
    User.objects.filter(pk=number).delete()
    folder = unpacked(made(asked(hana, at=LATER), at=LATER), tmp_path / "out")
    (row,) = table(folder, "receipts-0001.csv")
    assert (row["member"], row["member_name"], row["typed_name"], row["digest_agrees"]) == (
        str(number), "erased", "erased", "yes",
    )  # fmt: skip
    assert list(evidence.faults()) == []
    alone = made(asked(hana, person=str(number), at=LATER), at=LATER)
    assert len(table(unpacked(alone, tmp_path / "one"), "receipts-0001.csv")) == 1


def test_nothing_in_it_is_calculated_by_a_spreadsheet(hana, published, tmp_path):
    bad = MemberFactory(name="=HYPERLINK(1)")
    settled()
    sign(bad)
    folder = unpacked(made(asked(hana, at=LATER), at=LATER), tmp_path / "out")
    (row,) = table(folder, "receipts-0001.csv")
    assert row["member_name"] == row["typed_name"] == "'=HYPERLINK(1)"


def test_a_row_that_was_changed_says_so(hana, published, member, tmp_path):
    receipt = sign(member)
    Receipt.objects.filter(pk=receipt.pk).update(language="de")
    pack = made(asked(hana, at=LATER), at=LATER)
    (row,) = table(unpacked(pack, tmp_path / "out"), "receipts-0001.csv")
    assert row["digest_agrees"] == "no" and sum(one["faults"] for one in pack.files) == 1


def test_one_guideline_and_one_person(hana, ines, published, member, tmp_path):
    put_out(hana, ines, begun(hana, name="Another"))
    settled()
    sign(member)
    sign(member)
    sign(hana)
    other = Publication.objects.exclude(pk=published.pk).get()
    folder = unpacked(
        made(asked(hana, guideline=other.guideline, person="mina okafor", at=LATER), at=LATER), tmp_path / "out"
    )
    (row,) = table(folder, "receipts-0001.csv")
    assert (row["member_name"], row["guideline_name"]) == ("Mina Okafor", "Another")
    assert [one["guideline_name"] for one in table(folder, "publications.csv")] == ["Another"]


# Made in pieces


@pytest.fixture
def small(monkeypatch):
    """Three rows a file, read two at a time."""
    monkeypatch.setattr(packed.cuts, "__defaults__", (3,))
    monkeypatch.setattr(evidence, "PIECE", 2)


@pytest.fixture
def signed(published):
    people = [MemberFactory() for _ in range(8)]
    settled()
    for one in people:
        sign(one)
    return people


def test_a_table_is_cut_so_that_no_file_holds_too_much(hana, signed, small, tmp_path):
    pack = made(asked(hana, at=LATER), at=LATER)
    folder = unpacked(pack, tmp_path / "out")
    names = sorted(one.name for one in folder.glob("receipts-*"))
    assert names == ["receipts-0001.csv", "receipts-0002.csv", "receipts-0003.csv"]
    found = [row["member"] for name in names for row in table(folder, name)]
    assert sorted(found) == sorted(str(one.pk) for one in signed) and summed(folder).returncode == 0


def test_reading_holds_a_few_rows_at_a_time(hana, signed, small):
    table = next(one for one in packed.TABLES if one.name == "receipts")
    seen = []
    scope = tables.Scope(LATER)
    watched = tables.Table(
        "receipts", table.header, table.rows, lambda several, scope: seen.append(len(several)) or [()] * len(several)
    )
    assert len(list(packed.cells_of(watched, scope, packed.Cut("x", 0, 10**9)))) == 8 and max(seen) == 2


def test_a_making_that_was_killed_goes_on_and_ends_the_same(hana, signed, small, monkeypatch):
    whole = made(asked(hana, at=LATER), at=LATER)
    pack = asked(hana, at=LATER)
    for _ in range(4):
        actions.make_piece(at=LATER)

    def killed(*_given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pieces, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            actions.make_piece(at=LATER)
    pack.refresh_from_db()
    before = pack.files
    assert pack.state == "making" and len(before) == 3 and not actions.make_piece(at=LATER)
    assert actions.take_back_lost(at=LATER) == 0
    later = LATER + 10 * making.LEASE
    assert actions.take_back_lost(at=later) == 1
    touched = {one["name"]: (archive.folder_of(pack.pk) / "files" / one["name"]).stat().st_mtime_ns for one in before}
    actions.make_piece(at=later)
    assert all(
        (archive.folder_of(pack.pk) / "files" / name).stat().st_mtime_ns == time for name, time in touched.items()
    )
    made(pack, at=later)
    own = (*pieces.TELLING,)
    assert pack.state == "ready"
    assert [one for one in pack.files if one["name"] not in own] == [
        one for one in whole.files if one["name"] not in own
    ]


@pytest.mark.parametrize("harm", ["gone", "cut", "changed"])
def test_a_piece_that_was_lost_or_changed_on_the_disk_is_made_again(hana, signed, small, tmp_path, harm):
    pack = asked(hana, at=LATER)
    while not pack.total or len(pack.files) < pack.total:
        assert actions.make_piece(at=LATER)
        pack.refresh_from_db()
    assert pack.state == "asked"
    path = archive.folder_of(pack.pk) / "files" / "receipts-0002.csv"
    content = path.read_bytes()
    path.unlink() if harm == "gone" else path.write_bytes(content[:-9] if harm == "cut" else b"x" + content[1:])
    pack = made(pack, at=LATER)
    folder = unpacked(pack, tmp_path / "out")
    assert (folder / "receipts-0002.csv").read_bytes() == content and summed(folder).returncode == 0


def test_who_was_too_slow_disturbs_nobody(hana, signed, small, monkeypatch):
    pack = asked(hana, at=LATER)
    actions.make_piece(at=LATER)
    real = pieces.write

    def slow(pack, name, kept, draft):
        monkeypatch.setattr(pieces, "write", real)
        much_later = LATER + 10 * making.LEASE
        actions.take_back_lost(at=much_later)
        actions.make_piece(at=much_later)
        return real(pack, name, kept, draft)

    monkeypatch.setattr(pieces, "write", slow)
    actions.make_piece(at=LATER)
    pack.refresh_from_db()
    assert (pack.state, len(pack.files), pack.turn) == ("asked", 1, 3)
    assert not list(archive.folder_of(pack.pk).glob("*.part"))


def test_what_is_interrupted_again_and_again_has_failed_and_says_so(hana, published):
    pack, at = asked(hana), AT
    for _ in range(3):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(making, "_go_on", lambda pack: None)
            assert actions.make_piece(at=at)
        at += 2 * making.LEASE
        actions.take_back_lost(at=at)
    pack.refresh_from_db()
    assert pack.state == "failed" and "interrupted" in pack.problem


def test_a_full_disk_is_said_and_no_fault_of_the_program(hana, published, monkeypatch):
    pack = asked(hana)
    actions.make_piece(at=AT)
    monkeypatch.setattr(archive.os, "fsync", lambda number: (_ for _ in ()).throw(OSError("No space left")))
    actions.make_piece(at=AT)
    pack.refresh_from_db()
    assert pack.state == "failed" and "no room" in pack.problem


def test_two_who_ask_take_turns_and_each_gets_theirs(hana, ines, published):
    now = clock.now()
    first, second = (asked(who, at=now, day=now.date()) for who in (hana, ines))
    for _ in range(6):
        actions.make_piece(at=clock.now())
    first.refresh_from_db()
    second.refresh_from_db()
    assert (len(first.files), len(second.files)) == (2, 2)
    assert made(first).state == "ready" and made(second).state == "ready"


# Who may ask, and what stays


def test_hr_and_the_council_may_ask_and_nobody_else(published, member):
    council = MemberFactory(roles=["council"])
    assert asked(council).asked_by == council
    for stranger in (member, MemberFactory(roles=["curator"]), MemberFactory(roles=["administrator"])):
        with pytest.raises(actions.NotAllowed):
            asked(stranger)


def test_a_pack_is_handed_to_whoever_asked_for_it(hana, ines, published):
    pack = made(asked(hana))
    with pytest.raises(actions.NotAllowed):
        actions.take_pack(actor=ines, pack=pack, at=AT)
    User.objects.filter(pk=hana.pk).update(roles=[])
    with pytest.raises(actions.NotAllowed):
        actions.take_pack(actor=User.objects.get(pk=hana.pk), pack=pack, at=AT)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"day": AT.date() + DAY}, "still to come"),
        ({"person": "Nobody Here"}, "Nobody here has this name"),
        ({"person": "99999999999999999999"}, "Nobody here has this name"),
        ({"person": "Same Name"}, "Several people"),
    ],
)
def test_what_cannot_be_asked_for_is_said(hana, published, more, why):
    for _ in range(2):
        MemberFactory(name="Same Name")
    with pytest.raises(actions.NotReady, match=why):
        asked(hana, **more)


def test_three_at_once_are_enough(hana, published):
    for _ in range(3):
        asked(hana)
    with pytest.raises(actions.NotReady, match="Three packs"):
        asked(hana)


def test_the_trail_says_who_asked_for_what_what_it_was_and_who_took_it(hana, published, member):
    pack = made(asked(hana, person="Mina Okafor"))
    actions.take_pack(actor=hana, pack=pack, at=AT)
    entries = AuditEntry.objects.filter(about=f"pack:{pack.pk}").order_by("pk")
    assert [(one.kind, one.actor_id) for one in entries] == [
        ("guideline_pack_asked", hana.pk), ("guideline_pack_ready", None), ("guideline_pack_taken", hana.pk),
    ]  # fmt: skip
    assert entries[0].data == {"day": "2026-11-30", "guideline": None, "member": member.pk}
    assert entries[1].data["manifest"] == pack.manifest


def test_files_go_after_thirty_days_and_the_trail_stays(hana, published, member):
    pack, about_one = made(asked(hana)), made(asked(hana, person="Mina Okafor"))
    Pack.objects.update(state_at=AT)
    assert actions.tidy_packs(at=AT + 29 * DAY) == 0 and archive.folders()
    User.objects.filter(pk=member.pk).delete()
    assert actions.tidy_packs(at=AT + 29 * DAY) == 1 and archive.folders() == [pack.pk]
    about_one.refresh_from_db()
    assert about_one.state == "gone"
    assert actions.tidy_packs(at=AT + 30 * DAY) == 1 and archive.folders() == []
    pack.refresh_from_db()
    assert pack.state == "gone" and pack.manifest
    with pytest.raises(actions.MovedOn, match="files are gone"):
        actions.take_pack(actor=hana, pack=pack, at=AT)


def test_files_without_a_pack_are_tidied_up(published):
    archive.folder_of(4711).mkdir(parents=True)
    actions.tidy_packs(at=AT)
    assert archive.folders() == []
