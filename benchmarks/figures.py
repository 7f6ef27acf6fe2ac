"""What a benchmark says: one line of the table."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`enough` is None where nothing was promised."""

    what: str
    measured: str
    wanted: str = ""
    enough: bool | None = None

    def verdict(self) -> str:
        return {None: "", True: "ok", False: "too little"}[self.enough]


def print_table(figures: Sequence[Figure]) -> None:
    rows = [("what", "measured", "wanted", "")]
    rows += [(figure.what, figure.measured, figure.wanted, figure.verdict()) for figure in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for number, row in enumerate(rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        if number == 0:
            print("  ".join("-" * width for width in widths))
