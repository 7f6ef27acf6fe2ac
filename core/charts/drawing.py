"""What every form is drawn with: marks on a sheet, ready for templates/components/charts/."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Protocol

from django.utils.formats import number_format

# A phone, half a desk, a desk. Chosen by the room the chart has, in static/css/components/chart.css.
NARROW, MID, WIDE = 340, 480, 620
# Our text is 12 px; letters of common system fonts are at most this wide on average.
LETTER = 6.8


@dataclass(frozen=True)
class Mark:
    """One SVG element. Coordinates are text already: a German page must not write 12,5 into a path."""

    tag: str
    css: str
    attributes: tuple[tuple[str, str], ...]
    words: str = ""
    strong: str = ""


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    marks: tuple[Mark, ...]

    @property
    def box(self) -> str:
        return f"0 0 {self.width} {self.height}"


@dataclass(frozen=True)
class Chart:
    """`sentence` is what it shows, for who cannot see it; `columns` and `rows` are the same as a table."""

    title: str
    sentence: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    narrow: Drawing
    mid: Drawing
    wide: Drawing


class Form(Protocol):
    """What can be drawn: each form knows its data, this module knows the widths."""

    @property
    def title(self) -> str: ...

    @property
    def sentence(self) -> str: ...

    def columns_and_rows(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]: ...

    def draw(self, width: int) -> Drawing: ...


def chart(form: Form) -> Chart:
    columns, rows = form.columns_and_rows()
    return Chart(form.title, form.sentence, columns, rows, form.draw(NARROW), form.draw(MID), form.draw(WIDE))


def at(value: float) -> str:
    """A coordinate: one decimal is finer than a screen."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def path(css: str, d: str) -> Mark:
    return Mark("path", css, (("d", d),))


def polyline(css: str, points: Sequence[tuple[float, float]]) -> Mark:
    return path(css, "M" + "L".join(f"{at(x)} {at(y)}" for x, y in points))


def horizontal(css: str, x1: float, x2: float, y: float) -> Mark:
    return path(css, f"M{at(x1)} {at(y)}H{at(x2)}")


def vertical(css: str, x: float, y1: float, y2: float) -> Mark:
    return path(css, f"M{at(x)} {at(y1)}V{at(y2)}")


def circle(css: str, x: float, y: float, radius: float) -> Mark:
    return Mark("circle", css, (("cx", at(x)), ("cy", at(y)), ("r", at(radius))))


def rect(css: str, x: float, y: float, width: float, height: float, radius: float = 2) -> Mark:
    sizes = (("x", at(x)), ("y", at(y)), ("width", at(max(0.0, width))), ("height", at(height)), ("rx", at(radius)))
    return Mark("rect", css, sizes)


def text(x: float, y: float, words: str, *, anchor: str = "start", css: str = "", strong: str = "") -> Mark:
    return Mark("text", css, (("x", at(x)), ("y", at(y)), ("text-anchor", anchor)), words, strong)


def said(value: float | None) -> str:
    """A number as the reader's language writes it; at most one decimal, none for a dash."""
    if value is None:
        return "–"
    whole = float(value).is_integer() or abs(value) >= 100
    return str(number_format(round(value, 0 if whole else 1), decimal_pos=0 if whole else 1, force_grouping=True))


LEAST = 1e-9  # nothing that is counted or measured here is smaller, and logarithms end somewhere


def ticks(highest: float, steps: int) -> list[float]:
    """Round numbers from 0 to at least `highest`, with little air above: 0, 300, 600, 900."""
    if highest < LEAST:
        return [0.0, 1.0]
    return min((_ticks(highest, number) for number in (steps, steps + 1)), key=lambda found: found[-1])


def _ticks(highest: float, steps: int) -> list[float]:
    raw = highest / steps
    unit = 10.0 ** floor(log10(raw))
    step = next(unit * nice for nice in (1, 2, 2.5, 3, 4, 5, 10) if unit * nice >= raw)
    if step < 1 and float(highest).is_integer():
        step = 1.0
    return [step * number for number in range(int(-(-highest // step)) + 1)]


def shown_labels(count: int, at_most: int) -> list[int]:
    """Which of `count` places get a word below the axis: evenly spread, the first and the last among them."""
    if count <= at_most:
        return list(range(count))
    return [round(number * (count - 1) / (at_most - 1)) for number in range(at_most)]
