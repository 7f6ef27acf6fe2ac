"""A signature means something: it was shown, there was time to read it, and nobody can change it afterwards."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from core import audit
from core.models import AuditEntry
from guidelines import actions, evidence, queries
from guidelines.models import Publication, Receipt, ReceiptPersonal
from tests.factories import MemberFactory
from tests.guidelines.conftest import AT, begun, next_one, put_out, settled

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def member():
    return MemberFactory(name="Mina Okafor")


@pytest.fixture
def published(hana, ines, member):
    made = put_out(hana, ines, begun(hana))
    settled()
    return made


@pytest.fixture
def due(published, member):
    return queries.owed(member).get()


def sign(member, due, *, at=AT + 30 * SECOND, **more):
    said = {"fingerprint": due.publication.fingerprint, "language": "en", "typed_name": member.name} | more
    return actions.sign_due(actor=member, due=due, at=at, **said)


def opened(member, due, at=AT):
    return actions.open_due(actor=member, due=due, at=at)


def test_a_signature_says_what_was_shown_when_and_how(member, due):
    receipt = sign(member, opened(member, due))
    assert (receipt.kind, receipt.fingerprint, receipt.language, receipt.proof) == (
        "signed", due.publication.fingerprint, "en", "name",
    )  # fmt: skip
    assert receipt.personal.typed_name == "Mina Okafor" and receipt.by == member
    assert not queries.owed(member).exists()


def test_not_before_it_was_opened_and_not_at_once(member, due):
    with pytest.raises(actions.NotReady, match="open the guideline first"):
        sign(member, due)
    opened(member, due)
    with pytest.raises(actions.NotReady, match="only just opened it.*in 16 seconds"):
        sign(member, due, at=AT + 4.5 * SECOND)
    with pytest.raises(actions.NotReady, match="in 1 second\\."):
        sign(member, due, at=AT + 19 * SECOND)
    assert sign(member, due, at=AT + 20 * SECOND)


def test_a_clock_that_was_set_back_signs_nothing(member, due):
    opened(member, due)
    with pytest.raises(actions.NotReady):
        sign(member, due, at=AT - timedelta(days=1))


def test_opening_again_begins_nothing_anew(member, due):
    opened(member, due)
    opened(member, due, at=AT + 25 * SECOND)
    due.refresh_from_db()
    assert due.opened_at == AT


def test_a_version_superseded_a_second_ago_is_not_signed(hana, ines, member, due):
    opened(member, due)
    next_one(hana, ines, due.guideline, body="New words.")
    with pytest.raises(actions.MovedOn, match="newer version"):
        sign(member, queries.owed(member).get(pk=due.pk))


def test_another_fingerprint_than_the_one_shown_is_not_signed(member, due):
    opened(member, due)
    with pytest.raises(actions.MovedOn):
        sign(member, due, fingerprint="0" * 64)


@pytest.mark.parametrize("name", ["Mina Okafor", "M. Okafor", "mina okafor", "OKAFOR, Mina"])
def test_the_typed_name_is_ones_own_however_it_is_written(member, due, name):
    assert sign(member, opened(member, due), typed_name=name).personal.typed_name == name


@pytest.mark.parametrize("name", ["", "  ", "Mickey Mouse", "x", "M. O."])
def test_another_name_is_no_signature(member, due, name):
    opened(member, due)
    with pytest.raises(actions.NotReady, match="your own name, Mina Okafor"):
        sign(member, due, typed_name=name)


@pytest.mark.parametrize("name", ["Mina", "okafor"])
def test_one_of_ones_names_alone_is_nearly_a_signature(member, due, name):
    opened(member, due)
    with pytest.raises(actions.NotReady, match="your whole name, Mina Okafor"):
        sign(member, due, typed_name=name)


def test_nobody_signs_for_another(member, due):
    with pytest.raises(actions.NotAllowed):
        sign(MemberFactory(), opened(member, due))


def test_twice_is_once(member, due):
    stale = queries.owed(member).get()
    sign(member, opened(member, due))
    stale.opened_at = AT
    with pytest.raises(actions.MovedOn):
        sign(member, stale)
    assert Receipt.objects.filter(member=member, kind="signed").count() == 1


def test_i_cannot_agree_yet_is_an_answer_and_signing_stays_possible(member, due):
    receipt = actions.decline_due(actor=member, due=due, reason="I teach; may I answer pupils?", at=AT)
    assert receipt.personal.reason.startswith("I teach") and queries.owed(member).get().state == "declined"
    sign(member, opened(member, queries.owed(member).get()))
    assert set(Receipt.objects.filter(member=member).values_list("kind", flat=True)) == {"declined", "signed"}


def test_hr_records_a_signature_on_paper_under_its_own_name(hana, member, due):
    receipt = actions.record_signature(actor=hana, due=due, typed_name="Mina Okafor", day=AT.date(), at=AT)
    assert (receipt.proof, receipt.by, receipt.member) == ("paper", hana, member)
    with pytest.raises(actions.NotAllowed):
        actions.record_signature(actor=MemberFactory(), due=due, typed_name="X", day=AT.date(), at=AT)


def test_where_asked_for_who_signs_shows_again_who_they_are(hana, ines, member):
    made = put_out(hana, ines, begun(hana, name="Regulated", proof="again"))
    settled()
    due = queries.owed(member).get(publication=made)
    opened(member, due)
    with pytest.raises(actions.NotReady, match="once more who you are"):
        sign(member, due)
    assert sign(member, due, proved=True).proof == "again"


# Evidence


@pytest.fixture
def as_runner():
    """The role that the program has in production."""

    def run(statement: str) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE advocacy_runner")  # a refusal rolls this back, too
            cursor.execute(statement)

    return run


@pytest.mark.parametrize("table", ["guidelines_publication", "guidelines_receipt"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET fingerprint = 'x'", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_program_itself_may_not_change_what_was_signed(member, due, as_runner, table, statement):
    sign(member, opened(member, due))
    with pytest.raises(DatabaseError, match="permission denied"):
        as_runner(statement.format(table))


def test_what_the_owner_forces_is_named(member, due):
    sign(member, opened(member, due))
    audit.seal()
    assert list(evidence.faults()) == []
    receipt = Receipt.objects.get(member=member, kind="signed")
    Receipt.objects.filter(pk=receipt.pk).update(at=AT - timedelta(days=30))
    assert list(evidence.faults()) == [f"receipt:{receipt.pk} was changed"]
    Receipt.objects.filter(pk=receipt.pk).update(at=receipt.at)
    Publication.objects.update(content={"en": {"title": "Other words"}})
    found = list(evidence.faults())
    assert any("was changed" in one for one in found) and any("does not fit its fingerprint" in one for one in found)


def test_erasing_a_person_leaves_the_evidence_whole(member, due):
    sign(member, opened(member, due))
    audit.seal()
    ReceiptPersonal.objects.all().delete()
    assert list(evidence.faults()) == []


def test_how_long_somebody_took_is_not_kept(member, due):
    receipt = sign(member, opened(member, due))
    due.refresh_from_db()
    assert due.opened_at is None and receipt.opened is True


def test_a_version_that_is_over_is_signed_on_paper_no_more_and_declined_neither(hana, ines, published, member, due):
    next_one(hana, ines, published.guideline, body="New words.")
    due = type(due).objects.get(pk=due.pk)
    with pytest.raises(actions.MovedOn):
        actions.record_signature(actor=hana, due=due, typed_name="Mina Okafor", day=AT.date(), at=AT)
    with pytest.raises(actions.MovedOn):
        actions.decline_due(actor=member, due=due, reason="", at=AT)


def test_a_receipt_in_the_form_of_before_still_holds(member, due):
    """A column that comes later makes nothing that was written before any less whole."""
    receipt = sign(member, opened(member, due))
    entry = AuditEntry.objects.get(kind=evidence.RECEIPT, about=f"receipt:{receipt.pk}")
    written = [
        entry.data,
        {"digest": evidence.digest_of(receipt, 1)},
        {"digest": evidence.digest_of(receipt, 2), "form": 2},
    ]
    assert all(evidence.holds(receipt, one) for one in written)
    receipt.kind = "declined"
    assert not any(evidence.holds(receipt, one) for one in written)


@pytest.mark.parametrize("model", [Publication, Receipt])
def test_the_newest_form_covers_every_column(model):
    columns = {field.attname for field in model._meta.concrete_fields}
    assert set(evidence.FORMS[model][evidence.NEWEST]) == columns
