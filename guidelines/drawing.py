"""Which situations a member is asked. The same ones whenever the page is opened, others for the colleague beside them,
and over many members each about equally often. Touches no table.

Members are dealt to in rounds, as cards are: numbers that follow each other share a shuffled deck, so that neighbours
hold different hands. A keyed hash shuffles, so that nobody works out beforehand what a colleague will be asked.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import comb
from typing import Protocol

from django.utils.crypto import salted_hmac


class Card(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def theme(self) -> str: ...


@dataclass(frozen=True)
class Round:
    """One shuffling. `name` is what it is for: a publication, and the how manieth round."""

    cards: tuple[tuple[str, str], ...]  # key and theme
    size: int
    name: str

    def chance(self, about: str) -> float:
        """From nought to below one."""
        made = salted_hmac("guidelines.drawing", f"{self.name}/{about}", algorithm="sha256").digest()
        return int.from_bytes(made[:6], "big") / 2**48

    def deck(self) -> list[str]:
        """Shuffled so that each theme is spread over all of it, and a hand holds several."""
        themes, seen, places = Counter(theme for _key, theme in self.cards), Counter[str](), {}
        theme_of = dict(self.cards)
        for key in shuffled(self):
            theme = theme_of[key]
            places[key] = (seen[theme] + self.chance(f"{key}/place")) / themes[theme]
            seen[theme] += 1
        return sorted(places, key=places.__getitem__)


@lru_cache(maxsize=64)  # who sits in one round comes at about the same time
def shuffled(one: Round) -> tuple[str, ...]:
    return tuple(sorted((key for key, _theme in one.cards), key=one.chance))


@lru_cache(maxsize=64)
def hands(one: Round) -> tuple[tuple[str, ...], ...]:
    """Of a large deck, cut it; of a small one, every hand there is."""
    if len(one.cards) >= 3 * one.size:
        deck = one.deck()
        return tuple(tuple(deck[n : n + one.size]) for n in range(0, len(deck) - one.size + 1, one.size))
    every = combinations(sorted(key for key, _theme in one.cards), one.size)
    return tuple(sorted(every, key=lambda hand: one.chance("+".join(hand))))


def drawn(cards: Sequence[Card], size: int, publication: int, member: int) -> list[str]:
    """All keys in this member's order. The first `size` are the hand; the others come when one is asked anew."""
    size = min(size, len(cards))
    named = tuple((one.key, one.theme) for one in cards)
    here, place = _round(named, size, publication, member)
    rest = [key for key in shuffled(here) if key not in place]
    return [*sorted(place, key=lambda key: here.chance(f"{key}/{member}")), *rest]


def _round(named: tuple[tuple[str, str], ...], size: int, publication: int, member: int) -> tuple[Round, list[str]]:
    if not size or size == len(named):
        return Round(named, size, f"{publication}"), [key for key, _theme in named] if size else []
    several = len(named) // size if len(named) >= 3 * size else comb(len(named), size)
    number, seat = divmod(member, several)
    if several == 2:  # each holds one of two: turn and turn about
        here = Round(named, size, f"{publication}")
        return here, list(hands(here)[seat])
    here = Round(named, size, f"{publication}/{number}")
    if seat < 2 and set(hands(here)[0]) == set(hands(Round(named, size, f"{publication}/{number - 1}"))[-1]):
        seat = 1 - seat  # who sat last in the round before holds the first of these
    return here, list(hands(here)[seat])
