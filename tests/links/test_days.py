import time
from datetime import UTC, datetime

import pytest
import redis
from django.conf import settings

from links.redirect import days
from links.redirect.days import Days, OwnMemory, until_midnight

NOON = datetime(2030, 6, 1, 12, tzinfo=UTC)
VISIT = ("story:1", "203.0.113.0/24 firefox")


@pytest.fixture
def memory():
    client = redis.Redis.from_url(settings.REDIS_URL)
    for key in client.scan_iter("visits:2030-*"):
        client.delete(key)
    yield client
    for key in client.scan_iter("visits:2030-*"):
        client.delete(key)


def test_a_visitor_is_new_once_a_day(memory):
    web = Days(memory, "secret")
    assert web.first([VISIT], at=NOON) == [True]
    assert web.first([VISIT, VISIT], at=NOON) == [False, False]
    assert web.first([VISIT], at=NOON.replace(day=2)) == [True]


def test_twice_in_one_batch_is_once(memory):
    assert Days(memory, "secret").first([VISIT, VISIT], at=NOON) == [True, False]


def test_groups_are_told_apart(memory):
    web = Days(memory, "secret")
    assert web.first([VISIT, ("story:2", VISIT[1])], at=NOON) == [True, True]


def test_two_processes_share_the_day(memory):
    assert Days(memory, "secret").first([VISIT], at=NOON) == [True]
    assert Days(memory, "secret").first([VISIT], at=NOON) == [False]


def test_everything_about_a_day_is_gone_at_midnight(memory):
    Days(memory, "secret").first([VISIT], at=datetime(2030, 6, 1, 23, 59, 58, tzinfo=UTC))
    kept = list(memory.scan_iter("visits:2030-06-01:*"))
    assert len(kept) == 2
    assert all(0 < memory.ttl(key) <= 2 for key in kept)


def test_redis_holds_neither_address_nor_browser(memory):
    Days(memory, "secret").first([VISIT], at=NOON)
    (member,) = memory.smembers("visits:2030-06-01:story:1")
    assert len(member) == 12
    assert b"203" not in member


def test_what_redis_holds_does_not_suffice_to_hash(memory):
    Days(memory, "secret").first([VISIT], at=NOON)
    shared = memory.get("visits:2030-06-01:key")
    assert days.digest(shared, VISIT[1]) not in memory.smembers("visits:2030-06-01:story:1")


def test_without_redis_the_process_tells_them_apart_itself():
    web = Days(redis.Redis.from_url("unix:///nowhere/redis.sock"), "secret")
    assert web.first([VISIT, VISIT], at=NOON) == [True, False]
    assert web.first([VISIT], at=NOON) == [False]


def test_a_redis_that_is_down_is_not_asked_again_at_once(monkeypatch):
    asked = []

    class Down(redis.Redis):
        def pipeline(self, *_args, **_more):
            asked.append(1)
            raise redis.ConnectionError

    web = Days(Down(), "secret")
    web.first([VISIT], at=NOON)
    web.first([VISIT], at=NOON)
    assert len(asked) == 1
    later = time.monotonic() + days.REST + 1
    monkeypatch.setattr(days.time, "monotonic", lambda: later)
    web.first([VISIT], at=NOON)
    assert len(asked) == 2


def test_a_process_forgets_yesterday_and_its_key():
    own = OwnMemory()
    own.first([VISIT], at=NOON)
    key = own._key
    assert own.first([VISIT], at=NOON.replace(day=2)) == [True]
    assert own._key != key


def test_a_flood_without_redis_does_not_fill_the_process(monkeypatch):
    monkeypatch.setattr(days, "OWN_LIMIT", 2)
    own = OwnMemory()
    assert own.first([("story:1", str(n)) for n in range(4)], at=NOON) == [True, True, False, False]


@pytest.mark.parametrize(("hour", "seconds"), [(0, 86400), (12, 43200), (23, 3600)])
def test_midnight_is_that_of_utc(hour, seconds):
    assert until_midnight(datetime(2030, 3, 31, hour, tzinfo=UTC)) == seconds
