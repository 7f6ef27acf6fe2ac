"""Whether a typed name is somebody's own. Touches no table.

Turning somebody away who wrote their name as they write it is worse than letting a careless one pass: accents, case,
order, middle names, an initial and letters spelled out do not matter. One name of several alone is too little.
"""

from collections.abc import Iterable
from unicodedata import category, combining, normalize

SILENT = "'’ʼ`´׳"  # O’Brien is OBrien
# Letters that are none with a mark above, and how people write them who do not have them
PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})


def is_name_of(own: str, typed: str) -> bool:
    """Two of one's names at least, one of them whole and the other whole or its first letter; the one name where there
    is only one."""
    names, said = [_spellings(one) for one in _names(own)], [_spellings(one) for one in _names(typed, particles=True)]
    if not names:
        return bool(own.strip()) and own.split() == typed.split()
    words: set[str] = set().union(*said)
    whole = [bool(name & words) for name in names]
    begun = [bool(_letters(name) & words) for name in names]
    enough = sum(map(bool.__or__, whole, begun)) >= min(2, len(names)) and any(whole)
    return enough or _in_one(own, typed)


def is_part_of(own: str, typed: str) -> bool:
    """One of several names: nearly."""
    words: set[str] = set().union(*(_spellings(one) for one in _names(typed)))
    return any(_spellings(name) & words for name in _names(own))


def _names(text: str, *, particles: bool = False) -> list[str]:
    """The names of a whole one, each with its hyphens: ["Anna-Lena", "Gogh"] of Anna-Lena van Gogh. Those that begin
    small, such as van, name nobody, unless there is nothing else."""
    kept = "".join(
        "" if one in SILENT or category(one) == "Cf" else one if category(one)[0] in "LMN" else
        "-" if category(one) == "Pd" else " "
        for one in normalize("NFC", text)
    )  # fmt: skip
    found = [one for one in (word.strip("-") for word in kept.split()) if one]
    called = [one for one in found if not one[0].islower()]
    return found if particles or len(called) < 2 else called


def _spellings(name: str) -> set[str]:
    """Of a name and of each part of it, without accents and with letters spelled out: {"bohmer", "boehmer"}."""
    parts = [*name.split("-"), name.replace("-", "")]
    return {way for part in parts if part for way in (_plain(part), _plain(part.casefold().translate(SPELLED)))}


def _letters(name: Iterable[str]) -> set[str]:
    return {word[0] for word in name if word}


def _plain(word: str) -> str:
    taken_apart = normalize("NFKD", word.casefold().translate(PLAIN)).casefold()
    return "".join(one for one in taken_apart if not combining(one)) or word


def _in_one(own: str, typed: str) -> bool:
    """Written without spaces, or with others: 山田太郎 is 山田 太郎, and so is 太郎山田."""
    names = [_plain(name.replace("-", "")) for name in _names(own, particles=True)]
    said = "".join(_plain(name.replace("-", "")) for name in _names(typed, particles=True))
    return any(said == "".join(names[place:] + names[:place]) for place in range(len(names)))
