"""The database as a thread outside Django's requests has to treat it: nobody else mends its connection."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, connection

AWAY = (DatabaseError, InterfaceError)


@contextmanager
def mended() -> Iterator[None]:
    """A connection that was checked before, and is dropped after an error, so that the next use opens another."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    try:
        yield
    except AWAY:
        if not connection.in_atomic_block:
            connection.close()
        raise
