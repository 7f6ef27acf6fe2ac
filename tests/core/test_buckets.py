from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from core.buckets import (
    KEPT,
    Bucket,
    Short,
    Told,
    forget_old,
    give_back,
    hear,
    levels,
    note_heard,
    take,
    take_each,
    told,
    told_all,
)
from core.models import Taken

AT = datetime(2026, 3, 1, 9, 2, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
NEXT = datetime(2026, 3, 1, 9, 15, tzinfo=UTC)
DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def posts(allowed: int = 3, **more: object) -> Bucket:
    return Bucket("x:account:1:posts", allowed, QUARTER, **more)


def left(bucket: Bucket, at: datetime = AT) -> int:
    return levels([bucket], at=at)[bucket.key].left(bucket)


def test_a_bucket_gives_what_it_has_then_says_when_to_ask_again_and_is_full_in_the_next_window() -> None:
    assert [take([posts()], at=AT) for _ in range(4)] == [None, None, None, NEXT]
    assert take([posts()], at=NEXT - timedelta(seconds=1)) == NEXT
    assert take([posts()], at=NEXT, amount=3) is None
    assert take([posts()], at=NEXT) == NEXT + QUARTER


def test_of_several_buckets_all_give_or_none_and_the_latest_is_named() -> None:
    day = Bucket("x:app:posts", 1, DAY)
    other = Bucket("x:account:2:posts", 3, QUARTER)
    assert take([posts(), day], at=AT) is None
    assert take([other, day], at=AT) == datetime(2026, 3, 2, tzinfo=UTC)
    assert (left(posts()), left(day), left(other)) == (2, 0, 3)


def test_what_others_keep_is_left_to_them_and_a_lowered_limit_holds_at_once() -> None:
    assert take([posts()], at=AT, keep=2) is None
    assert take([posts()], at=AT, keep=2) == NEXT
    assert take([posts()], at=AT) is None
    assert take([posts(allowed=2)], at=AT) == NEXT


def test_one_thing_may_cost_more_and_a_month_names_its_own_end() -> None:
    april = datetime(2026, 4, 1, tzinfo=UTC)
    money = Bucket("x:money:2026-03", 500, timedelta(days=31), costs=200, ends=april)
    assert [take([money], at=AT) for _ in range(3)] == [None, None, april]
    assert left(money) == 100


def test_what_was_not_used_comes_back_within_its_window_only() -> None:
    take([posts()], at=AT, amount=3)
    give_back([posts()], taken_at=AT)
    assert left(posts()) == 1
    take([posts()], at=NEXT)
    give_back([posts()], taken_at=AT)
    assert left(posts(), NEXT) == 2


def test_many_wishes_cost_two_statements_and_are_served_in_their_order(
    django_assert_num_queries: object,
) -> None:
    app = Bucket("x:app:posts", 40, DAY)
    wishes = [[app, Bucket(f"x:account:{number}:posts", 100, QUARTER)] for number in range(64)]
    take_each(wishes[:1] + [[bucket] for _, bucket in wishes], at=AT)
    with django_assert_num_queries(4):  # and a savepoint, set and released
        answers = take_each(wishes, at=AT)
    assert answers[:39] == [None] * 39
    assert set(answers[39:]) == {Short(datetime(2026, 3, 2, tzinfo=UTC), frozenset({app.key}))}
    assert Taken.objects.get(key="x:account:63:posts").taken == 1


def test_what_a_platform_says_goes_before_our_own_count() -> None:
    resets = AT + timedelta(minutes=5)
    take([posts(100)], at=AT, amount=10)
    told(posts().key, remaining=20, resets_at=resets, at=AT)
    assert left(posts(100)) == 20
    told_all([Told(posts().key, 60, resets), Told(posts().key, 40, resets)], at=AT)
    assert left(posts(100)) == 20, "an older answer that comes late raises nothing"
    assert take([posts(100)], at=AT, amount=21) == resets
    assert left(posts(100), resets) == 100
    told("bluesky:account:7:hour", remaining=-3, resets_at=resets, at=AT)
    assert take([Bucket("bluesky:account:7:hour", 5000, DAY)], at=AT) == resets


def test_what_is_heard_during_calls_is_written_together_and_the_least_of_a_window_counts() -> None:
    for remaining in (50, 30, 40):
        hear(Told(posts().key, remaining, NEXT))
    note_heard(at=AT)
    assert left(posts(100)) == 30
    note_heard(at=AT)


def test_another_window_than_ours_begins_with_what_the_platform_says() -> None:
    later = NEXT + timedelta(minutes=10)
    take([posts()], at=AT, amount=3)
    told(posts().key, remaining=2, resets_at=AT - QUARTER, at=AT)
    assert left(posts()) == 0, "a window that is over says nothing"
    told(posts().key, remaining=2, resets_at=later, at=AT)
    assert (left(posts()), take([posts()], at=AT, amount=3)) == (2, later)


def test_windows_long_over_are_forgotten() -> None:
    take([posts()], at=AT)
    assert forget_old(at=AT + DAY) == 0
    assert forget_old(at=NEXT + KEPT + DAY) == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_never_take_more_than_there_is() -> None:
    together = Barrier(4)
    app = Bucket("x:app:posts", 25, DAY)

    def ten(number: int) -> int:
        own = Bucket(f"a:account:{number}", 100, QUARTER)
        together.wait()
        try:
            return sum(take_each([[app, own]], at=AT) == [None] for _ in range(10))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(ten, range(4))) == 25
    assert left(app) == 0
    assert sum(Taken.objects.filter(key__startswith="a:").values_list("taken", flat=True)) == 25
