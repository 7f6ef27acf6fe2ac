"""Rate limits: fixed windows on the movable clock, switched off for benchmarks."""

from collections import Counter
from dataclasses import dataclass


@dataclass(slots=True)
class Allowance:
    limit: int
    remaining: int
    reset: float
    exceeded: bool


class Limits:
    def __init__(self) -> None:
        self.on = True
        self.refused: Counter[str] = Counter()  # by platform, for whoever wants to know
        self.windows: dict[tuple[str, str, str], tuple[float, int]] = {}

    def take(
        self, platform: str, bucket: str, who: str, limit: int, window: float, now: float, points: int = 1
    ) -> Allowance:
        """Count one call; what is over the limit is told and not counted."""
        # Aligned to the window's length: a day then ends at midnight UTC, and a test knows when anything is free again.
        start = now - now % window
        key = (platform, bucket, who)
        seen_start, seen = self.windows.get(key, (start, 0))
        # The clock may also be moved back; any other window than the kept one begins at nought.
        if seen_start != start:
            seen = 0
        exceeded = seen + points > limit
        if exceeded:
            self.refused[platform] += 1
        else:
            seen += points
        self.windows[key] = (start, seen)
        return Allowance(limit, max(0, limit - seen), start + window, exceeded)
