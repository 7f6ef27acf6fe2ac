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
    if not tokens_are_readable():
        return 1
    if not os.environ.get("DEMO"):
        show_setup_code()
    if os.environ.get("DEMO") and is_empty() and "load_demo" in get_commands():
        print("Loading the demo organisation …", flush=True)
        call_command("load_demo")
    return 0


def tokens_are_readable() -> bool:
    """Without the key nobody could post any more, so it is said before anything starts."""
    from accounts.checks import tokens_can_be_opened

    errors = tokens_can_be_opened(None, databases=[DEFAULT_DB_ALIAS])
    for error in errors:
        print(f"{error.msg} {error.hint}", file=sys.stderr)
    return not errors


def show_setup_code() -> None:
    """Leaves the code that opens /setup/ in the data folder, as long as there is no administrator."""
    from accounts.actions.setup import is_set_up, setup_code

    if not is_set_up():
        setup_code()


def is_behind() -> bool:
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def is_empty() -> bool:
    from django.contrib.auth import get_user_model

    return not get_user_model().objects.exists()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
