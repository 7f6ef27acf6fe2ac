"""Guidelines at 50,000 members: whether sharing waits, the coverage page, and a version that is published to all.
SIGNATURES=20000 for fewer.

The worker rests while pages are measured, and asks everybody while one is published; the pages are opened meanwhile.
"""

import statistics
import time
from collections.abc import Callable
from random import Random
from typing import Any

from benchmarks.signatures import (
    MEMBERS,
    SIGNATURES,
    leave_nobody_asked,
    make_everything,
    resting_worker,
)  # sets up Django

from django.conf import settings  # isort: skip
from django.db import connection  # isort: skip
from django.db.models import Count  # isort: skip
from django.test import Client  # isort: skip
from django.test.utils import CaptureQueriesContext  # isort: skip

from accounts.models import User  # isort: skip
from accounts.rules import PROVED_AT  # isort: skip
from benchmarks.figures import Figure  # isort: skip
from core import clock  # isort: skip
from guidelines import actions, queries  # isort: skip
from guidelines.models import Due, Guideline, Version  # isort: skip

TURNS, GATE_TURNS = 60, 1000
GATE_MILLISECONDS, PAGE_MILLISECONDS, ASKED_SECONDS, PUBLISH_SECONDS = 2.0, 150.0, 20.0, 1.0
DESK = "/guidelines/desk/"


def main() -> list[Figure]:
    with resting_worker():
        hr = make_everything()
        Version.objects.filter(state="published").update(asked_all_at=clock.now())
        print("made the signatures", flush=True)
        figures = [*gate(), *pages(hr)]
    figures += publishing(hr)
    leave_nobody_asked()
    return figures


def gate() -> list[Figure]:
    """Beside the emptiest question there is, asked in the same minute."""
    members = Random(7).sample(list(User.objects.filter(email__endswith="@pack.example")), min(GATE_TURNS, MEMBERS))
    at = clock.now()
    with CaptureQueriesContext(connection) as asked:
        queries.is_overdue(members[0], at)
    times = milliseconds(lambda turn: queries.is_overdue(members[turn % len(members)], at), GATE_TURNS)
    least = milliseconds(lambda _turn: nothing(), GATE_TURNS)
    return [
        Figure("gate, queries", len(asked), at_most=1),
        Figure("gate, p95", p95(times), "ms", at_most=GATE_MILLISECONDS, ratio=p95(least) / p95(times)),
        Figure("gate, median", statistics.median(times), "ms"),
    ]


def nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def pages(hr: User) -> list[Figure]:
    browser, one = signed_in(hr), Guideline.objects.filter(name__startswith="Bench").latest("pk")
    found = []
    for name, address in (
        ("coverage page, all guidelines", DESK),
        ("coverage page, one by team", f"{DESK}of/{one.pk}/"),
    ):
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
        found.append(Figure(f"{name}, queries", len(asked)))
        times = milliseconds(lambda _turn, address=address: browser.get(address), TURNS)
        found.append(Figure(f"{name}, p95", p95(times), "ms", at_most=PAGE_MILLISECONDS))
    return found


def publishing(hr: User) -> list[Figure]:
    other = User.objects.create_user(
        "hr2@pack.example", name="HR two", roles=["hr"], joined_at=clock.now(), welcomed_at=clock.now()
    )
    version = next_version(hr)
    began = time.monotonic()
    published = actions.publish_version(actor=other, version=version, edition=version.edition, at=clock.now())
    took = time.monotonic() - began
    browser, opened, progress = signed_in(hr), [], []
    people = queries.in_audience(published.guideline).count()
    while not Version.objects.get(pk=version.pk).asked_all_at and time.monotonic() - began < 10 * ASKED_SECONDS:
        opened += milliseconds(lambda _turn: browser.get(f"{DESK}of/{published.guideline_id}/"), 1)
        progress.append(queries.coverage(published.guideline, at=clock.now()).asked)
        time.sleep(1.5)  # as somebody does who follows it; every look takes from those who ask
    asked_after = time.monotonic() - began
    dues = Due.objects.filter(publication=published)
    twice = dues.values("member").annotate(times=Count("pk")).filter(times__gt=1).count()
    fell_back = sum(later < before for before, later in zip(progress, progress[1:], strict=False))
    return [
        Figure("publishing, people", people, at_least=MEMBERS),
        Figure("publishing, the verb", took, "s", at_most=PUBLISH_SECONDS),
        Figure("publishing, all asked", asked_after, "s", at_most=ASKED_SECONDS * max(0.1, SIGNATURES / 600_000)),
        Figure("publishing, people who were not asked", people - dues.count(), at_most=0),
        Figure("publishing, people who were asked twice", twice, at_most=0),
        Figure("publishing, figures of its progress, each no less than the last", len(progress), at_least=1),
        Figure("publishing, of which fell back", fell_back, at_most=0),
        Figure("publishing, the coverage page meanwhile, p95", p95(opened or [0.0]), "ms"),
    ]  # fmt: skip


def next_version(hr: User) -> Version:
    guideline = Guideline.objects.filter(name__startswith="Bench").earliest("pk")
    version = actions.begin_version(actor=hr, guideline=guideline, at=clock.now())
    version.what_changed = {"en": "A sentence."}
    version.save(update_fields=["what_changed"])
    return actions.submit_version(actor=hr, version=version, at=clock.now())


def signed_in(member: User) -> Client:
    browser = Client(HTTP_HOST=settings.ALLOWED_HOSTS[0])
    browser.force_login(member)
    session = browser.session
    session[PROVED_AT] = clock.now().timestamp()
    session.save()
    return browser


def milliseconds(do: Callable[[int], Any], turns: int) -> list[float]:
    times = []
    for turn in range(turns):
        began = time.perf_counter()
        do(turn)
        times.append(1000 * (time.perf_counter() - began))
    return times


def p95(times: list[float]) -> float:
    return sorted(times)[int(0.95 * len(times))]
