"""Budgets: so much of something in a window of time, counted in the database and shared by all processes.

A window is as long as the bucket says and begins at a whole multiple of its length (a day at midnight, UTC); a month,
or whatever else is no fixed length, names its end itself. What is taken from several buckets is taken from all of them
or from none. What a platform says of its own count goes before ours: it can only know better.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock

from django.db import connection, transaction

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# A platform's window may begin a little after ours, at the call that we counted before it was made.
SAME_WINDOW_SECONDS = 60
KEPT = timedelta(days=62)
_heard: "dict[str, Told]" = {}
_hearing = Lock()


@dataclass(frozen=True)
class Bucket:
    """`allowed` in each `window`. One thing takes `costs` of it; `ends` is for windows of no fixed length."""

    key: str
    allowed: int
    window: timedelta
    costs: int = 1
    ends: datetime | None = None

    def over_at(self, at: datetime) -> datetime:
        """When the window that `at` lies in is over."""
        return self.ends or at + self.window - (at - EPOCH) % self.window


@dataclass(frozen=True)
class Told:
    """What a platform said of one bucket."""

    key: str
    remaining: int
    resets_at: datetime


@dataclass
class Level:
    """How a bucket stands: `taken` by us in this window, of which a platform allows no more than `cap`."""

    taken: int
    cap: int | None
    resets_at: datetime
    changed: bool = False

    def left(self, bucket: Bucket) -> int:
        return min(bucket.allowed, bucket.allowed if self.cap is None else self.cap) - self.taken

    def at(self, bucket: Bucket, at: datetime) -> "Level":
        return self if self.resets_at > at else Level(0, None, bucket.over_at(at))


def take(buckets: Sequence[Bucket], *, at: datetime, amount: int = 1, keep: int = 0) -> datetime | None:
    """Take from all of these or from none. None when taken, else when to ask again.

    `keep` leaves so much in each for others. Take once in a transaction: the rows stay locked until it is over.
    """
    short = take_each([buckets], at=at, amount=amount, keep=keep)[0]
    return short.until if short else None


@dataclass(frozen=True)
class Short:
    """What could not be taken: `missing` are the buckets that have too little, and all have more at `until`."""

    until: datetime
    missing: frozenset[str]


def take_each(
    wishes: Sequence[Sequence[Bucket]], *, at: datetime, amount: int = 1, keep: int = 0
) -> list[Short | None]:
    """`take` for many, each for itself and in this order, by two statements in all. None for what was taken."""
    keys = sorted({bucket.key for wish in wishes for bucket in wish})
    if not keys:
        return [None] * len(wishes)
    with transaction.atomic():
        levels = _locked(keys)
        answers = [_take(wish, levels, at, amount, keep) for wish in wishes]
        _save({key: level for key, level in levels.items() if level.changed})
    return answers


def _take(wish: Sequence[Bucket], levels: dict[str, Level], at: datetime, amount: int, keep: int) -> Short | None:
    now = [(bucket, levels[bucket.key].at(bucket, at)) for bucket in wish]
    short = {bucket.key: level.resets_at for bucket, level in now if level.left(bucket) < amount * bucket.costs + keep}
    if short:
        return Short(max(short.values()), frozenset(short))
    for bucket, level in now:
        level.taken += amount * bucket.costs
        level.changed = True
        levels[bucket.key] = level
    return None


def give_back(buckets: Sequence[Bucket], *, taken_at: datetime, amount: int = 1) -> None:
    """What was taken at that moment was not used after all. Nothing happens once its window is over."""
    with connection.cursor() as cursor:
        for bucket in sorted(buckets, key=lambda bucket: bucket.key):
            seconds = bucket.window.total_seconds()
            cursor.execute(GIVE_BACK, [amount * bucket.costs, bucket.key, taken_at, seconds, taken_at])


def told(key: str, *, remaining: int, resets_at: datetime, at: datetime) -> None:
    """What a platform's header said of one bucket."""
    told_all([Told(key, remaining, resets_at)], at=at)


def told_all(news: Iterable[Told], *, at: datetime) -> None:
    """Several at once. An older answer that comes late raises nothing: within a window the least that was said counts,
    since a platform cannot have counted yet what is still on its way there."""
    least: dict[str, Told] = {}
    for each in news:
        known = least.get(each.key)
        if each.resets_at > at and (known is None or (each.remaining, each.key) < (known.remaining, known.key)):
            least[each.key] = each
    if not least:
        return
    rows = [least[key] for key in sorted(least)]
    keys, resets = [each.key for each in rows], [each.resets_at for each in rows]
    remaining = [max(0, each.remaining) for each in rows]
    with connection.cursor() as cursor:
        cursor.execute(TOLD, (keys, remaining, resets, at, SAME_WINDOW_SECONDS, at, SAME_WINDOW_SECONDS))


def hear(said: Told) -> None:
    """Keep what a header said, on whatever thread, until `note_heard` writes it. Of several answers that speak of one
    window the one that leaves least counts."""
    with _hearing:
        known = _heard.get(said.key)
        if known is None or (said.resets_at, -said.remaining) > (known.resets_at, -known.remaining):
            _heard[said.key] = said


def note_heard(*, at: datetime) -> None:
    """Write what was heard in this process since the last time, by one statement."""
    with _hearing:
        news = list(_heard.values())
        _heard.clear()
    if news:
        told_all(news, at=at)


def levels(buckets: Iterable[Bucket], *, at: datetime) -> dict[str, Level]:
    """How these stand, for pages: nothing is locked, and what was never used is full."""
    by_key = {bucket.key: bucket for bucket in buckets}
    with connection.cursor() as cursor:
        cursor.execute(READ, [list(by_key)])
        found = {key: Level(taken, cap, resets_at) for key, taken, cap, resets_at in cursor.fetchall()}
    fresh = Level(0, None, at)
    return {key: found.get(key, fresh).at(bucket, at) for key, bucket in by_key.items()}


def forget_old(*, at: datetime) -> int:
    """Rows whose window has long been over count for nothing."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_taken WHERE resets_at < %s", [at - KEPT])
        return int(cursor.rowcount)


def _locked(keys: Sequence[str]) -> dict[str, Level]:
    """In the order of their keys, as everybody locks them. A key that is new is written first."""
    found = _read_locked(keys)
    if missing := [key for key in keys if key not in found]:
        with connection.cursor() as cursor:
            cursor.execute(ADD, (EPOCH, missing))
        found = _read_locked(keys)
    return found


def _read_locked(keys: Sequence[str]) -> dict[str, Level]:
    with connection.cursor() as cursor:
        cursor.execute(f"{READ} ORDER BY key FOR UPDATE", [list(keys)])
        return {key: Level(taken, cap, resets_at) for key, taken, cap, resets_at in cursor.fetchall()}


def _save(levels: Mapping[str, Level]) -> None:
    if not levels:
        return
    rows = list(levels.values())
    taken, caps, resets = [row.taken for row in rows], [row.cap for row in rows], [row.resets_at for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(SAVE, (list(levels), taken, caps, resets))


READ = "SELECT key, taken, cap, resets_at FROM core_taken WHERE key = ANY(%s)"
ADD = """
INSERT INTO core_taken (key, taken, cap, resets_at)
SELECT key, 0, NULL, %s FROM unnest(%s::text[]) AS key ORDER BY key ON CONFLICT (key) DO NOTHING
"""
SAVE = """
UPDATE core_taken SET taken = new.taken, cap = new.cap, resets_at = new.resets_at
FROM unnest(%s::text[], %s::bigint[], %s::bigint[], %s::timestamptz[]) AS new (key, taken, cap, resets_at)
WHERE core_taken.key = new.key
"""
GIVE_BACK = """
UPDATE core_taken SET taken = greatest(0, taken - %s)
WHERE key = %s AND resets_at > %s AND resets_at - %s * interval '1 second' <= %s
"""
# A window that ends clearly later than ours is another one: then the platform's word is all there is.
TOLD = """
INSERT INTO core_taken AS known (key, taken, cap, resets_at)
SELECT * FROM (SELECT key, 0, remaining, resets_at
    FROM unnest(%s::text[], %s::bigint[], %s::timestamptz[]) AS said (key, remaining, resets_at)) AS news
ON CONFLICT (key) DO UPDATE SET
    taken = CASE WHEN known.resets_at > %s AND excluded.resets_at <= known.resets_at + %s * interval '1 second'
        THEN known.taken ELSE 0 END,
    cap = CASE WHEN known.resets_at > %s AND excluded.resets_at <= known.resets_at + %s * interval '1 second'
        THEN least(known.cap, known.taken + excluded.cap) ELSE excluded.cap END,
    resets_at = excluded.resets_at
"""
