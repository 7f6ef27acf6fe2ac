"""Texts of three words and more that read the same in another language: names, addresses, formats."""

MAY_BE_EQUAL = frozenset[str]()
