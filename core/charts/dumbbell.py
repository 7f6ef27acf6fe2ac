"""Guess and truth on one axis: hollow is a guess, filled is the truth."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.charts.drawing import Chart, Drawing, Mark, chart, circle, horizontal, said, text

STEP = 52


@dataclass(frozen=True)
class Guess:
    """`worse`: the truth is less good than was thought; shown in the state's colour and in `words`."""

    label: str
    guess: float
    truth: float
    words: str = ""
    worse: bool = False


@dataclass(frozen=True)
class Dumbbell:
    title: str
    sentence: str
    pairs: Sequence[Guess]
    columns: tuple[str, str, str]
    highest: float = 100

    def chart(self) -> Chart:
        return chart(self)

    def columns_and_rows(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        return self.columns, tuple((pair.label, said(pair.guess), said(pair.truth)) for pair in self.pairs)

    def draw(self, width: int) -> Drawing:
        marks = [mark for row, pair in enumerate(self.pairs) for mark in self._pair(pair, row, width)]
        return Drawing(width, max(20, STEP * len(self.pairs)), tuple(marks))

    def _pair(self, pair: Guess, row: int, width: int) -> list[Mark]:
        top, y = row * STEP, row * STEP + 34
        guess, truth = (30 + (width - 60) * value / self.highest for value in (pair.guess, pair.truth))
        left, right = (guess, truth) if guess <= truth else (truth, guess)
        before = said(pair.guess if guess <= truth else pair.truth)
        after = said(pair.truth if guess <= truth else pair.guess)
        return [
            text(0, top + 14, pair.label, css="strong"),
            text(width, top + 14, pair.words, anchor="end"),
            horizontal("grid", 0, width, y),
            horizontal("worse-span" if pair.worse else "span", left, right, y),
            circle("guess", guess, y, 6),
            circle("worse" if pair.worse else "truth", truth, y, 7),
            text(left - 12, y + 4, before, anchor="end", css="halo"),
            text(right + 12, y + 4, after, css="halo"),
        ]
