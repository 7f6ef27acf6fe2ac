"""A few forms of chart of our own: data in, a drawing in two widths, one sentence and a table out.

Colours come from classes (static/css/components/chart.css), so that one drawing serves light and dark.
"""

from core.charts.bars import Bar, Bars
from core.charts.drawing import Chart, Drawing
from core.charts.dumbbell import Dumbbell, Guess
from core.charts.heat import Heat
from core.charts.line import Band, Event, Line, Point
from core.charts.small import spark, strip

__all__ = [
    "Band", "Bar", "Bars", "Chart", "Drawing", "Dumbbell", "Event", "Guess", "Heat", "Line", "Point", "spark", "strip",
]  # fmt: skip
