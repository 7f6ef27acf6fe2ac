"""The check for nearly the same words against a million captions: time, plan, rows touched, and what it finds.

The million is staged with the product's own fingerprints, as posts handed over, which no worker touches. One in twenty
was left out, one is over its thirty days, two stand on another platform: those may not be found, nor one's own. Among
them are sayings that thousands begin with, and a suggestion that thousands posted as it was. Asked is what the composer
asks, and what a sending asks.
"""

import io
import os
import random
import re
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from multiprocessing import get_context
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
django.setup()

from django.db import connection  # noqa: E402

from accounts.models import User  # noqa: E402
from benchmarks import claiming  # noqa: E402
from benchmarks.figures import Figure  # noqa: E402
from connectors import alike  # noqa: E402
from connectors.alike import print_of  # noqa: E402
from content.models import Story  # noqa: E402
from core import clock  # noqa: E402
from shares.models import Share  # noqa: E402
from shares.queries import colleague_sentences, wording  # noqa: E402
from tests import staging  # noqa: E402

SIZES = (100_000, 1_000_000)
MEMBERS, STORIES = 5_000, 200  # each member has each story once
ASKED = 100  # texts that somebody said before, and as many that are new
PLANS = 40
OFTEN = 200  # one in so many is the same suggestion, posted word for word on LinkedIn
SUGGESTED = "Nell’s bakery in Leeds sold its van and kept the bike. Sixty loaves a morning, up Chapeltown Road. #leeds"
BATCH = 20_000
MOST_MILLISECONDS, MOST_TOUCHED, RECALL = 20, 1_000, 0.95

ASKER = 7  # whose own words are not a colleague's
# Place in twenty: what becomes of a row.
LEFT_OUT, OVER, ELSEWHERE = 0, 1, (2, 3)
STAGED = """
CREATE TEMP TABLE staged (number integer, words text, pairs integer[], bands integer[]) ON COMMIT DROP
"""
INDEX = "SELECT pg_get_indexdef('fingerprints_alike'::regclass)"
COLUMNS = {name: sql for name, sql in claiming.COLUMNS.items() if name != "link_id"} | {
    "id": "%(before)s + number",
    "state": f"CASE WHEN number %% 20 = {LEFT_OUT} THEN 'dropped' ELSE 'handed_over' END",
    "member_id": f"(%(members)s)[1 + number %% {MEMBERS}]",
    "account_id": "NULL::bigint",
    "story_id": f"(%(stories)s)[1 + number / {MEMBERS}]",
    "connector": f"CASE WHEN number %% 20 IN {ELSEWHERE} THEN 'linkedin' ELSE 'x' END",
    "words": "words",
    "planned_at": "%(at)s - number * interval '1 second'",
    "due_at": "%(at)s",
}
FINGERPRINTS = f"""
INSERT INTO shares_fingerprint (share_id, member_id, connector, at, until, pairs, bands)
SELECT %(before)s + number, share.member_id, share.connector, share.planned_at,
%(at)s + CASE WHEN number %% 20 = {OVER} THEN interval '-1 hour' ELSE interval '18 days' END, pairs, bands
FROM staged JOIN shares_share AS share ON share.id = %(before)s + number
"""
BEFORE = 1_000_000_000  # staged shares have keys above all that the sequence will give

WORDS = staging.VOCABULARY.split()
COMMON = (
    "Proud of this team, who", "What I like about my job:", "This made my week.", "A small thing that says a lot:",
    "Nobody believed it would work, and then", "Two years ago this was a drawing on a napkin.",
)  # fmt: skip
_parts = random.Random(7)
PARTS = [[" ".join(_parts.choices(WORDS, k=_parts.randint(3, 5))) for _ in range(400)] for _slot in range(8)]


@dataclass(frozen=True)
class Firm:
    members: list[int]
    stories: list[int]
    at: datetime


def main() -> list[Figure]:
    claiming.empty()
    firm = a_firm()
    figures, staged = [], 0
    for size in SIZES:
        began = time.perf_counter()
        stage(firm, staged, size)
        print(f"{size:,} texts staged after {time.perf_counter() - began:.0f} s", flush=True)
        staged = size
        figures += measure(firm, size)
    claiming.empty()
    return figures


def measure(firm: Firm, size: int) -> list[Figure]:
    last = size == SIZES[-1]
    asker = User.objects.get(pk=firm.members[ASKER])
    door = Door(asker, Story.objects.get(pk=firm.stories[0]), firm.at)
    rng = random.Random(size)
    known = [changed(caption(number), rng) for number in numbers(rng, size, ASKED, counts)]
    new = [caption(SIZES[-1] + size + number) for number in range(ASKED)]
    door.asks(new[0])
    times = sorted(milliseconds(door.asks, words) for words in [*known, *new])
    figures = [Figure(f"nearly the same among {size:,}, p95", p95(times), "ms", at_most=MOST_MILLISECONDS)]
    if not last:
        return figures
    plans = [door.plan(words) for words in [*known[: PLANS // 2], *new[: PLANS // 2]]]
    print(plans[0])
    touched, indexed = [rows_of(plan) for plan in plans], ["Scan on fingerprints_alike" in plan for plan in plans]
    free = [number for kept in (lambda n: not counts(n), is_askers) for number in numbers(rng, size, ASKED // 2, kept)]
    return [
        *figures,
        Figure("… median", statistics.median(times), "ms"),
        Figure("… rows touched, most of 40", max(touched), at_most=MOST_TOUCHED),
        Figure("… by its index, share of plans", statistics.mean(indexed), at_least=1),
        *often(door),
        Figure("… found, of those said before with a little changed", statistics.mean(map(door.asks, known)),
            at_least=RECALL),
        Figure("… found, of new ones", sum(map(door.asks, new)), at_most=0),
        Figure("… found, of what is over, left out, elsewhere or one's own",
            sum(door.asks(caption(number)) for number in free), at_most=0),
        *sending(firm, rng),
    ]  # fmt: skip


@dataclass(frozen=True)
class Door:
    """What the composer asks while somebody types."""

    asker: User
    story: Story
    at: datetime

    def asks(self, words: str, on: str = "x") -> bool:
        return bool(colleague_sentences(member=self.asker, story=self.story, connector=on, words=words, at=self.at))

    def plan(self, words: str) -> str:
        given = wording.alike_given({0: (print_of(words), "x")}, slice(None), member=self.asker, at=self.at)
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {wording.ALIKE}", given)
            return "\n".join(line for (line,) in cursor.fetchall())


def often(door: Door) -> list[Figure]:
    """Words that thousands have posted, asked where they did and where nobody did."""
    there = sorted(milliseconds(lambda on: door.asks(SUGGESTED, on), "linkedin") for _ in range(ASKED))
    elsewhere = sorted(milliseconds(lambda on: door.asks(SUGGESTED, on), "x") for _ in range(ASKED))
    assert door.asks(SUGGESTED, "linkedin") and not door.asks(SUGGESTED, "x")
    return [
        Figure("… words that 5,000 posted there, p95", p95(there), "ms", at_most=MOST_MILLISECONDS),
        Figure("… words that 5,000 posted elsewhere, p95", p95(elsewhere), "ms", at_most=MOST_MILLISECONDS),
    ]


def sending(firm: Firm, rng: random.Random) -> list[Figure]:
    """What is asked once more when a post goes out, one by one and as a claim does."""
    drawn = [BEFORE + number for number in numbers(rng, SIZES[-1], 64 * 5, counts)]
    shares = list(Share.objects.filter(pk__in=drawn))
    one = [milliseconds(lambda share: wording.said_first([share], at=firm.at), share) for share in shares[:200]]
    claims = [shares[start : start + 64] for start in range(0, len(shares), 64)]
    many = [milliseconds(lambda claim: wording.said_first(claim, at=firm.at), claim) for claim in claims]
    return [
        Figure("… asked again at sending, p95", p95(one), "ms", at_most=MOST_MILLISECONDS),
        Figure("… for 64 shares at once, median", statistics.median(many), "ms"),
    ]


# What is staged


def a_firm() -> Firm:
    at = clock.now()
    members = User.objects.bulk_create(
        [
            User(name=f"Writer {number}", email=f"w{number}@bench.example", password="!", joined_at=at)
            for number in range(MEMBERS)
        ],
        2_000,
    )
    kept = {"url": "https://blog.example/", "state": "withdrawn", "state_at": at, "live_at": at, "created_at": at}
    stories = Story.objects.bulk_create([Story(title=f"Said {number}", **kept) for number in range(STORIES)])
    return Firm([one.pk for one in members], [one.pk for one in stories], at)


def stage(firm: Firm, first: int, last: int) -> None:
    """The captions of these numbers, as shares with the fingerprints the product would write."""
    columns = COLUMNS | {column: f"%({column})s" for column in claiming.usual()}
    shares = f"INSERT INTO shares_share ({', '.join(columns)}) SELECT {', '.join(columns.values())} FROM staged"
    given = vars(firm) | claiming.usual() | {"before": BEFORE, "state": ""}
    with staging.owners_cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute(STAGED)
        for lines in staged_lines(first, last):
            cursor.copy_expert("COPY staged FROM STDIN", io.StringIO(lines))
        cursor.execute(shares, given)
        cursor.execute(INDEX)
        index = cursor.fetchone()[0]
        cursor.execute("DROP INDEX fingerprints_alike")
        cursor.execute(FINGERPRINTS, given)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(index)  # made anew it is the same, and several times as fast
    staging.as_owner("ANALYZE")  # what autovacuum does in time


def staged_lines(first: int, last: int) -> Iterator[str]:
    """Drawn up on every processor: the fingerprints are most of the work."""
    batches = [range(start, min(start + BATCH, last)) for start in range(first, last, BATCH)]
    with get_context("fork").Pool(initializer=remember_hashes) as pool:
        yield from pool.imap(lines_of, batches)


def remember_hashes() -> None:
    """A million captions have few pairs of words that are not in others too. What is timed remembers nothing."""
    alike._hashes = lru_cache(maxsize=None)(alike._hashes)


def lines_of(numbers: Iterable[int]) -> str:
    return "".join(map(line_of, numbers))


def line_of(number: int) -> str:
    words = caption(number)
    said = print_of(words)
    bands = said.bands_on("linkedin" if number % 20 in ELSEWHERE else "x")
    return f"{number}\t{words}\t{array(said.pairs)}\t{array(bands)}\n"


def array(numbers: Iterable[int]) -> str:
    return "{" + ",".join(map(str, sorted(numbers))) + "}"


def caption(number: int) -> str:
    """Two sentences of parts that others use too; always the same for a number."""
    if number % OFTEN == ELSEWHERE[0]:
        return f"{SUGGESTED} https://go.firm.example/{number:x}"
    rng = random.Random(number)
    parts = [rng.choice(slot) for slot in PARTS[: rng.randint(5, 7)]]
    opening = rng.choice(COMMON) + " " if rng.random() < 0.3 else ""
    middle = len(parts) // 2
    sentences = f"{', '.join(parts[:middle]).capitalize()}. {' '.join(parts[middle:]).capitalize()}."
    return f"{opening}{sentences} #{rng.choice(WORDS)} https://go.firm.example/{number:x}"


def changed(words: str, rng: random.Random) -> str:
    """As somebody does who makes suggested words a little more their own: two small changes."""
    for change in rng.sample(CHANGES, 2):
        words = change(words, rng)
    return words


def another_word(words: str, rng: random.Random) -> str:
    all_words = words.split()
    all_words[rng.randrange(len(all_words) - 2)] = rng.choice(WORDS)
    return " ".join(all_words)


CHANGES: list[Callable[[str, random.Random], str]] = [
    another_word,
    lambda words, _rng: re.sub(r"https://\S+", "https://go.firm.example/other", words),
    lambda words, rng: f"{words} #{rng.choice(WORDS)} #{rng.choice(WORDS)}",
    lambda words, _rng: f"🚲 {words} 🎉🎉",
    lambda words, _rng: words.replace(",", " –").replace(".", "!"),
    lambda words, _rng: words.upper(),
]


def counts(number: int) -> bool:
    return number % 20 not in (LEFT_OUT, OVER, *ELSEWHERE) and not is_askers(number)


def is_askers(number: int) -> bool:
    return number % MEMBERS == ASKER


def numbers(rng: random.Random, size: int, wanted: int, fit: Callable[[int], bool]) -> list[int]:
    fitting = [number for number in range(size) if fit(number)]
    return rng.sample(fitting, min(wanted, len(fitting)))


def milliseconds(do: Callable[[Any], object], about: Any) -> float:
    began = time.perf_counter()
    do(about)
    return 1000 * (time.perf_counter() - began)


def p95(times: list[float]) -> float:
    return sorted(times)[int(0.95 * len(times))]


def rows_of(plan: str) -> float:
    """How many fingerprints were looked at: those that fit, and those that the filter took out."""
    scan = re.search(r"Scan on shares_fingerprint found .*?rows=([\d.]+) loops=(\d+)(?:(?!->).)*", plan, re.S)
    if not scan:
        return float("inf")
    removed = re.search(r"Rows Removed by Filter: ([\d.]+)", scan[0])
    return (float(scan[1]) + (float(removed[1]) if removed else 0)) * int(scan[2])
