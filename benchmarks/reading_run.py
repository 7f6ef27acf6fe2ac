"""The run of benchmarks/readings.py: posts of four weeks, some of them still to come out, read minute by minute."""

import json
import math
import os
import random
import sys
import time
import uuid
from collections import Counter
from dataclasses import asdict
from datetime import datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Min  # noqa: E402

from accounts import queries as accounts  # noqa: E402
from accounts.actions.health import sealed  # noqa: E402
from accounts.models import LinkedAccount, User  # noqa: E402
from benchmarks.figures import Figure  # noqa: E402
from benchmarks.reading_door import LARGEST, CountingDoor  # noqa: E402
from connectors import registry  # noqa: E402
from content.models import Story  # noqa: E402
from core import clock, wake  # noqa: E402
from core.partitions import make_months  # noqa: E402
from links.models import ShortLink  # noqa: E402
from reach import actions  # noqa: E402
from reach.actions.pools import spare_the_lonely  # noqa: E402
from reach.models import Reading, ReadingPlan  # noqa: E402
from shares.models import Share  # noqa: E402

POSTS = int(os.environ.get("POSTS", "100000"))
HOURS = int(os.environ.get("HOURS", "24"))
WEEKS = timedelta(days=28)
EACH = 40  # posts of one member in these weeks
STEP = timedelta(minutes=1)
# Most of a firm's people are on one or two servers.
SERVERS = ("https://social.example",) * 6 + ("https://town.example",) * 3 + ("https://elsewhere.example",)
POST_IDS = {
    "x": "{}", "mastodon": "{}", "threads": "{}", "bluesky": "at://did:plc:bench/app.bsky.feed.post/{}",
    "linkedin": "urn:li:share:{}",
}  # fmt: skip


def main() -> list[Figure]:
    call_command("migrate", verbosity=0)
    at = clock.now()
    make_months(at=at)
    door = CountingDoor({})
    accounts.door = lambda: door  # type: ignore[assignment]
    accounts.connectors.cache_clear()
    began = time.monotonic()
    stage(door, at)
    say(f"{POSTS:,} posts staged in {time.monotonic() - began:.0f} s")
    began = time.monotonic()
    late = run(door, at)
    say(f"{HOURS} hours read in {time.monotonic() - began:.0f} s")
    return figures(door, late)


def run(door: CountingDoor, at: datetime) -> list[float]:
    """As the worker does it: a ring a minute, and each batch by a task of its own. Minutes that readings came after
    their window had closed."""
    rung: list[list[int]] = []
    wake.ring = lambda task, *args: rung.append(*args)  # type: ignore[assignment]
    over, late = at + timedelta(hours=HOURS), []
    while at < over:
        at += STEP
        door.at = at
        overdue = ReadingPlan.objects.filter(late_at__lte=at).aggregate(late=Min("late_at"))["late"]
        late.append((at - overdue) / STEP if overdue else 0.0)
        while actions.ring_due(at=at):
            for share_ids in rung:
                actions.read_posts(share_ids=share_ids, at=at)
            rung.clear()
    return late


def figures(door: CountingDoor, late: list[float]) -> list[Figure]:
    named = {key: connector.name for key, connector in accounts.connectors().items()}
    least: Counter[str] = Counter()
    for (platform, _), posts in door.read.items():
        least[platform] += math.ceil(posts / LARGEST[platform]) * accounts.connectors()[platform].read_calls
    rows = [
        Figure(f"calls to {named[key]} against the fewest possible", door.calls[key] / least[key], at_most=1.1)
        for key in registry.KEYS
        if least[key]
    ]
    readings = Reading.objects.count()
    return [
        Figure(f"posts read in {HOURS} hours, of {POSTS:,} followed", readings),
        Figure("calls it took", sum(door.calls.values())),
        Figure("… the fewest possible", sum(least.values())),
        Figure("… against each other", sum(door.calls.values()) / sum(least.values()), at_most=1.1),
        *rows,
        Figure("calls over a platform's limit", sum(door.refused.values()), at_most=0),
        Figure("readings that failed", ReadingPlan.objects.filter(failures__gt=0).count(), at_most=0),
        Figure("longest wait of a post beyond its window", max(late), "min", at_most=5),
    ]


def stage(door: CountingDoor, at: datetime) -> None:
    """Directly in the tables, each platform's posts by members with forty each, spread evenly over the weeks."""
    dice = random.Random(1)
    stories = Story.objects.bulk_create(
        Story(title=f"Story {place}", url="https://blog.example/", state="live", state_at=at, live_at=at, created_at=at)
        for place in range(EACH)
    )
    for key in registry.KEYS:
        number = POSTS // len(registry.KEYS)
        members = make_accounts(key, math.ceil(number / EACH), at)
        for first in range(0, number, 5000):
            stage_posts(door, key, members, stories, range(first, min(number, first + 5000)), dice, at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    ids = list(ReadingPlan.objects.values_list("pk", flat=True))
    spare_the_lonely(ids)


def make_accounts(key: str, number: int, at: datetime) -> list[LinkedAccount]:
    people = [
        User(name=f"{key} {n}", email=f"{key}{n}@bench.example", password="!", joined_at=at) for n in range(number)
    ]
    User.objects.bulk_create(people)
    rows = [
        LinkedAccount(
            member=person, connector=key, origin=SERVERS[n % len(SERVERS)] if key == "mastodon" else "",
            remote_id=f"{n}", handle=f"@{key}{n}", state="healthy", state_at=at, linked_at=at,
            scopes=list(accounts.connectors()[key].scopes),
        )
        for n, person in enumerate(people)
    ]  # fmt: skip
    LinkedAccount.objects.bulk_create(rows)
    for row in rows:
        row.access = sealed(row, f"token-{key}-{row.pk}")
    LinkedAccount.objects.bulk_update(rows, ["access"], batch_size=500)
    return rows


def stage_posts(
    door: CountingDoor, key: str, members: list[LinkedAccount], stories: list[Story], places: range,
    dice: random.Random, at: datetime,
) -> None:  # fmt: skip
    links = ShortLink.objects.bulk_create(
        ShortLink(code=f"{key}{place}", target="https://blog.example/", group="bench", created_at=at)
        for place in places
    )
    shares = []
    for place, link in zip(places, links, strict=True):
        published = at - WEEKS + dice.random() * (WEEKS + timedelta(hours=HOURS))
        account, story = members[place // EACH], stories[place % EACH]
        shares.append(
            Share(
                member=account.member, story=story, account=account, connector=key, words="Words", link=link,
                key=uuid.UUID(int=dice.getrandbits(128)), record_key="key", state="published", state_at=published,
                planned_at=published, wanted_at=published, due_at=published, cut_off_at=published,
                published_at=published, post_id=POST_IDS[key].format(10**15 + place),
            )
        )  # fmt: skip
        door.born[shares[-1].post_id] = published
    Share.objects.bulk_create(shares)
    ReadingPlan.objects.bulk_create(actions.planned(ReadingPlan(share=share), at) for share in shares)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    for figure in main():
        print(json.dumps(asdict(figure)))
