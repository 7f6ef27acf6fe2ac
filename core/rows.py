"""Several rows at once, each with values of its own; the ORM has one statement a row or a long CASE for that."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, models


def write_each(rows: Mapping[Any, Mapping[str, Any]], *, state: str = "") -> int:
    """Values of their own for several rows of one model, all under the same names, in one UPDATE. Returns how many were
    written; with `state`, only those in it."""
    if not rows:
        return 0
    model, names = type(next(iter(rows))), list(next(iter(rows.values())))
    fields = [model._meta.get_field(name) for name in names]
    # As text, so that what is too long for its column is refused and not cut.
    types = ["text" if isinstance(field, models.CharField) else field.db_type(connection) for field in fields]
    arrays = [[field.get_db_prep_save(own[name], connection) for own in rows.values()]
              for name, field in zip(names, fields, strict=True)]  # fmt: skip
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(field.column)} = n.c{place}" for place, field in enumerate(fields))
    given = ", ".join(["%s::bigint[]", *(f"%s::{type_}[]" for type_ in types)])
    columns = ", ".join(["pk", *(f"c{place}" for place in range(len(fields)))])
    sql = (f"UPDATE {quote(model._meta.db_table)} AS t SET {sets} FROM unnest({given}) AS n({columns}) "
           f"WHERE t.{quote(model._meta.pk.column)} = n.pk")  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} AND t.state = %s" if state else sql,
                       [[row.pk for row in rows], *arrays, *([state] if state else [])])  # fmt: skip
        return int(cursor.rowcount)
