"""What a benchmark says: a line of the table for people, a line of JSON for programs."""

import json
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`at_least` or `at_most` is what was promised, in `unit`; `ratio` is to the physical limit of the same run."""

    name: str
    value: float
    unit: str = ""
    at_least: float | None = None
    at_most: float | None = None
    ratio: float | None = None

    @property
    def enough(self) -> bool | None:
        """None where nothing was promised."""
        if self.at_least is None and self.at_most is None:
            return None
        return (self.at_least is None or self.value >= self.at_least) and (
            self.at_most is None or self.value <= self.at_most
        )

    def row(self) -> tuple[str, str, str, str, str]:
        limits = [("≥ ", self.at_least), ("≤ ", self.at_most)]
        wanted = " ".join(f"{sign}{written(limit)}" for sign, limit in limits if limit is not None)
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        verdict = {None: "", True: "ok", False: "MISSED"}[self.enough]
        return self.name, f"{written(self.value)} {self.unit}".strip(), wanted, ratio, verdict

    def line(self, of: str = "") -> str:
        """`of` is the figure that a name with dots goes on from: a program reads one line at a time."""
        name = self.name.replace("… ", f"{of}: ") if self.name.startswith("… ") else self.name
        limit = self.at_least if self.at_least is not None else self.at_most
        said = {"name": name, "value": round(self.value, 3), "unit": self.unit, "limit": limit}
        said |= {"ratio": self.ratio and round(self.ratio, 3), "enough": self.enough}
        return json.dumps(said, ensure_ascii=False)


def written(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) or abs(number) >= 100 else f"{number:.2f}"


def print_figures(figures: Sequence[Figure]) -> None:
    rows = [("what", "measured", "wanted", "ratio", ""), *(figure.row() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    for number, row in enumerate(rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        if number == 0:
            print("  ".join("-" * width for width in widths))
    of = ""
    for figure in figures:
        if not figure.name.startswith("… "):
            of = figure.name.split(", ")[0]
        print(figure.line(of))
