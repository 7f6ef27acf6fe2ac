"""What the running product may do in the database, tried with its own rights."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, utils

from core import clock, partitions
from core.models import AuditEntry, Pulse

pytestmark = pytest.mark.django_db


def add_entry() -> AuditEntry:
    return AuditEntry.objects.create(at=clock.now(), kind="test", about=f"test:{uuid4()}")


def test_the_runner_reads_and_writes_ordinary_rows(as_runner) -> None:
    with as_runner():
        Pulse.objects.create(name="test", at=clock.now())
        Pulse.objects.filter(name="test").update(at=clock.now())
        Pulse.objects.filter(name="test").delete()


def test_the_runner_may_add_to_the_audit_trail(as_runner) -> None:
    with as_runner():
        entry = add_entry()
    assert AuditEntry.objects.filter(pk=entry.pk).exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_auditentry SET kind = 'other'",
        "DELETE FROM core_auditentry",
        "TRUNCATE core_auditentry CASCADE",
        "UPDATE core_auditseal SET digest = ''",
        "CREATE TABLE sneaky (id int)",
        "DROP TABLE core_pulse",
    ],
)
def test_the_runner_may_not_rewrite_history_or_change_tables(as_runner, statement: str) -> None:
    entry = add_entry()
    with pytest.raises(utils.ProgrammingError, match=r"permission denied|must be owner"), as_runner():
        connection.cursor().execute(statement)
    assert AuditEntry.objects.get(pk=entry.pk).kind == "test"


def append_only_tables() -> list[str]:
    from django.apps import apps

    return [model._meta.db_table for model in apps.get_models() if getattr(model, "append_only", False)]


def test_every_append_only_table_and_each_of_its_months_is_closed_to_change() -> None:
    tables = append_only_tables()
    assert "core_auditentry" in tables
    partitions.make_months(at=clock.now() + timedelta(days=400))  # a month that no migration made
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid "
            "LEFT JOIN pg_class p ON p.oid = i.inhparent WHERE c.relkind IN ('r', 'p') "
            "AND (c.relname = ANY(%s) OR p.relname = ANY(%s)) "
            "AND has_table_privilege('advocacy_runner', c.oid, 'UPDATE, DELETE, TRUNCATE')",
            [tables, tables],
        )
        assert cursor.fetchall() == []
