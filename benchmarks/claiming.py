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
SELECT 'bench' || n, 'https://blog.example/', 'bench', NULL, now(), true FROM generate_series(1, %s) AS n
"""
SHARE_ROWS = """
INSERT INTO shares_share (
    state, state_at, member_id, story_id, account_id, connector, words, disclosure, disclosure_before, language,
    link_id, key, record_key, planned_at, wanted_at, due_at, cut_off_at, tries, attempts_made, reason, post_id,
    post_url)
SELECT CASE WHEN row > %(due)s THEN 'cancelled' ELSE 'scheduled' END, now(), %(member)s,
    CASE WHEN row > %(due)s THEN %(story)s ELSE %(story)s + row END, %(account)s, 'x', 'Words', 'I work here.', true,
    'en', id, gen_random_uuid(), 'key', now(), now(), now() + interval '1 day' - row * interval '1 ms',
    now() + interval '3 days', 0, 0, '', '', ''
FROM (SELECT id, row_number() OVER () AS row FROM links_shortlink WHERE "group" = 'bench') AS numbered
"""


def main() -> list[Figure]:
    fill()
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


def fill() -> None:
    at = clock.now()
    member = User.objects.create_user("million@bench.example", name="A million", joined_at=at)
    account = LinkedAccount.objects.create(
        member=member, connector="x", remote_id="million", handle="@million", state="healthy", state_at=at, linked_at=at
    )
    kept = {"url": "https://blog.example/", "state_at": at, "live_at": at, "created_at": at}
    first = Story.objects.create(title="Bench", state="live", **kept)
    Story.objects.bulk_create(
        Story(pk=first.pk + place, title="Bench", state="live", **kept) for place in range(1, DUE + 1)
    )
    with connection.cursor() as cursor:
        cursor.execute(LINKS, [SHARES])
        cursor.execute(SHARE_ROWS, {"due": DUE, "member": member.pk, "story": first.pk, "account": account.pk})
    staging.as_owner("ANALYZE")  # what autovacuum does in time


def empty() -> None:
    """The next benchmark counts its own."""
    staging.as_owner("TRUNCATE shares_share CASCADE")
    assert not Share.objects.exists()
