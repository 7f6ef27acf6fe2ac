"""Drawings for a line of a table: the way it went, and how far from its usual. The number stands beside them."""

from collections.abc import Sequence

from core.charts.drawing import Drawing, circle, horizontal, polyline, vertical


def spark(values: Sequence[float], width: int = 120, height: int = 28) -> Drawing:
    """Lowest to highest over the full height; the last point carries the dot."""
    low, span = min(values, default=0.0), (max(values, default=0.0) - min(values, default=0.0)) or 1.0
    step = (width - 12) / max(1, len(values) - 1)
    spots = [(4 + step * i, height - 6 - (height - 12) * (value - low) / span) for i, value in enumerate(values)]
    if not spots:
        return Drawing(width, height, ())
    line = [polyline("line", spots)] if len(spots) > 1 else []
    return Drawing(width, height, (*line, circle("dot", *spots[-1], 4.5)))


def strip(change: float, reach: float = 50, width: int = 240, height: int = 28) -> Drawing:
    """`change` in per cent against one's own usual, which stands in the middle; beyond `reach` it stops at the edge."""
    middle, y = width / 2, height / 2
    x = middle + (middle - 12) * max(-1.0, min(1.0, change / reach))
    above = change > 0
    marks = [horizontal("grid", 4, width - 4, y), vertical("axis", middle, 4, height - 4)]
    if change:
        marks.append(horizontal("span" if above else "below-span", middle, x, y))
    marks.append(circle("truth" if above else "below", x, y, 7))
    return Drawing(width, height, tuple(marks))
