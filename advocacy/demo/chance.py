"""Dice that always fall the same way: one pair for each thing that is decided."""

import math
from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def dice(seed: str, *about: object) -> Random:
    """Independent of all others, so that a story more does not change what everybody else did."""
    return Random("/".join([seed, *map(str, about)]))


def weighted(rng: Random, choices: Sequence[tuple[T, float]]) -> T:
    values, weights = zip(*choices, strict=True)
    return rng.choices(values, weights)[0]  # type: ignore[no-any-return]


def count(rng: Random, mean: float) -> int:
    """Poisson; for a large mean the normal distribution is near enough."""
    if mean > 40:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    limit, product, number = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        number += 1
    return number
