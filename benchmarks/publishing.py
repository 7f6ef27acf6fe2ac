"""Ten thousand shares due in the same second, sent by the one worker of the stack at 150 ms a call, beside a bare loop
of the same client. SHARES=1000 is a shorter run; PGBOUNCER=1 puts PgBouncer in transaction mode in between.

The bare loop calls the same connectors with the same number of threads and neither queue nor database: what is
physically there to be had on this machine at this minute.
"""

import os
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db.models import Max, Min  # noqa: E402

from accounts import queries as accounts  # noqa: E402
from accounts.models import LinkedAccount  # noqa: E402
from benchmarks.figures import Figure  # noqa: E402
from benchmarks.watching import watched  # noqa: E402
from connectors.base import Card, Credentials, Draft, Marker, Unavailable, record_key  # noqa: E402
from core import clock  # noqa: E402
from shares.models import Attempt, Share  # noqa: E402
from tests import staging  # noqa: E402
from tests.control import control  # noqa: E402

SHARES = int(os.environ.get("SHARES") or 10_000)
BARE = min(SHARES, 2000)
LATENCY = 150
THREADS = settings.CALLS_AT_ONCE
PATIENCE = 300.0
AHEAD = timedelta(hours=1)
WANTED_SECONDS = 60 * SHARES / 10_000
WANTED_RATIO = 0.5
MOST_CONNECTIONS = settings.CELERY_WORKER_CONCURRENCY + 16
MOST_MEGABYTES = 400


def main() -> list[Figure]:
    control("POST", "/latency", platform="*", ms=LATENCY)
    control("POST", "/limits", on=False)
    staging.plan(SHARES)
    with watched() as seen:
        seconds = publish_all()
    posts = Counter(post["marker"] for post in control("GET", "/ledger")["posts"])
    ended = Share.objects.filter(state__in=["published", "failed"]).count()
    bare = bare_loop()
    ratio = ended / seconds / bare
    name = f"{SHARES:,} shares due at once"
    return [
        Figure(f"{name}, until the last is out", seconds, "s", at_most=WANTED_SECONDS, ratio=ratio),
        Figure("… published or failed of them", 100 * ended / SHARES, "%", at_least=100),
        Figure("… posts of one share beyond the first", sum(posts.values()) - len(posts), at_most=0),
        Figure("… published a second", ended / seconds, "/s"),
        Figure(f"… by the same client, bare, {THREADS} threads", bare, "/s"),
        Figure("… ratio to the bare loop", ratio, at_least=WANTED_RATIO, ratio=ratio),
        Figure("… connections to the database", seen.connections, at_most=MOST_CONNECTIONS),
        Figure("… processor time of the worker for each", 1000 * seen.processor / SHARES, "ms"),
        Figure("… memory of the worker", seen.megabytes, "MB", at_most=MOST_MEGABYTES),
    ]


def publish_all() -> float:
    began = clock.now()
    staging.make_due()
    await_rest()
    return seconds_since(began)


def seconds_since(began: datetime) -> float:
    """From the first attempt to the last answer, as the rows say it."""
    made = Attempt.objects.filter(started_at__gte=began)
    span = made.aggregate(first=Min("started_at"), last=Max("answered_at"))
    return (span["last"] - span["first"]).total_seconds() if span["last"] else float("inf")


def await_rest() -> None:
    give_up = time.monotonic() + PATIENCE
    under_way = Share.objects.filter(state__in=["scheduled", "retrying", "sending", "uncertain"])
    while under_way.filter(due_at__lte=clock.now() + AHEAD).exists() and time.monotonic() < give_up:
        time.sleep(0.25)


def bare_loop() -> float:
    credentials = [(row.connector, accounts.credentials_of(row)) for row in LinkedAccount.objects.order_by("?")[:BARE]]
    calls = [(key, given, draft(number)) for number, (key, given) in enumerate(credentials)]
    with ThreadPoolExecutor(THREADS) as pool:
        began = time.monotonic()
        list(pool.map(publish, calls))
        return len(calls) / (time.monotonic() - began)


def draft(number: int) -> Draft:
    at = clock.now() + timedelta(microseconds=number)
    url = f"https://go.example.org/go/bare{number}"
    marker = Marker(f"bare-{number}", record_key(at, number % 1024), url, at)
    return Draft(f"Something else, number {number}", Card(url, "A story"), "en", marker)


def publish(call: tuple[str, Credentials, Draft]) -> None:
    """Once more where the platform said that it made nothing, as the product does."""
    connector, credentials, sent = call
    with suppress(Unavailable):
        accounts.connectors()[connector].publish(credentials, sent)
        return
    accounts.connectors()[connector].publish(credentials, sent)
