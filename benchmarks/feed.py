"""The feed page with 1,000 live stories: queries with one card and with thirty, and the server's own time."""

import os
import statistics
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, reset_queries  # noqa: E402
from django.test import Client  # noqa: E402

from accounts.models import User  # noqa: E402
from benchmarks.figures import Figure  # noqa: E402
from content.models import Story, Topic  # noqa: E402
from core import clock  # noqa: E402

STORIES = 1000
PAGES = 200
MOST_QUERIES, MOST_MILLISECONDS = 12, 80


def main() -> list[Figure]:
    settings.DEBUG = True  # so that Django counts the queries
    browser = a_browser("reader@bench.example")
    Story.objects.filter(state="live").update(state="withdrawn")
    make_stories(1)
    open_feed(browser)
    with_one = open_feed(browser)
    make_stories(STORIES - 1)
    open_feed(browser)
    with_thirty = open_feed(browser)
    settings.DEBUG = False
    times = sorted(milliseconds(browser) for _ in range(PAGES))
    p95 = times[int(0.95 * len(times))]
    return [
        Figure("feed page, queries with 1 card", with_one, at_most=MOST_QUERIES),
        Figure("feed page, queries with 30 cards", with_thirty, at_most=with_one),
        Figure("feed page, server time, median", statistics.median(times), "ms"),
        Figure("feed page, server time, p95", p95, "ms", at_most=MOST_MILLISECONDS),
    ]


def a_browser(email: str) -> Client:
    """Of a member who is signed in."""
    member = User.objects.create_user(email, name="A reader", joined_at=clock.now(), welcomed_at=clock.now())
    browser = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    browser.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[0])
    return browser


def make_stories(number: int) -> None:
    at, topic = clock.now(), Topic.objects.get_or_create(name="Bench")[0]
    made = [
        Story(
            title=f"Story {place}", summary="One line of it.", url=f"https://blog.example/{place}", topic=topic,
            state="live", state_at=at, live_at=at, created_at=at,
        )
        for place in range(number)
    ]  # fmt: skip
    Story.objects.bulk_create(made)


def open_feed(browser: Client) -> int:
    reset_queries()
    answer = browser.get("/?all")
    assert answer.status_code == 200, answer.status_code
    return len(connection.queries)


def milliseconds(browser: Client) -> float:
    began = time.perf_counter()
    browser.get("/?all")
    return 1000 * (time.perf_counter() - began)
