"""A line over time: the truth filled, my usual as a band, the time before dotted, one event written on it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from core.charts.drawing import (
    LETTER,
    NARROW,
    Chart,
    Drawing,
    Mark,
    chart,
    circle,
    horizontal,
    path,
    polyline,
    rect,
    said,
    shown_labels,
    text,
    ticks,
    vertical,
)

Spot = tuple[float, float]


@dataclass(frozen=True)
class Point:
    """`value` None: nothing was measured, so the line has a gap there, not a zero."""

    label: str
    value: float | None


@dataclass(frozen=True)
class Band:
    low: float
    high: float
    words: str


@dataclass(frozen=True)
class Event:
    """Stands on the point with this number: `Bakery story` strong, `goes live` behind it."""

    index: int
    name: str
    words: str = ""


@dataclass(frozen=True)
class Line:
    title: str
    sentence: str
    points: Sequence[Point]
    columns: tuple[str, str]
    last_words: str = ""
    band: Band | None = None
    before: Sequence[float | None] = ()
    before_words: str = ""
    events: Sequence[Event] = field(default=())

    def chart(self) -> Chart:
        return chart(self)

    def columns_and_rows(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        if not self.before:
            return self.columns, tuple((point.label, said(point.value)) for point in self.points)
        pairs = zip(self.points, self.before, strict=True)
        return (*self.columns, self.before_words), tuple((p.label, said(p.value), said(b)) for p, b in pairs)

    def draw(self, width: int) -> Drawing:
        plot = _Plot(self, width)
        marks = [*plot.ground(), *plot.lines(), *plot.events(), *plot.end(), *plot.labels()]
        return Drawing(width, plot.height, tuple(marks))


class _Plot:
    """One drawing of a line: knows where a number lies on this sheet."""

    def __init__(self, line: Line, width: int) -> None:
        self.line, self.width = line, width
        wide = width > NARROW
        self.height = 240 if wide else 190
        highest = max((value for value in self._values() if value is not None), default=0.0)
        self.steps = ticks(highest, 3 if wide else 2)
        self.left = 0.0 if line.band else 8 + LETTER * max(len(said(step)) for step in self.steps)
        self.top, self.bottom, self.right = 26.0, self.height - 28.0, width - 8.0
        self.places = shown_labels(len(line.points), width // 85)

    def _values(self) -> list[float | None]:
        band = [self.line.band.high] if self.line.band else []
        return [point.value for point in self.line.points] + list(self.line.before) + band

    def x(self, index: int) -> float:
        inset = self.left + 4
        return inset + (self.right - inset) * index / max(1, len(self.line.points) - 1)

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * value / self.steps[-1]

    def runs(self, values: Sequence[float | None]) -> list[list[Spot]]:
        """Unbroken stretches; a single measured point between two gaps still shows as a short dash."""
        stretches = groupby(enumerate(values), key=lambda pair: pair[1] is None)
        spots = [[(self.x(i), self.y(v)) for i, v in pairs if v is not None] for empty, pairs in stretches if not empty]
        return [run if len(run) > 1 else [(run[0][0] - 2, run[0][1]), (run[0][0] + 2, run[0][1])] for run in spots]

    def ground(self) -> list[Mark]:
        marks = [horizontal("axis", self.left, self.width, self.bottom)]
        if self.line.band:
            return [*self._band(self.line.band), *marks]
        for step in self.steps:
            if step:
                marks.append(horizontal("grid", self.left, self.width, self.y(step)))
            marks.append(text(self.left - 8, self.y(step) + 4, said(step), anchor="end"))
        return marks

    def _band(self, band: Band) -> list[Mark]:
        high, low = self.y(band.high), self.y(band.low)
        early = [point.value for point in self.line.points[: len(self.line.points) // 3 + 1] if point.value is not None]
        # The words stand on the side of the band where the line is not.
        above = not early or sum(early) / len(early) < band.high
        spot = high - 7 if above else min(low + 16, self.bottom - 5)
        return [rect("band", 0, high, self.width, low - high, 3), text(0, spot, band.words, css="halo")]

    def lines(self) -> list[Mark]:
        marks = [polyline("before", run) for run in self.runs(self.line.before)]
        runs = self.runs([point.value for point in self.line.points])
        if not self.line.band:
            marks += [self._area(run) for run in runs]
        marks += [polyline("line", run) for run in runs]
        if self.line.before_words and self.line.before and self.line.before[-1] is not None:
            marks.append(
                text(self.right, self.y(self.line.before[-1]) - 9, self.line.before_words, anchor="end", css="halo")
            )
        return marks

    def _area(self, run: list[Spot]) -> Mark:
        line = "L".join(f"{x:.1f} {y:.1f}" for x, y in run)
        return path("area", f"M{line}V{self.bottom:.1f}H{run[0][0]:.1f}Z")

    def events(self) -> list[Mark]:
        marks = []
        for event in self.line.events:
            value = self.line.points[event.index].value
            x, foot = self.x(event.index), self.y(value or 0) - 9
            top = min(self.top - 4, foot - 14)
            anchor = "end" if x > self.width / 2 else "start"
            marks.append(vertical("axis", x, foot, top))
            words = f" {event.words}" if event.words else ""
            marks.append(
                text(x - 6 if anchor == "end" else x + 6, top + 8, words, anchor=anchor, strong=event.name, css="halo")
            )
        return marks

    def end(self) -> list[Mark]:
        measured = [(i, point.value) for i, point in enumerate(self.line.points) if point.value is not None]
        if not measured:
            return []
        index, value = measured[-1]
        x, y = self.x(index), self.y(value)
        falling = len(measured) > 1 and measured[-2][1] > value
        beside = y + 22 if falling and y + 26 < self.bottom else y - 13
        words = self.line.last_words or said(value)
        anchor = "end" if x > self.width / 2 else "start"
        return [circle("dot", x, y, 6), text(min(x + 6, self.width), beside, words, anchor=anchor, css="strong")]

    def labels(self) -> list[Mark]:
        last = len(self.line.points) - 1
        marks = []
        for index in self.places:
            anchor = "start" if index == 0 else "end" if index == last else "middle"
            edge = self.left if index == 0 else self.width if index == last else self.x(index)
            marks.append(text(edge, self.height - 8, self.line.points[index].label, anchor=anchor))
        return marks
