"""`python -m advocacy.up.prepare`: migrate what is not migrated, and load the demo into an empty database."""

import os
import sys

import django


def main() -> int:
    django.setup()
    from django.core.management import call_command, get_commands
    from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
    from django.db.migrations.executor import MigrationExecutor

    connection = connections[DEFAULT_DB_ALIAS]
    try:
        executor = MigrationExecutor(connection)
    except OperationalError as problem:
        print(f"The database at DATABASE_URL cannot be reached: {str(problem).strip()}", file=sys.stderr)
        return 1
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Making the tables …", flush=True)
        call_command("migrate", verbosity=0, interactive=False)
    if os.environ.get("DEMO") and is_empty() and "load_demo" in get_commands():
        print("Loading the demo organisation …", flush=True)
        call_command("load_demo")
    return 0


def is_empty() -> bool:
    from django.contrib.auth import get_user_model

    return not get_user_model().objects.exists()


if __name__ == "__main__":
    sys.exit(main())
