"""Two texts beside each other, word by word."""

import re
from difflib import SequenceMatcher

PIECES = re.compile(r"\s+|\w+|[^\w\s]")
# Beyond this, word by word takes seconds: the whole text is shown as changed.
MOST_PIECES = 4000
SAME, TAKEN, ADDED = "same", "del", "ins"


def by_word(before: str, after: str) -> list[tuple[str, str]]:
    """(SAME, TAKEN or ADDED, text), in the order of reading."""
    old, new = PIECES.findall(before), PIECES.findall(after)
    if max(len(old), len(new)) > MOST_PIECES:
        return [part for part in ((TAKEN, before), (ADDED, after)) if part[1]]
    parts: list[tuple[str, str]] = []
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            parts.append((SAME, "".join(old[i:j])))
            continue
        parts += [part for part in ((TAKEN, "".join(old[i:j])), (ADDED, "".join(new[k:m]))) if part[1]]
    return parts
