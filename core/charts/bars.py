"""Bars lying down: the word and the number stand on the bar, the mean is a tick on each."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.charts.drawing import Chart, Drawing, Mark, chart, rect, said, text, vertical

STEP = 46


@dataclass(frozen=True)
class Bar:
    """`base` says what the number rests on: `from 131 shares`."""

    label: str
    value: float
    base: str = ""


@dataclass(frozen=True)
class Bars:
    title: str
    sentence: str
    bars: Sequence[Bar]
    columns: tuple[str, ...]
    mean: float | None = None
    mean_words: str = ""

    def chart(self) -> Chart:
        return chart(self)

    def columns_and_rows(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        with_base = len(self.columns) > 2
        rows = tuple(
            (bar.label, said(bar.value), bar.base) if with_base else (bar.label, said(bar.value)) for bar in self.bars
        )
        return self.columns, rows

    def draw(self, width: int) -> Drawing:
        longest = max([bar.value for bar in self.bars] + [self.mean or 0, 0]) or 1
        marks = [mark for row, bar in enumerate(self.bars) for mark in self._bar(bar, row, width, width / longest)]
        height = STEP * len(self.bars) - 6
        if self.mean is not None and self.bars:
            marks += self._mean(self.mean * width / longest, width)
            height += 20
        return Drawing(width, max(height, 20), tuple(marks))

    def _bar(self, bar: Bar, row: int, width: int, scale: float) -> list[Mark]:
        top = row * STEP
        below = self.mean is not None and bar.value < self.mean
        base = f" {bar.base}" if bar.base else ""
        return [
            text(0, top + 14, bar.label, css="strong"),
            text(width, top + 14, base, anchor="end", strong=said(bar.value)),
            rect("bar quiet" if below else "bar", 0, top + 22, bar.value * scale, 10),
        ]

    def _mean(self, x: float, width: int) -> list[Mark]:
        lines = [vertical("mean", x, row * STEP + 19, row * STEP + 35) for row in range(len(self.bars))]
        anchor = "end" if x > width * 0.8 else "start" if x < width * 0.2 else "middle"
        return [*lines, text(x, len(self.bars) * STEP + 6, self.mean_words or said(self.mean), anchor=anchor)]
