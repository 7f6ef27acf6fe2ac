"""The page of today among 5,000 live stories, 50,000 members and 200 audiences: queries and the server's own time."""

import os
import statistics
import time
from collections.abc import Sequence
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, reset_queries  # noqa: E402
from django.test import Client  # noqa: E402

from accounts.models import Team, User  # noqa: E402
from audiences.models import Audience  # noqa: E402
from benchmarks.figures import Figure  # noqa: E402
from content.actions import find_new_words  # noqa: E402
from content.models import Following, Story, Topic  # noqa: E402
from core import clock  # noqa: E402
from shares.actions import count_tallies  # noqa: E402
from shares.models import Mark  # noqa: E402
from tests import staging  # noqa: E402

MEMBERS, STORIES, AUDIENCES, TEAMS, TOPICS = 50_000, 5_000, 200, 100, 12
PAGES = 100
MOST_QUERIES, MOST_MILLISECONDS = 12, 80


def main() -> list[Figure]:
    settings.DEBUG = True  # so that Django counts the queries
    at = clock.now()
    Story.objects.filter(state="live").update(state="withdrawn")
    teams, topics = make_firm()
    browser = a_browser("reader@bench.example")
    reader = User.objects.get(email="reader@bench.example")
    follow(reader, teams[0], topics)
    make_stories(1, topics, [])
    count_tallies(at=at, limit=STORIES)
    open_page(browser, "/")
    with_one = {path: open_page(browser, path) for path in ("/", "/?all")}
    make_stories(STORIES - 1, topics, make_audiences(teams))
    staging.as_owner("ANALYZE")  # what autovacuum does in time
    settings.DEBUG = False
    count_tallies(at=at, limit=STORIES)
    while find_new_words(limit=1000):
        pass
    make_marks(reader)
    staging.as_owner("ANALYZE")  # what autovacuum does in time
    settings.DEBUG = True
    open_page(browser, "/")
    with_thirty = {path: open_page(browser, path) for path in ("/", "/?all")}
    settings.DEBUG = False
    figures = [
        Figure("feed page, queries with 1 card", with_one["/?all"], at_most=MOST_QUERIES),
        Figure("feed page, queries with 30 cards", with_thirty["/?all"], at_most=with_one["/?all"]),
        Figure("page of today, queries with 1 card", with_one["/"], at_most=MOST_QUERIES),
        Figure("page of today, queries with 7 cards of 5,000", with_thirty["/"], at_most=with_one["/"]),
    ]
    for name, path in (("feed page", "/?all"), ("page of today", "/"), ("search", "/search/?q=bridge+apprentices")):
        times = sorted(milliseconds(browser, path) for _ in range(PAGES))
        limit = None if name == "search" else MOST_MILLISECONDS
        figures += [
            Figure(f"{name}, server time, median", statistics.median(times), "ms"),
            Figure(f"{name}, server time, p95", times[int(0.95 * len(times))], "ms", at_most=limit),
        ]
    return figures


def make_firm() -> tuple[list[Team], list[Topic]]:
    """Many colleagues, none of whom the pages below may count."""
    teams = [Team.objects.get_or_create(name=f"Bench team {number}")[0] for number in range(TEAMS)]
    topics = [Topic.objects.get_or_create(name=f"Bench {number}")[0] for number in range(TOPICS)]
    at, known = clock.now(), User.objects.count()
    User.objects.bulk_create(
        [
            User(
                name=f"Colleague {number}", email=f"c{number}@bench.example", password="!", team=teams[number % TEAMS],
                place=f"Place {number % 40}", country="GB", joined_at=at, welcomed_at=at,
            )
            for number in range(known, MEMBERS)
        ],
        batch_size=5_000, ignore_conflicts=True,
    )  # fmt: skip
    return teams, topics


def a_browser(email: str) -> Client:
    """Of a member who is signed in."""
    at = clock.now()
    member = User.objects.create_user(email, name="A reader", joined_at=at, welcomed_at=at)
    browser = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    browser.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[0])
    return browser


def follow(reader: User, team: Team, topics: list[Topic]) -> None:
    User.objects.filter(pk=reader.pk).update(team=team, place="Place 1")
    Following.objects.bulk_create(Following(member=reader, topic=topic, since=clock.now()) for topic in topics[:3])


def make_audiences(teams: list[Team]) -> list[Audience]:
    """Half of them by team, half by place and without one team."""
    terms = [
        {"in": [{"kind": "team", "values": [str(teams[number % TEAMS].pk), str(teams[(number + 1) % TEAMS].pk)]}],
         "who": [], "except": []}
        if number % 2
        else {"in": [], "who": [{"kind": "place", "values": [f"Place {number % 40}"]}],
              "except": [{"kind": "team", "values": [str(teams[number % TEAMS].pk)]}]}
        for number in range(AUDIENCES)
    ]  # fmt: skip
    return Audience.objects.bulk_create(Audience(terms=one, made_at=clock.now()) for one in terms)


def make_stories(number: int, topics: Sequence[Topic] = (), audiences: Sequence[Audience] = ()) -> None:
    """One in three is for an audience; they came live over three months, in two languages."""
    at = clock.now()
    Story.objects.bulk_create(
        [
            Story(
                title=f"A bridge, and {place} apprentices", summary="One line of it.",
                url=f"https://blog.example/{place}", topic=topics[place % len(topics)] if topics else None,
                state="live", state_at=at,
                live_at=at - timedelta(minutes=26 * place), created_at=at, language="de" if place % 4 == 0 else "en",
                audience=audiences[place % len(audiences)] if audiences and place % 3 == 0 else None,
            )
            for place in range(number)
        ],
        batch_size=1_000,
    )  # fmt: skip


def make_marks(reader: User) -> None:
    """A reader of two years has seen much, and put some of it away."""
    at = clock.now()
    stories = list(Story.objects.filter(state="live").values_list("pk", flat=True)[:2_000])
    Mark.objects.bulk_create(
        Mark(
            member=reader,
            story_id=story,
            days_seen=1 + place % 5,
            seen_at=at,
            not_for_me_at=at if place % 20 == 0 else None,
        )
        for place, story in enumerate(stories)
    )


def open_page(browser: Client, path: str) -> int:
    reset_queries()
    answer = browser.get(path)
    assert answer.status_code == 200, answer.status_code
    return len(connection.queries)


def milliseconds(browser: Client, path: str = "/?all") -> float:
    began = time.perf_counter()
    browser.get(path)
    return 1000 * (time.perf_counter() - began)
