"""What an auditors' pack holds: tables cut into pieces, each read in turn. A new one is a Table, and a line here."""

from guidelines.queries.packed.counts import Counted, counted
from guidelines.queries.packed.evidence import OPEN, PUBLICATIONS, RECEIPTS, publications, stem
from guidelines.queries.packed.records import QUESTIONS, REMINDERS
from guidelines.queries.packed.tables import Cut, Scope, Table, cells_of, cuts, names_of

# The tables of a pack, in its order. This is the place where another one is added.
TABLES: tuple[Table, ...] = (PUBLICATIONS, RECEIPTS, OPEN, REMINDERS, QUESTIONS)

__all__ = [
    "TABLES", "Counted", "Cut", "Scope", "Table", "cells_of", "counted", "cuts", "names_of", "publications", "stem",
]  # fmt: skip
