from datetime import UTC, datetime

import pytest
from django.db import ProgrammingError, transaction

from core import audit
from core.models import AuditEntry, AuditPersonal, AuditSeal

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def write(number: int) -> None:
    for step in range(number):
        audit.record(actor=None, kind="story.approved", about=f"story:{step}", at=AT, data={"step": step})


def test_entries_are_unsealed_until_the_sealer_has_been() -> None:
    write(3)
    assert audit.verify() == (0, 3, None)
    assert audit.seal() == 3
    assert audit.verify() == (3, 0, None)
    assert audit.seal() == 0


def test_a_changed_entry_breaks_the_chain_at_its_place() -> None:
    write(3)
    audit.seal()
    second = AuditEntry.objects.order_by("pk")[1]
    AuditEntry.objects.filter(pk=second.pk).update(data={"step": 99})
    assert audit.verify() == (1, 0, second.pk)


def test_an_erased_person_leaves_the_chain_whole() -> None:
    audit.record(actor=None, kind="member.left", about="member:1", at=AT, personal={"name": "Ines"})
    audit.seal()
    AuditPersonal.objects.all().delete()
    assert audit.verify() == (1, 0, None)


def test_an_entry_of_an_act_that_failed_is_not_there() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write(1)
        raise ZeroDivisionError
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("model", [AuditEntry, AuditSeal])
def test_the_running_product_may_not_change_or_delete_entries(as_runner, model) -> None:
    write(1)
    audit.seal()
    for forbidden in (lambda: model.objects.update(id=7), lambda: model.objects.all()._raw_delete("default")):
        with pytest.raises(ProgrammingError, match="permission denied"), as_runner():
            forbidden()
    assert audit.verify() == (1, 0, None)


def test_the_running_product_may_write_and_seal(as_runner) -> None:
    with as_runner():
        write(2)
        assert audit.seal() == 2
