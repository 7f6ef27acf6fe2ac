"""Tables partitioned by month. Migrations create them; `make_months` keeps the coming months ready."""

from datetime import datetime

from django.db import connection, migrations

from core import clock

MONTHS_AHEAD = 3

# A function of the owner's, so that the runner can have a month made without the right to create tables.
MAKE_FUNCTION = """
CREATE OR REPLACE FUNCTION advocacy_make_month(parent text, month date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    first date := date_trunc('month', month);
    child text := parent || '_' || to_char(first, 'YYYYMM');
    who name;
BEGIN
    IF parent NOT IN (SELECT c.relname FROM pg_partitioned_table p JOIN pg_class c ON c.oid = p.partrelid) THEN
        RAISE EXCEPTION 'no partitioned table %', parent;
    END IF;
    IF to_regclass(quote_ident(child)) IS NULL THEN
        EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                       child, parent, first::timestamp AT TIME ZONE 'UTC',
                       (first + interval '1 month') AT TIME ZONE 'UTC');
        -- Rows are reached through the parent, whose rights say what may be done; the month itself grants nothing.
        FOR who IN SELECT DISTINCT r.rolname
                   FROM pg_class c, aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee
                   WHERE c.oid = to_regclass(quote_ident(child)) AND a.grantee <> c.relowner LOOP
            EXECUTE format('REVOKE ALL ON %I FROM %I', child, who);
        END LOOP;
    END IF;
END $$;
"""
DROP_FUNCTION = "DROP FUNCTION IF EXISTS advocacy_make_month(text, date)"


def partitioned_tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_partitioned_table p JOIN pg_class c ON c.oid = p.partrelid ORDER BY c.relname"
        )
        return [name for (name,) in cursor.fetchall()]


def make_months(*, at: datetime, back: int = 0, ahead: int = MONTHS_AHEAD) -> None:
    """Make the partitions from `back` months before to `ahead` months after the month of `at`, where missing."""
    first = at.year * 12 + at.month - 1
    with connection.cursor() as cursor:
        for table in partitioned_tables():
            for number in range(first - back, first + ahead + 1):
                month = f"{number // 12:04d}-{number % 12 + 1:02d}-01"
                cursor.execute("SELECT advocacy_make_month(%s, %s::date)", [table, month])


class CreatePartitionedModel(migrations.CreateModel):
    """CreateModel for a table partitioned by month of its `at`, with partitions from a year back."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):  # type: ignore[no-untyped-def]
        model = to_state.apps.get_model(app_label, self.name)
        sql, params = schema_editor.table_sql(model)
        # PostgreSQL wants the partition key inside the primary key.
        sql = sql.replace(" PRIMARY KEY GENERATED", " GENERATED").rstrip().removesuffix(")")
        schema_editor.execute(f'{sql}, PRIMARY KEY ("id", "at")) PARTITION BY RANGE ("at")', params or None)
        schema_editor.deferred_sql.extend(schema_editor._model_indexes_sql(model))
        make_months(at=clock.now(), back=12)
