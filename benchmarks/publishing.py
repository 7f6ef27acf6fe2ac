"""Shares published a second by the one worker of the stack, at 150 ms a call, beside a bare loop of the same client.

The bare loop calls the same connectors with the same number of threads and neither queue nor database: what is
physically there to be had on this machine at this minute.
"""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
django.setup()

from django.db.models import Max, Min  # noqa: E402

from accounts import queries as accounts  # noqa: E402
from accounts.models import LinkedAccount  # noqa: E402
from benchmarks.figures import Figure  # noqa: E402
from connectors.base import Card, Credentials, Draft, Marker, record_key  # noqa: E402
from core import clock  # noqa: E402
from shares.models import Attempt, Share  # noqa: E402
from tests import staging  # noqa: E402
from tests.control import control  # noqa: E402

SHARES = 2000
BARE = 1000
LATENCY = 150
THREADS = 64
PATIENCE = 120.0
WANTED_RATE, WANTED_RATIO = 150, 0.4


def main() -> list[Figure]:
    control("POST", "/latency", platform="*", ms=LATENCY)
    control("POST", "/limits", on=False)
    staging.plan(SHARES)
    product = publish_all()
    bare = bare_loop()
    ratio = product / bare
    return [
        Figure("shares published", product, "/s", at_least=WANTED_RATE, ratio=ratio),
        Figure(f"… by the same client, bare, {THREADS} threads", bare, "/s"),
        Figure("… ratio to the bare loop", ratio, at_least=WANTED_RATIO),
    ]


def publish_all() -> float:
    """From the first attempt to the last post, as the rows say it."""
    staging.make_due()
    give_up = time.monotonic() + PATIENCE
    while Share.objects.exclude(state="published").exists() and time.monotonic() < give_up:
        time.sleep(0.25)
    published = Share.objects.filter(state="published")
    first = Attempt.objects.aggregate(at=Min("started_at"))["at"]
    last = published.aggregate(at=Max("published_at"))["at"]
    return published.count() / (last - first).total_seconds() if last else 0.0


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
    connector, credentials, sent = call
    accounts.connectors()[connector].publish(credentials, sent)
