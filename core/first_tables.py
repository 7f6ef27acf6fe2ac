"""Many tables at once, for the migration that stands for all the steps before it.

Django draws every model anew after each operation that touches one, together with all that are related to it; here
everything is related to the member, so that a hundred tables cost twenty seconds of a first start. Drawn once for a
whole app they cost two.
"""

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation


class CreateTogether(Operation):
    """The operations that `makemigrations` writes for a new app, as one. Each table is made as it is after the last of
    them, so whatever adds to a table made here (fields, indexes, constraints) is in it from the beginning."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [], {"operations": self.operations}

    def describe(self) -> str:
        return f"Create {len(self.tables)} tables together"

    @property
    def tables(self) -> list[CreateModel]:
        return [one for one in self.operations if isinstance(one, CreateModel)]

    def state_forwards(self, app_label: str, state: Any) -> None:
        state.__dict__.pop("apps", None)
        for one in self.operations:
            one.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for table in self.tables:
            table.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for table in reversed(self.tables):
            table.database_backwards(app_label, schema_editor, from_state, to_state)
