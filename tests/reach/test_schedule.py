from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reach.actions.schedule import AGES, LONGEST_PAUSE, OLDEST, USUAL, next_reading, pause_after

OUT = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_a_fresh_post_is_read_after_a_minute():
    assert next_reading("mastodon", OUT, OUT) == OUT + timedelta(minutes=1)


def test_what_was_missed_is_skipped():
    assert next_reading("bluesky", OUT, OUT + 2 * HOUR) == OUT + 6 * HOUR
    assert next_reading("bluesky", OUT, OUT + 8 * DAY) == OUT + 14 * DAY


def test_reading_that_costs_money_is_done_three_times():
    moments, at = [], OUT
    while (at := next_reading("x", OUT, at)) is not None:
        moments.append(at - OUT)
    assert moments == [HOUR, DAY, 7 * DAY]


@pytest.mark.parametrize("connector", ["mastodon", "x", "linkedin"])
def test_an_old_post_is_left_alone(connector):
    assert next_reading(connector, OUT, OUT + OLDEST) is None


@pytest.mark.parametrize("ages", [USUAL, *AGES.values()])
def test_reading_slows_with_age(ages):
    gaps = [after - before for before, after in zip(ages, ages[1:], strict=False)]
    assert list(ages) == sorted(ages)
    assert gaps[0] < gaps[-1]


@given(st.integers(0, 40 * 24 * 60))
def test_the_next_reading_is_always_later(minutes):
    at = OUT + timedelta(minutes=minutes)
    moment = next_reading("mastodon", OUT, at)
    assert moment is None or moment > at


def test_pauses_double_up_to_six_hours():
    assert [pause_after(n) for n in (1, 2, 3)] == [timedelta(minutes=m) for m in (1, 2, 4)]
    assert pause_after(30) == LONGEST_PAUSE
