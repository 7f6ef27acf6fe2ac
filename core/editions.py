"""Which edition of a row a page was opened with: two people who write at once notice each other by it."""

from collections.abc import Mapping


def edition_in(sent: Mapping[str, str]) -> int:
    """As a form sent it back; nought, which no row has, where it is none."""
    given = sent.get("edition", "")[:9]
    return int(given) if given.isdecimal() else 0
