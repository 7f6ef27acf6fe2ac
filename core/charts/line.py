"""A line over time: the truth filled, my usual as a band, the time before dotted, one event written on it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

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
ROW = 15  # of words above the plot


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
    """Stands on the point with this number: `Bakery story` strong, `goes live` behind it. A `whole` line is for what
    parts the time before it from the time after."""

    index: int
    name: str
    words: str = ""
    whole: bool = False

    @property
    def width(self) -> float:
        return LETTER * len(f"{self.name} {self.words}".strip())


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
        names = {
            event.index: f"{self.points[event.index].label} · {event.name} {event.words}".strip()
            for event in self.events
        }
        labels = [names.get(place, point.label) for place, point in enumerate(self.points)]
        values = [said(point.value) for point in self.points]
        if not self.before:
            return self.columns, tuple(zip(labels, values, strict=True))
        return (*self.columns, self.before_words), tuple(zip(labels, values, map(said, self.before), strict=True))

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
        self.bottom, self.right = self.height - 28.0, width - 8.0
        self.signs, self.top = self._signs()
        self.places = shown_labels(len(line.points), width // 85)
        self.last_words = self._last_words()
        if self._is_crossed():
            # The newest point leaves room for its words where no line is.
            self.right -= LETTER * len(self.last_words) + 12
            self.signs, self.top = self._signs()

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

    def _signs(self) -> tuple[list[tuple[Event, str, int]], float]:
        """Each event, the side on which its words stand, and in which row, so that no two lie over each other; and
        where below them the plot begins."""
        found: list[tuple[Event, str, int]] = []
        ends: list[float] = []  # of the words in each row
        for event in sorted(self.line.events, key=lambda one: one.index):
            x = self.x(event.index)
            anchor = "end" if x > self.width / 2 else "start"
            begins = x - 6 - event.width if anchor == "end" else x + 6
            row = next((row for row, end in enumerate(ends) if end + 8 < begins), len(ends))
            ends[row : row + 1] = [begins + event.width]
            found.append((event, anchor, row))
        return found, 26.0 + ROW * max(0, len(ends) - 1)

    def events(self) -> list[Mark]:
        marks = []
        for event, anchor, row in self.signs:
            value = self.line.points[event.index].value
            x, foot = self.x(event.index), self.bottom if event.whole else self.y(value or 0) - 9
            top = min(self.top - 4, foot - 14)
            # Above the plot, where it parts the time: a line may be high on both sides of it.
            spot = 16 + ROW * row if event.whole else top + 8
            marks.append(vertical("event" if event.whole else "axis", x, foot, spot - 8 if event.whole else top))
            words = f" {event.words}" if event.words else ""
            beside = x - 6 if anchor == "end" else x + 6
            marks.append(text(beside, spot, words, anchor=anchor, strong=event.name, css="halo"))
        return marks

    def _measured(self) -> list[tuple[int, float]]:
        return [(i, point.value) for i, point in enumerate(self.line.points) if point.value is not None]

    def _last_words(self) -> str:
        measured = self._measured()
        return (self.line.last_words or said(measured[-1][1])) if measured else ""

    def _beside(self, measured: Sequence[tuple[int, float]]) -> float:
        """Above the newest point, or below it where the line falls."""
        y = self.y(measured[-1][1])
        falling = len(measured) > 1 and measured[-2][1] > measured[-1][1]
        return y + 22 if falling and y + 26 < self.bottom else y - 13

    def _is_crossed(self) -> bool:
        """Whether the words at the newest point would lie across the line, or across that of an event."""
        measured = self._measured()
        if len(measured) < 2 or self.line.band or LETTER * len(self.last_words) > self.width / 4:
            return False
        spot, x = self._beside(measured), self.x(measured[-1][0])
        room = (x + 6 - LETTER * len(self.last_words), x + 6, spot - 12, spot + 4)
        near = [(self.x(i), self.y(value)) for i, value in measured]
        parted = any(event.whole and self.x(event.index) > room[0] for event in self.line.events)
        return parted or any(_passes(first, then, room) for first, then in pairwise(near))

    def end(self) -> list[Mark]:
        measured = self._measured()
        if not measured:
            return []
        index, value = measured[-1]
        x, y = self.x(index), self.y(value)
        dot = circle("dot", x, y, 6)
        if self.right < self.width - 8:
            return [dot, text(x + 11, y + 4, self.last_words, css="strong")]
        anchor = "end" if x > self.width / 2 else "start"
        spot = self._beside(measured)
        return [dot, text(min(x + 6, self.width), spot, self.last_words, anchor=anchor, css="strong")]

    def labels(self) -> list[Mark]:
        last = len(self.line.points) - 1
        marks = []
        for index in self.places:
            anchor = "start" if index == 0 else "end" if index == last else "middle"
            edge = self.left if index == 0 else min(self.width, self.right + 8) if index == last else self.x(index)
            marks.append(text(edge, self.height - 8, self.line.points[index].label, anchor=anchor))
        return marks


def _passes(first: Spot, then: Spot, room: tuple[float, float, float, float]) -> bool:
    """Whether the straight line between two spots goes through a room: from, to, highest, lowest."""
    left, right = max(first[0], room[0]), min(then[0], room[1])
    if left > right:
        return False
    slope = (then[1] - first[1]) / (then[0] - first[0])
    heights = sorted(first[1] + slope * (x - first[0]) for x in (left, right))
    return heights[0] < room[3] and heights[1] > room[2]
