"""Names in the order people expect: Ägir beside Agnes, de Vries beside Dean, whatever the server's locale.

The embedded PostgreSQL knows no ICU collation, so the letters are folded in SQL and compared by "C", which is the
same everywhere.
"""

from django.db.models import CharField, Func
from django.db.models.functions import Collate, Lower


class Folded(Func):
    """Without accents: taken apart (NFKD), the combining marks left out."""

    output_field = CharField()
    template = "regexp_replace(normalize(%(expressions)s, NFKD), '[\u0300-\u036f]', '', 'g')"


def in_order_of(field: str) -> Collate:
    return Collate(Lower(Folded(field)), "C")
