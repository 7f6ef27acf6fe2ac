"""Who sits side by side is asked different things, and over many members each situation comes up about as often."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from math import comb
from random import Random

import pytest

from guidelines.drawing import drawn

MEMBERS = 1000


@pytest.fixture(autouse=True)
def same_key(settings):
    """What is shuffled depends on it: so these tests say the same on every machine."""
    settings.SECRET_KEY = "for these tests"


@dataclass(frozen=True)
class A:
    key: str
    theme: str


def cards(count: int, themes: int = 5) -> list[A]:
    return [A(f"s{number}", f"t{number % themes}") for number in range(count)]


SIZES = [(n, size) for n in (2, 3, 4, 5, 6, 9, 14, 31, 58) for size in (1, 2, 3, 5) if size < n]


@pytest.mark.parametrize(("count", "size"), SIZES)
def test_neighbours_are_asked_different_ones(count, size):
    hands = [frozenset(drawn(cards(count), size, 7, member)[:size]) for member in range(1, MEMBERS + 1)]
    assert all(len(hand) == size for hand in hands)
    assert all(one != other for one, other in pairwise(hands))


@pytest.mark.parametrize(("count", "size"), SIZES)
def test_over_a_thousand_members_each_comes_up_about_equally_often(count, size):
    asked = Counter(key for member in range(1, MEMBERS + 1) for key in drawn(cards(count), size, 7, member)[:size])
    usual = MEMBERS * size / count
    assert len(asked) == count and all(abs(one - usual) <= 0.25 * usual + 5 for one in asked.values())


@pytest.mark.parametrize(("count", "size"), [(9, 3), (31, 3), (58, 5)])
def test_so_it_is_for_members_here_and_there(count, size):
    members = Random(count).sample(range(1, 60_000), MEMBERS)
    asked = Counter(key for member in members for key in drawn(cards(count), size, 7, member)[:size])
    usual = MEMBERS * size / count
    assert all(abs(one - usual) <= 0.5 * usual for one in asked.values())


def test_themes_are_covered_evenly_however_large_they_are():
    some = [A(f"a{n}", "large") for n in range(20)] + [A(f"b{n}", "small") for n in range(4)] + [A("c", "one")]
    asked = Counter(key[0] for member in range(MEMBERS) for key in drawn(some, 3, 7, member)[:3])
    for theme, of in (("a", 20), ("b", 4), ("c", 1)):
        assert asked[theme] == pytest.approx(3 * MEMBERS * of / 25, rel=0.15)


def test_a_hand_of_a_large_bank_mostly_holds_several_themes():
    theme_of = {one.key: one.theme for one in cards(30)}
    several = [len({theme_of[key] for key in drawn(cards(30), 3, 7, member)[:3]}) for member in range(MEMBERS)]
    assert sum(several) / MEMBERS > 2.4


def test_the_same_member_is_asked_the_same_whenever_they_look_and_others_for_another_publication():
    assert drawn(cards(30), 3, 7, 12) == drawn(list(reversed(cards(30))), 3, 7, 12)
    differs = sum(drawn(cards(30), 3, 7, member)[:3] != drawn(cards(30), 3, 8, member)[:3] for member in range(100))
    assert differs > 90


def test_the_rest_follows_so_that_whoever_tries_again_meets_each_once():
    assert sorted(drawn(cards(9), 3, 7, 12)) == sorted(one.key for one in cards(9))


@pytest.mark.parametrize("size", [0, 1, 3, 5])
def test_too_few_to_choose_from_are_asked_as_they_are(size):
    assert set(drawn(cards(1), size, 7, 12)) == {"s0"} and drawn([], size, 7, 12) == []


def test_colleagues_further_on_differ_as_well():
    hands = [frozenset(drawn(cards(12), 3, 7, member)[:3]) for member in range(400)]
    assert len(set(hands)) > comb(12, 3) / 3
