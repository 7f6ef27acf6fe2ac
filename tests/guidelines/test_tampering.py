"""Evidence is refused to whoever would change it, by every way there is; where the owner of the database forces it, the
row is named."""

from io import StringIO

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.test import Client

from core import audit
from core.models import AuditEntry
from guidelines import actions, evidence, queries
from guidelines.models import Publication, Receipt, ReceiptPersonal, Version
from tests.factories import MemberFactory
from tests.guidelines.conftest import AT, begun, next_one, put_out, settled
from tests.guidelines.test_packs import sign

pytestmark = pytest.mark.django_db
TABLES = ["guidelines_publication", "guidelines_receipt"]


@pytest.fixture
def member():
    return MemberFactory(name="Mina Okafor")


@pytest.fixture
def receipt(hana, ines, member):
    put_out(hana, ines, begun(hana))
    settled()
    made = sign(member)
    audit.seal()
    return made


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", [*TABLES, "guidelines_version"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET {} = {}",
        "DELETE FROM {}",
        "TRUNCATE {} CASCADE",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
        "DROP TABLE {} CASCADE",
    ],
)
def test_sql_of_the_running_program_is_refused(receipt, as_runner, table, statement):
    column = ("content", "'{}'") if table == "guidelines_version" else ("fingerprint", "'x'")
    with pytest.raises(DatabaseError, match="permission denied|must be owner"), as_runner():
        run(statement.format(table, *column))
    assert list(evidence.faults()) == []


@pytest.mark.parametrize("model", [Publication, Receipt, Version])
def test_so_is_the_orm(receipt, as_runner, model):
    change = {"number": 9} if model is not Receipt else {"kind": "declined"}
    one = model.objects.first()
    for forbidden in (
        lambda: model.objects.update(**change),
        lambda: model.objects.all()._raw_delete("default"),
        lambda: type(one)(**{field.attname: getattr(one, field.attname) for field in one._meta.fields} | change).save(),
    ):
        with pytest.raises(DatabaseError, match="permission denied"), as_runner():
            forbidden()
    assert list(evidence.faults()) == []


@pytest.mark.parametrize("name", ["content", "what_changed", "proof", "least_seconds", "number", "change"])
def test_words_of_a_published_version_stay_and_its_state_moves(receipt, as_runner, name):
    new = {"content": {}, "what_changed": {"en": "x"}, "proof": "again", "change": "editorial"}.get(name, 9)
    with pytest.raises(DatabaseError, match="what was published cannot be changed"), as_runner():
        Version.objects.update(**{name: new})
    with pytest.raises(DatabaseError, match="what was published cannot be changed"), as_runner():
        Version.objects.update(state="draft")
    with as_runner():
        Version.objects.update(state="withdrawn", state_at=AT, edited_by=None)


def test_what_is_over_does_not_come_back(hana, ines, receipt, as_runner):
    next_one(hana, ines, receipt.publication.guideline, body="New words.")
    for change in ("state = 'published'", "state_at = state_at - interval '9 days'"):
        with pytest.raises(DatabaseError), as_runner():
            run(f"UPDATE guidelines_version SET {change} WHERE id = {receipt.publication.version_id}")


def test_a_draft_can_be_changed_and_thrown_away(hana, ines, receipt, as_runner):
    draft = actions.begin_version(actor=hana, guideline=receipt.publication.guideline, at=AT)
    with as_runner():
        Version.objects.filter(pk=draft.pk).update(content={"en": {}})
        Version.objects.filter(pk=draft.pk).delete()
    assert list(evidence.faults()) == []


def test_djangos_admin_knows_none_of_it(receipt):
    assert not [model for model in admin.site._registry if model._meta.app_label == "guidelines"]
    assert apps.get_app_config("guidelines")
    browser = Client()
    browser.force_login(MemberFactory(roles=["administrator"]))
    for model in ("receipt", "publication", "version"):
        assert browser.get(f"/admin/guidelines/{model}/{receipt.pk}/change/").status_code in (302, 403, 404)
        assert browser.post(f"/admin/guidelines/{model}/{receipt.pk}/delete/", {"post": "yes"}).status_code in (
            302, 403, 404,
        )  # fmt: skip
    assert Receipt.objects.filter(pk=receipt.pk).exists()


def verified(*more: str) -> str:
    out = StringIO()
    try:
        call_command("verify_guidelines", *more, stdout=out)
    except CommandError as error:
        assert error.returncode == 1
        return out.getvalue() + str(error)
    return out.getvalue()


def test_the_command_says_that_all_holds(receipt):
    assert "All evidence holds: 2 rows" in verified()


def force(statement: str) -> None:
    """As the owner, who can switch off what guards a table."""
    run("SET CONSTRAINTS ALL IMMEDIATE")  # within a test everything is one transaction
    run("ALTER TABLE guidelines_version DISABLE TRIGGER published_stays")
    run(statement)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("ALTER TABLE guidelines_version ENABLE TRIGGER published_stays")


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (
            "UPDATE guidelines_receipt SET at = at - interval '1 month' WHERE id = {receipt}",
            "receipt:{receipt} was changed",
        ),
        ("UPDATE guidelines_receipt SET asked_at = NULL WHERE id = {receipt}", "receipt:{receipt} was changed"),
        ("DELETE FROM guidelines_receipt WHERE id = {receipt}", "receipt:{receipt} is missing"),
        ("UPDATE guidelines_publication SET proof = 'again'", "publication:{publication} was changed"),
        (
            "UPDATE guidelines_publication SET content = '{{}}'",
            "publication:{publication} does not fit its fingerprint",
        ),
        ("UPDATE guidelines_version SET content = '{{}}'", "version:{version} is not what was published"),
        (
            "INSERT INTO guidelines_receipt"
            " (member_id, publication_id, kind, opened, language, fingerprint, proof, situations, at)"
            " SELECT 1, publication_id, 'signed', true, 'en', fingerprint, 'name', '', at FROM guidelines_receipt",
            "stands in no trail",
        ),
    ],
)
def test_what_the_owner_forces_is_named_by_the_command(receipt, statement, named):
    ReceiptPersonal.objects.all().delete()
    numbers = {
        "receipt": receipt.pk, "publication": receipt.publication_id, "version": receipt.publication.version_id
    }  # fmt: skip
    force(statement.format(**numbers))
    said = verified()
    assert named.format(**numbers) in said and "Faults: " in said


def test_a_trail_that_was_rewritten_is_named_too(receipt):
    entry = AuditEntry.objects.filter(about=f"receipt:{receipt.pk}").get()
    AuditEntry.objects.filter(pk=entry.pk).update(data=entry.data | {"digest": "0" * 64})
    said = verified()
    assert f"receipt:{receipt.pk} was changed" in said and f"audit:{entry.pk} does not fit its chain" in said


def test_the_head_that_a_pack_has_written_down_is_asked_for(receipt):
    seal = entry_head()
    assert "All evidence holds" in verified("--head", str(seal.pk), seal.digest)
    assert "is not the one of the pack" in verified("--head", str(seal.pk), "0" * 64)
    assert "is not the one of the pack" in verified("--head", "next", seal.digest)


def entry_head():
    from core.models import AuditSeal

    return AuditSeal.objects.order_by("-pk")[0]


def test_erasing_a_person_leaves_chain_and_evidence_whole(hana, ines, receipt, member):
    next_one(hana, ines, receipt.publication.guideline, at=AT, body="New words.")
    settled(AT)
    assert queries.owed(member).exists()
    audit.seal()
    ReceiptPersonal.objects.filter(receipt__member=member).delete()
    member.delete()
    settled(AT)
    audit.seal()
    assert "All evidence holds" in verified()
    assert Receipt.objects.filter(pk=receipt.pk, member_id=receipt.member_id).exists()
