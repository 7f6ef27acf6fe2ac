"""`make messages`, and what set-up and `make lint` call: python -m advocacy.languages messages | compile | check."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog

from advocacy.languages import catalogues, checks
from advocacy.languages.may_be_equal import MAY_BE_EQUAL


def messages() -> int:
    from advocacy.languages.extracting import template

    known = template()
    for path in catalogues.ours():
        updated = catalogues.update(path, known)
        print(
            f"{path.parent.parent.name}: {len(updated)} strings, {len(checks.missing(updated))} without a translation"
        )
    return 0


def check() -> int:
    """Every fault of every catalogue, against the strings that are in the code now."""
    from advocacy.languages.extracting import template

    known, found = template(), 0
    for path in catalogues.ours():
        for fault in faults_of(path, known):
            print(f"{path.parent.parent.name}: {fault}")
            found += 1
    return 1 if found else 0


def faults_of(path: Path, known: Catalog) -> Iterator[str]:
    catalogue = catalogues.read(path)
    yield from checks.faults(catalogue, MAY_BE_EQUAL)
    # A string without a translation is shown in English: an English sentence on a German page.
    for message in known:
        if not message.id:
            continue
        there = catalogue.get(message.id, message.context)
        if there is None or checks.is_missing(there):
            yield f"“{checks.shortened(checks.originals(message)[0])}”: no translation; run `make messages`"
    for message in catalogue:
        if message.id and known.get(message.id, message.context) is None:
            yield f"“{checks.shortened(checks.originals(message)[0])}”: no longer in the code; run `make messages`"


COMMANDS = {"messages": messages, "compile": lambda: catalogues.compile_stale() * 0, "check": check}


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
    return COMMANDS[arguments[0]]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
