"""Points are derived, not granted: this looks at the facts and adds the rows that are missing.

Every row follows from shares and clicks alone and is unique by rule and cause. So deriving again adds nothing, an
emptied ledger fills with the same rows, and it does not matter when, how often or how many at once do it. Only the
team is not a fact kept elsewhere: a row has the team its member was in when the row was first written.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from recognition.actions import scheme
from recognition.actions.shares import own_words_rows, published, share_rows
from recognition.actions.taking_back import counter_rows
from recognition.actions.visits import visit_rows
from recognition.models import Derived, LedgerRow

LOCK = 7_211_030
OVERLAP = timedelta(days=1)  # facts may come late: clicks kept on disk, answers of a platform
BATCH = 1000


def derive_points(*, at: datetime) -> int:
    """Add every missing row; how many that were. A second one at the same time does nothing."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                return 0
        since = _since(at)
        added = _add_shares(since) + _add(visit_rows(since)) + _add(counter_rows(since))
        Derived.objects.update_or_create(pk=1, defaults={"until": at})
    return added


def _since(at: datetime) -> datetime | None:
    """From when on facts may be new; None means all of them, as with an empty ledger."""
    done = Derived.objects.filter(pk=1).first()
    if done is None or not LedgerRow.objects.exists():
        return None
    return min(done.until, at) - OVERLAP


def _add_shares(since: datetime | None) -> int:
    judged = LedgerRow.objects.filter(rule=scheme.FIRST_SHARE, share=OuterRef("pk"))
    fresh = published().filter(~Exists(judged))
    if since is not None:
        fresh = fresh.filter(state_at__gte=since)
    waiting = dict(fresh.values_list("pk", "member"))
    rows = [row for row in share_rows(set(waiting.values())) if row.share_id in waiting] if waiting else []
    earning = {row.share_id: row for row in rows if row.points and row.share_id}
    return _add(rows) + _add(own_words_rows(earning) if earning else [])


def _add(rows: Iterable[LedgerRow]) -> int:
    """Insert those that are not there yet."""
    wanted = {(row.rule, row.cause): row for row in rows}
    causes = {cause for _, cause in wanted}
    there = set(LedgerRow.objects.filter(cause__in=causes).values_list("rule", "cause")) if causes else set()
    missing = [row for key, row in wanted.items() if key not in there]
    LedgerRow.objects.bulk_create(missing, batch_size=BATCH, ignore_conflicts=True)
    return len(missing)
