"""What a claim costs with a million shares in the table: time, plan, and rows touched."""

import os
import re
import statistics
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from accounts.models import LinkedAccount, User  # noqa: E402
from benchmarks.figures import Figure  # noqa: E402
from content.models import Story  # noqa: E402
from core import clock  # noqa: E402
from shares.actions.sending import claimable  # noqa: E402
from shares.models import Share  # noqa: E402
from tests import staging  # noqa: E402

SHARES = 1_000_000
DUE = 10_000
LIMIT = 64
RUNS = 50

LINKS = """
INSERT INTO links_shortlink (code, target, "group", owner_id, created_at, counts)
SELECT %(run)s || n, 'https://blog.example/', %(run)s, NULL, now(), true FROM generate_series(1, %(shares)s) AS n
"""
# What differs from row to row, or is not as the model has it.
COLUMNS = {
    "state": "CASE WHEN row > %(due)s THEN 'cancelled' ELSE %(state)s END",
    "state_at": "now()",
    "member_id": "%(member)s",
    "story_id": "CASE WHEN row > %(due)s THEN %(story)s ELSE %(story)s + row END",
    "account_id": "%(account)s",
    "connector": "'x'",
    "words": "'Words'",
    "disclosure": "'I work here.'",
    "language": "'en'",
    "link_id": "id",
    "key": "gen_random_uuid()",
    "record_key": "'key'",
    "planned_at": "now()",
    "wanted_at": "now()",
    "due_at": "now() + interval '1 day' - row * interval '1 ms'",
    "cut_off_at": "now() + interval '3 days'",
}
NEXT_KEY = "SELECT setval(pg_get_serial_sequence('content_story', 'id'), (SELECT max(id) FROM content_story))"


def main() -> list[Figure]:
    fill(SHARES, DUE)
    at = clock.now() + timedelta(days=2)  # so that no worker of the stack takes them
    rows = claimable(at)[:LIMIT]
    with transaction.atomic():
        plan = rows.explain(analyze=True)
    print(plan)
    times = sorted(timed(at) for _ in range(RUNS))
    scans = re.findall(r"using (\S+) on shares_share.*?actual time=\S+ rows=([\d.]+)", plan)
    index, touched = scans[0] if scans else ("none", "0")
    empty()
    return [
        Figure(f"claim of {LIMIT} among {SHARES:,} shares, median", statistics.median(times), "ms", at_most=5),
        Figure("… rows of shares touched", float(touched), at_most=2 * LIMIT),
        Figure("… by the partial index, 1 is yes", float(index == "shares_due"), at_least=1),
        Figure("… sorts in the plan", float(plan.count("Sort Key")), at_most=0),
    ]


def timed(at: object) -> float:
    """The statement alone; the rows are let go again."""
    with transaction.atomic(), connection.cursor() as cursor:
        sql, params = claimable(at)[:LIMIT].query.sql_with_params()
        began = time.perf_counter()
        cursor.execute(sql, params)
        taken = 1000 * (time.perf_counter() - began)
        cursor.fetchall()
    return taken


def fill(shares: int, due: int, *, state: str = "scheduled", run: str = "bench") -> None:
    """So many shares, the first `due` of them each of a story of its own and in that state, the others cancelled."""
    at = clock.now()
    member = User.objects.create_user(f"{run}@bench.example", name="A million", joined_at=at)
    account = LinkedAccount.objects.create(
        member=member, connector="x", remote_id=run, handle=f"@{run}", state="healthy", state_at=at, linked_at=at
    )
    kept = {"url": "https://blog.example/", "state_at": at, "live_at": at, "created_at": at}
    first = Story.objects.create(title="Bench", state="live", **kept)
    Story.objects.bulk_create(
        [Story(pk=first.pk + place, title="Bench", state="live", **kept) for place in range(1, due + 1)], 5000
    )
    given = {"run": run, "shares": shares, "due": due, "state": state, "member": member.pk, "story": first.pk}
    with connection.cursor() as cursor:
        cursor.execute(LINKS, given)
        cursor.execute(share_rows(), given | usual() | {"account": account.pk})
        # Their keys were given here, and the next story takes the one after them.
        cursor.execute(NEXT_KEY)
    staging.as_owner("ANALYZE")  # what autovacuum does in time


def usual() -> dict[str, object]:
    """What a new share has in every column that must not be empty and is not chosen here."""
    fields = [field for field in Share._meta.concrete_fields if not (field.null or field.primary_key)]
    return {
        field.column: field.get_db_prep_save(field.get_default(), connection)
        for field in fields
        if field.column not in COLUMNS
    }


def share_rows() -> str:
    columns = COLUMNS | {column: f"%({column})s" for column in usual()}
    return (
        f"INSERT INTO shares_share ({', '.join(columns)}) SELECT {', '.join(columns.values())} "
        'FROM (SELECT id, row_number() OVER () AS row FROM links_shortlink WHERE "group" = %(run)s) AS numbered'
    )


def empty() -> None:
    """The next benchmark counts its own."""
    staging.as_owner("TRUNCATE shares_share CASCADE")
    assert not Share.objects.exists()
