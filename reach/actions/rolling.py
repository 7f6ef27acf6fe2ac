"""Readings rolled up by day, and single ones let go when they are old. The roll-up can be made again from what is kept
at any time, and comes out the same."""

import logging
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from reach.models import KINDS, DailyReading

log = logging.getLogger(__name__)
DAY = timedelta(days=1)
KEPT_AT_LEAST = 60  # days; the owner's function refuses younger months too

# The last value of each kind that day: a look that got no answer for one of them takes nothing away.
LAST = ", ".join(f"(array_agg({kind} ORDER BY at DESC) FILTER (WHERE {kind} IS NOT NULL))[1]" for kind in KINDS)
ROLL_UP = f"""
INSERT INTO reach_dailyreading AS kept (share_id, day, at, {", ".join(KINDS)})
SELECT share_id, (at AT TIME ZONE 'UTC')::date AS day, max(at), {LAST}
FROM reach_reading WHERE at >= %s AND at < %s AND EXISTS (SELECT 1 FROM shares_share WHERE id = share_id)
GROUP BY share_id, day
ON CONFLICT (share_id, day) DO UPDATE SET at = excluded.at, {", ".join(f"{kind} = excluded.{kind}" for kind in KINDS)}
WHERE kept.at <= excluded.at
"""
FORGET_GONE = """
DELETE FROM reach_dailyreading AS kept USING reach_readingplan AS plan
WHERE plan.share_id = kept.share_id AND plan.gone_at IS NOT NULL AND kept.day >= %s
"""


def roll_up(*, since: date, until: date) -> int:
    """Make the days from `since` to before `until` again from the single readings. How many rows were written."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ROLL_UP, [midnight(since), midnight(until)])
        made = int(cursor.rowcount)
        # A post may have been found gone while this ran.
        cursor.execute(FORGET_GONE, [since])
    return made


def roll_up_new(*, at: datetime) -> int:
    """What has come since the last time, today's so far included."""
    today = at.astimezone(UTC).date()
    last = DailyReading.objects.aggregate(day=Max("day"))["day"] or first_day() or today
    return roll_up(since=min(last, today - DAY), until=today + DAY)


def first_day() -> date | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT (min(at) AT TIME ZONE 'UTC')::date FROM reach_reading")
        found: date | None = cursor.fetchone()[0]
    return found


def drop_old_readings(*, at: datetime) -> list[str]:
    """Let go the months that lie wholly before the days that are kept, each rolled up once more before. Their names."""
    kept = max(min([settings.READINGS_KEPT_DAYS, *settings.FIGURES_KEPT_DAYS.values()]), KEPT_AT_LEAST)
    oldest_kept = f"{(at - kept * DAY).astimezone(UTC):%Y%m}"
    dropped = []
    for month in months():
        if month < oldest_kept:
            first = date(int(month[:4]), int(month[4:]), 1)
            roll_up(since=first, until=(first + 31 * DAY).replace(day=1))
            with connection.cursor() as cursor:
                cursor.execute("SELECT advocacy_drop_readings(%s)", [first])
            dropped.append(month)
    if dropped:
        log.info("let go of the single readings of %s", ", ".join(dropped))
    return dropped


def forget_days(*, at: datetime) -> int:
    """Let go what each day ended with, where a platform does not let its figures be kept. How many rows went."""
    gone = 0
    for connector, days in settings.FIGURES_KEPT_DAYS.items():
        old = DailyReading.objects.filter(share__connector=connector, day__lt=(at - days * DAY).astimezone(UTC).date())
        gone += old.delete()[0]
    return gone


def months() -> list[str]:
    """The months there is a partition for, as 202611, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT right(c.relname, 6) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid "
            "WHERE i.inhparent = 'reach_reading'::regclass ORDER BY 1"
        )
        return [month for (month,) in cursor.fetchall()]


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
