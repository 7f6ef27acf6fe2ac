"""A heat map: five strengths of the accent. The three best cells are named; those resting on too little are blank."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.charts.drawing import LETTER, Chart, Drawing, Mark, chart, rect, said, text

ROW = 26
NAMED = 3


@dataclass(frozen=True)
class Heat:
    """`cells[row][column]`; None where too few were counted to say anything."""

    title: str
    sentence: str
    rows: Sequence[str]
    columns: Sequence[str]
    cells: Sequence[Sequence[float | None]]
    corner: str = ""

    def chart(self) -> Chart:
        return chart(self)

    def columns_and_rows(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        body = tuple((row, *map(said, cells)) for row, cells in zip(self.rows, self.cells, strict=True))
        return (self.corner, *self.columns), body

    def strength(self, value: float | None) -> int:
        """0 blank, then quarters of the highest value, 4 the best."""
        known = [cell for cells in self.cells for cell in cells if cell is not None]
        if value is None or not known or max(known) <= 0:
            return 0
        return min(4, 1 + int(4 * value / max(known) * 0.999))

    def named(self) -> set[tuple[int, int]]:
        ranked = sorted(
            (
                (value, row, column)
                for row, cells in enumerate(self.cells)
                for column, value in enumerate(cells)
                if value
            ),
            key=lambda cell: (-cell[0], cell[1], cell[2]),
        )
        return {(row, column) for _, row, column in ranked[:NAMED]}

    def draw(self, width: int) -> Drawing:
        left = 10 + LETTER * max((len(row) for row in self.rows), default=0)
        size = (width - left) / max(1, len(self.columns))
        marks: list[Mark] = []
        named = self.named()
        for row, label in enumerate(self.rows):
            marks.append(text(0, row * ROW + 16, label))
            for column, value in enumerate(self.cells[row]):
                x, strength = left + column * size, self.strength(value)
                marks.append(rect(f"heat{strength}", x, row * ROW, size - 2, ROW - 2))
                # Dark letters on a half-strong cell would be hard to read: only the strongest carry a number.
                if (row, column) in named and strength == 4:
                    marks.append(text(x + size / 2 - 1, row * ROW + 16, said(value), anchor="middle", css="on"))
        height = len(self.rows) * ROW + 20
        every = 1 if size > 7 * LETTER else 2
        marks += [
            text(left + column * size, height - 4, label)
            for column, label in enumerate(self.columns)
            if column % every == 0
        ]
        return Drawing(width, height, tuple(marks))
