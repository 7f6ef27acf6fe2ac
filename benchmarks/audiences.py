"""Audiences at 50,000 members and 200 audiences: the count while somebody composes, and what a feed asks of them."""

import os
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import QueryDict  # noqa: E402

from accounts.models import Team, User  # noqa: E402
from audiences import queries  # noqa: E402
from audiences.forms import sent_terms  # noqa: E402
from audiences.models import Audience, Listed, MemberList  # noqa: E402
from audiences.terms import cleaned  # noqa: E402
from benchmarks.figures import Figure  # noqa: E402
from content import queries as content  # noqa: E402
from content.models import Story  # noqa: E402
from core import clock  # noqa: E402

MEMBERS, AUDIENCES, TEAMS, STORIES, TURNS = 50_000, 200, 300, 5_000, 60
PLACES = [f"Place {number}" for number in range(40)]
SKILLS = [f"skill {number}" for number in range(60)]
MOST_MILLISECONDS = 150


def main() -> list[Figure]:
    rng = random.Random(4)
    members = make_members(rng)
    made = make_audiences(rng)
    sent = [as_sent(audience.terms) for audience in made]
    counting = milliseconds(lambda turn: queries.reach(sent_terms(sent[turn % AUDIENCES])), TURNS)
    show_plan("the count", queries.members_of(made[0].terms))
    asker = User.objects.get(pk=members[MEMBERS // 2])
    reaching = milliseconds(lambda _turn: list(queries.reaching(asker).values_list("pk", flat=True)), TURNS)
    make_stories(rng, made)
    feed = milliseconds(lambda _turn: list(content.live_stories(asker)[:30]), TURNS)
    show_plan("the stories of one member", content.live_stories(asker)[:30])
    return [
        Figure("audience count while composing, median", statistics.median(counting), "ms"),
        Figure("audience count while composing, p95", p95(counting), "ms", at_most=MOST_MILLISECONDS),
        Figure("audiences of one member, of 200, p95", p95(reaching), "ms"),
        Figure("thirty of 5,000 live stories, half of them closed, p95", p95(feed), "ms"),
    ]


def make_members(rng: random.Random) -> list[int]:
    at, password = clock.now(), make_password(None)
    Team.objects.bulk_create(Team(name=f"Bench team {number}") for number in range(TEAMS))
    teams = list(Team.objects.filter(name__startswith="Bench team").values_list("pk", flat=True))
    made = User.objects.bulk_create(
        (
            User(
                email=f"m{number}@audience.bench.example", name=f"Member {number}", team_id=rng.choice(teams),
                place=rng.choice(PLACES), country=rng.choice(["GB", "DE", "FR"]), language=rng.choice(["en", "de"]),
                skills=rng.sample(SKILLS, rng.randrange(4)), roles=["curator"] if number % 400 == 0 else [],
                joined_at=at, password=password,
            )
            for number in range(MEMBERS)
        ),
        batch_size=2000,
    )  # fmt: skip
    ids = [member.pk for member in made]
    for number in range(20):
        kept = MemberList.objects.create(name=f"Bench list {number}", made_at=at)
        Listed.objects.bulk_create(Listed(list=kept, member_id=pk) for pk in rng.sample(ids, 500))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return ids


def make_audiences(rng: random.Random) -> list[Audience]:
    at = clock.now()
    teams = list(Team.objects.filter(name__startswith="Bench team").values_list("pk", flat=True))
    lists = list(MemberList.objects.filter(name__startswith="Bench list").values_list("pk", flat=True))
    return Audience.objects.bulk_create(
        Audience(
            name=f"Bench audience {number}",
            made_at=at,
            terms=cleaned(
                {
                    "in": [
                        {"kind": "team", "values": rng.sample(teams, 8)},
                        {"kind": "place", "values": rng.sample(PLACES, 2)},
                    ],
                    "who": [
                        {"kind": "language", "values": [rng.choice(["en", "de"])]},
                        {"kind": "skill", "values": rng.sample(SKILLS, 12)},
                    ],
                    "except": [{"kind": "list", "values": [rng.choice(lists)]}],
                }
            ),
        )
        for number in range(AUDIENCES)
    )


def make_stories(rng: random.Random, made: list[Audience]) -> None:
    at = clock.now()
    Story.objects.bulk_create(
        Story(
            title=f"Audience story {number}", url=f"https://blog.example/for/{number}", state="live", state_at=at,
            live_at=at, created_at=at, audience=rng.choice(made) if number % 2 else None,
        )
        for number in range(STORIES)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE content_story")


def as_sent(terms: dict[str, Any]) -> QueryDict:
    """As a browser sends it."""
    sent = QueryDict(mutable=True)
    for clause, said in terms.items():
        for term in said:
            sent.setlist(f"for-{clause}-{term['kind']}", term["values"])
    return sent


def milliseconds(do: Callable[[int], Any], turns: int) -> list[float]:
    do(0)
    times = []
    for turn in range(turns):
        began = time.perf_counter()
        do(turn)
        times.append(1000 * (time.perf_counter() - began))
    return times


def p95(times: list[float]) -> float:
    return sorted(times)[int(0.95 * len(times))]


def show_plan(of: str, rows: Any) -> None:
    print(f"plan of {of}:\n{rows.explain(analyze=True)}", flush=True)
