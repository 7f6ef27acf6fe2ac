"""Two database roles: the owner migrates, the runner reads and writes rows. Append-only tables give it less.

The runner's role may be missing (a database with one account): then nothing is granted and nothing taken.
"""

from typing import Any

from django.conf import settings
from django.db import connections, migrations
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


class KeepAppendOnly(migrations.RunSQL):
    """A migration's operation: the runner may add rows to `table`, never change or remove them."""

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(
            only_where_runner_is(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM"), migrations.RunSQL.noop
        )

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__qualname__, [self.table], {})


def only_where_runner_is(statement: str) -> str:
    """`statement` ends before the role's name. A role that does not exist would stop the migration."""
    name = runner_name()
    return (
        f"DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{name}') "
        f'THEN {statement} "{name}"; END IF; END $$'
    )
