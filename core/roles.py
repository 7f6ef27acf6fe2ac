"""Two database roles: the owner migrates, the runner reads and writes rows. Append-only tables give it less.

The runner's role may be missing (a database with one account): then nothing is granted and nothing taken.
"""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

DEFAULT_RUNNER = "advocacy_runner"
ROWS = "SELECT, INSERT, UPDATE, DELETE"
GRANTS = (
    f"GRANT {ROWS} ON TABLES TO {{runner}}",
    "GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO {runner}",
    "GRANT EXECUTE ON FUNCTIONS TO {runner}",
)


def runner_name() -> str:
    return str(getattr(settings, "DATABASE_RUNNER_ROLE", DEFAULT_RUNNER))


def grant_runner(connection: BaseDatabaseWrapper) -> bool:
    """What the connected role makes from now on, the runner may use. False where there is no such role."""
    name = runner_name()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [name])
        if not cursor.fetchone():
            return False
        quoted = connection.ops.quote_name(name)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        for grant in GRANTS:
            cursor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public {grant.format(runner=quoted)}")
    return True


def before_migrations(*, using: str, **_: Any) -> None:
    grant_runner(connections[using])


def after_migrations(*, using: str, app_config: AppConfig, **_: Any) -> None:
    """Takes back what nobody may do to append-only rows. Those models say `append_only = True`."""
    connection = connections[using]
    name = runner_name()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [name])
        if not cursor.fetchone():
            return
        for table in append_only_tables(connection, app_config):
            quoted = connection.ops.quote_name
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {quoted(table)} FROM {quoted(name)}")


def append_only_tables(connection: BaseDatabaseWrapper, app_config: AppConfig) -> list[str]:
    """With their monthly partitions, which can be addressed directly."""
    parents = [model._meta.db_table for model in app_config.get_models() if getattr(model, "append_only", False)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid "
            "LEFT JOIN pg_class p ON p.oid = i.inhparent "
            "WHERE c.relkind IN ('r', 'p') AND (c.relname = ANY(%s) OR p.relname = ANY(%s))",
            [parents, parents],
        )
        return [table for (table,) in cursor.fetchall()]
