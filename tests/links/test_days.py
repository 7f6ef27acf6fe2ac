import time
from datetime import UTC, datetime

import pytest
import redis
from django.conf import settings

from links.redirect import days
from links.redirect.days import DayKey, Days, until_midnight
from tests.links.making import a_line

NOON = datetime(2030, 6, 1, 12, tzinfo=UTC)
VISITOR = "4:cb0071 firefox"


@pytest.fixture
def memory():
    client = redis.Redis.from_url(settings.REDIS_URL)
    for key in client.scan_iter("visits:2030-*"):
        client.delete(key)
    yield client
    for key in client.scan_iter("visits:2030-*"):
        client.delete(key)


def nowhere():
    return redis.Redis.from_url("unix:///nowhere/redis.sock")


def visit(**changes):
    return a_line(**{"at": NOON} | changes)


def firsts(drainer, *found):
    known = drainer.first(found)
    return [line.id in known for line in found]


@pytest.mark.parametrize("down", [False, True])
def test_a_visitor_is_new_once_a_day_and_group(memory, down):
    drainer = Days(nowhere() if down else memory)
    assert firsts(drainer, visit(), visit(), visit(group="story:2")) == [True, False, True]
    assert firsts(drainer, visit(), visit(visitor="0ther")) == [False, True]
    assert firsts(drainer, visit(at=NOON.replace(day=2))) == [True]


def test_two_drainers_share_the_day(memory):
    assert firsts(Days(memory), visit()) == [True]
    assert firsts(Days(memory), visit()) == [False]


def test_a_drainer_that_begins_again_says_the_same(memory):
    one, two = visit(), visit()
    assert firsts(Days(memory), one, two) == [True, False]
    assert firsts(Days(memory), one, two) == [True, False]


def test_a_redis_that_lost_everything_makes_nobody_new(memory):
    drainer = Days(memory)
    firsts(drainer, visit())
    memory.delete("visits:2030-06-01:story:1")
    assert firsts(drainer, visit()) == [False]


def test_everything_about_a_day_is_gone_at_midnight(memory):
    late = datetime(2030, 6, 1, 23, 59, 58, tzinfo=UTC)
    DayKey(memory, "secret").digest(VISITOR, late)
    Days(memory, lambda: late).first([visit(at=late)])
    kept = list(memory.scan_iter("visits:2030-06-01:*"))
    assert len(kept) == 2
    assert all(0 < memory.ttl(key) <= 2 for key in kept)


def test_a_line_that_waited_keeps_no_day_longer(memory):
    early, evening = NOON.replace(hour=1), NOON.replace(hour=23)
    Days(memory, lambda: evening).first([visit(at=early)])
    assert memory.ttl("visits:2030-06-01:story:1") <= 3600
    Days(memory, lambda: NOON.replace(day=4)).first([visit(at=early, visitor="another")])
    assert memory.ttl("visits:2030-06-01:story:1") <= days.LATE


def test_what_a_drainer_remembers_ends_without_anybody_coming():
    drainer = Days(None, lambda: NOON.replace(day=4))
    drainer.first([visit()])
    drainer.forget_old()
    assert drainer._own._days == {}


def test_every_process_hashes_alike_and_each_day_otherwise(memory):
    one, other = DayKey(memory, "secret"), DayKey(memory, "secret")
    assert one.digest(VISITOR, NOON) == other.digest(VISITOR, NOON)
    assert one.digest(VISITOR, NOON.replace(day=2)) != other.digest(VISITOR, NOON)


def test_what_redis_holds_does_not_suffice_to_hash(memory):
    assert DayKey(memory, "secret").digest(VISITOR, NOON) != DayKey(memory, "guessed").digest(VISITOR, NOON)


def test_a_key_that_redis_lost_is_offered_again(memory):
    one = DayKey(memory, "secret")
    before = one.digest(VISITOR, NOON)
    memory.delete("visits:2030-06-01:key")
    one._agree_at = 0.0
    one.keep(NOON)
    assert DayKey(memory, "secret").digest(VISITOR, NOON) == before


def test_a_process_that_began_alone_joins_the_others(memory):
    one = DayKey(nowhere(), "secret")
    alone = one.digest(VISITOR, NOON)
    shared = DayKey(memory, "secret").digest(VISITOR, NOON)
    assert alone != shared
    one._client, one._agree_at = memory, 0.0
    one.keep(NOON)
    assert one.digest(VISITOR, NOON) == shared


def test_a_process_forgets_yesterday_and_its_key():
    one = DayKey(None, "secret")
    one.digest(VISITOR, NOON)
    key = one._key
    one.keep(NOON.replace(day=2))
    assert one._key != key
    drainer = Days(None)
    for day in range(1, 6):
        drainer.first([visit(at=NOON.replace(day=day))])
    assert len(drainer._own._days) == 2


def test_a_redis_that_is_down_is_not_asked_again_at_once(monkeypatch):
    asked = []

    class Down(redis.Redis):
        def pipeline(self, *_args, **_more):
            asked.append(1)
            raise redis.ConnectionError

    drainer = Days(Down())
    drainer.first([visit()])
    drainer.first([visit(visitor="2")])
    assert len(asked) == 1
    later = time.monotonic() + days.REST + 1
    monkeypatch.setattr(days.time, "monotonic", lambda: later)
    drainer.first([visit(visitor="3")])
    assert len(asked) == 2


def test_a_flood_does_not_fill_the_process(monkeypatch):
    monkeypatch.setattr(days, "OWN_LIMIT", 2)
    drainer = Days(None)
    drainer.first([visit(visitor=str(number)) for number in range(4)])
    assert len(drainer._own.of(NOON.date())) == 2


@pytest.mark.parametrize(("hour", "seconds"), [(0, 86400), (12, 43200), (23, 3600)])
def test_midnight_is_that_of_utc(hour, seconds):
    assert until_midnight(datetime(2030, 3, 31, hour, tzinfo=UTC)) == seconds
