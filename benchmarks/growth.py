"""How each part grows: the same measurement with 1, 10 and 100 thousand posts behind it, in figures and in drawings.

WRITE=1 puts both into docs/scaling.md and docs/img. GROWTH=100,1000 is a shorter run.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
django.setup()

from django.db import connection  # noqa: E402

from benchmarks import claiming, feed, publishing  # noqa: E402
from benchmarks.drawing import Curve, write_page  # noqa: E402
from benchmarks.figures import Figure  # noqa: E402
from core import clock  # noqa: E402
from reach.actions.ringing import due_batches  # noqa: E402
from shares.models import Share  # noqa: E402
from tests import staging  # noqa: E402
from tests.control import control  # noqa: E402

SIZES = [int(size) for size in (os.environ.get("GROWTH") or "1000,10000,100000").split(",")]
PUBLISHED = 300  # at each size
SPARE = 100  # never sent, so that there is something to claim
RUNS = 15
PLANS = """
INSERT INTO reach_readingplan (share_id, pool, due_at, late_at, said, still, failures, reason)
SELECT shares_share.id, 'x', %(due)s, %(due)s, '', 0, 0, '' FROM shares_share
JOIN links_shortlink ON links_shortlink.id = link_id WHERE "group" = %(run)s
"""


def main() -> list[Figure]:
    control("POST", "/latency", platform="*", ms=publishing.LATENCY)
    control("POST", "/limits", on=False)
    staging.plan(PUBLISHED * len(SIZES) + SPARE)
    reader = feed.a_browser("growth@bench.example")
    measured: dict[str, list[float]] = {"publishing": [], "claim": [], "feed": [], "readings": []}
    for size, more in steps():
        print(f"growth: {size:,} …", flush=True)
        grow(more, f"grow{size}")
        measured["publishing"].append(published_a_second())
        measured["claim"].append(claim())
        measured["readings"].append(milliseconds(lambda: due_batches(clock.now() + timedelta(days=3))))
        measured["feed"].append(statistics.median(feed.milliseconds(reader) for _ in range(RUNS)))
    curves = [Curve(key, *NAMES[key], SIZES, values) for key, values in measured.items()]
    if os.environ.get("WRITE"):
        write_page(curves)
    claiming.empty()
    return [
        Figure(f"{curve.name}, {size:,} posts behind it", value, curve.unit)
        for curve in curves
        for size, value in zip(SIZES, curve.values, strict=True)
    ]


NAMES = {
    "publishing": ("shares published by one worker", "/s"),
    "claim": ("claim of the next 64 shares", "ms"),
    "feed": ("feed page, server time", "ms"),
    "readings": ("choosing the posts to read next", "ms"),
}


def steps() -> Iterator[tuple[int, int]]:
    """Each size, and how many rows it has more than the one before."""
    before = 0
    for size in SIZES:
        yield size, size - before
        before = size


def grow(more: int, run: str) -> None:
    """Published posts of as many live stories, each with a plan to be read again."""
    claiming.fill(more, more, state="published", run=run)
    with connection.cursor() as cursor:
        # Far enough off that no worker of the stack reads them.
        cursor.execute(PLANS, {"run": run, "due": clock.now() + timedelta(days=2)})
    staging.as_owner("ANALYZE")


def published_a_second() -> float:
    """The next so many of those planned, all due at once."""
    began = clock.now()
    chosen = Share.objects.filter(state="scheduled").order_by("account__remote_id").values("pk")[:PUBLISHED]
    staging.make_due(Share.objects.filter(pk__in=list(chosen.values_list("pk", flat=True))))
    publishing.await_rest()
    return PUBLISHED / publishing.seconds_since(began)


def claim() -> float:
    at = clock.now() + timedelta(days=2)
    return statistics.median(claiming.timed(at) for _ in range(RUNS))


def milliseconds(ask: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        ask()
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)
