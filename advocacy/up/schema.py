"""`python -m advocacy.up.schema`: migrate what is not migrated, and load the demo into an empty database.

`grants` only gives the runner its rights over what is made next; `always` migrates even if nothing is new, so that
what follows a migration (rights over append-only tables) is done again.
"""

import os
import sys
from collections.abc import Sequence

import django
from django.core.management import call_command, get_commands
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor


def main(arguments: Sequence[str]) -> int:
    django.setup()
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        connection.ensure_connection()
    except OperationalError as problem:
        print(f"The database at DATABASE_URL cannot be reached: {str(problem).strip()}", file=sys.stderr)
        return 1
    if "grants" in arguments:
        from core.roles import grant_runner

        grant_runner(connection)
        return 0
    if "always" in arguments or is_behind():
        print("Making the tables …", flush=True)
        call_command("migrate", verbosity=0, interactive=False)
    if os.environ.get("DEMO") and is_empty() and "load_demo" in get_commands():
        print("Loading the demo organisation …", flush=True)
        call_command("load_demo")
    return 0


def is_behind() -> bool:
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def is_empty() -> bool:
    from django.contrib.auth import get_user_model

    return not get_user_model().objects.exists()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
