from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.bluesky import Bluesky
from connectors.linkedin import LinkedIn, VettedLinkedIn
from connectors.mastodon import Mastodon
from connectors.threads import Threads
from connectors.x import X
from core.http import Door, Policy
from reach.actions.schedule import LONGEST_PAUSE, LONGEST_WAIT, OLDEST, next_window, pause_after

OUT = datetime(2026, 6, 1, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
DOOR = Door(Policy())
ALL = [made(DOOR) for made in (LinkedIn, VettedLinkedIn, X, Mastodon, Bluesky, Threads)]
MASTODON, X_ = ALL[3], ALL[2]


def opened(connector, at, **more):
    window = next_window(connector, OUT, at, **more)
    return window.due_at - OUT if window else None


def life(connector, still=0):
    moments, at = [], OUT
    while (age := opened(connector, at, still=still)) is not None:
        moments.append(age)
        at = OUT + age
    return moments


def test_a_fresh_post_is_read_after_a_minute_or_with_others_some_minutes_later():
    assert next_window(MASTODON, OUT, OUT) == (OUT + MINUTE, OUT + 13 * MINUTE)


def test_what_was_missed_is_skipped():
    assert opened(MASTODON, OUT + 2 * HOUR) == 6 * HOUR
    assert opened(MASTODON, OUT + 8 * DAY) == 14 * DAY


def test_reading_that_costs_money_is_done_three_times():
    assert life(X_) == [HOUR, DAY, 7 * DAY]


def test_linkedin_is_read_as_its_quota_allows():
    assert life(ALL[1])[:4] == [HOUR, 6 * HOUR, DAY, 2 * DAY]


@pytest.mark.parametrize("connector", ALL, ids=lambda one: type(one).__name__)
def test_reading_slows_with_age_and_ends_before_the_platform_stops_telling(connector):
    ages = connector.reads_at
    gaps = [after - before for before, after in zip(ages, ages[1:], strict=False)]
    assert list(ages) == sorted(ages)
    assert gaps[0] < gaps[-1]
    assert max(ages) <= connector.reads_until <= OLDEST
    assert next_window(connector, OUT, OUT + OLDEST) is None


@pytest.mark.parametrize("connector", ALL, ids=lambda one: type(one).__name__)
def test_a_window_is_over_before_the_next_one_opens(connector):
    for age in life(connector)[:-1]:
        window = next_window(connector, OUT, OUT + age - MINUTE / 2)
        assert window.due_at == OUT + age
        assert window.late_at <= OUT + opened(connector, OUT + age)


def test_waiting_for_company_grows_with_age_and_is_nothing_where_posts_are_read_one_by_one():
    waits = [next_window(MASTODON, OUT, OUT + age - MINUTE / 2) for age in life(MASTODON)]
    lengths = [window.late_at - window.due_at for window in waits]
    assert lengths == sorted(lengths) and lengths[-1] == LONGEST_WAIT
    assert next_window(ALL[5], OUT, OUT) == (OUT + MINUTE, OUT + MINUTE)


def test_a_post_that_stands_still_is_read_more_rarely_but_for_a_last_time():
    whole, still = life(MASTODON), life(MASTODON, still=5)
    assert len(still) < len(whole) - 3
    assert set(still) < set(whole)
    assert still[:4] == whole[:4]  # while it is fresh nothing is called still
    assert still[-1] == whole[-1]


@given(st.integers(0, 40 * 24 * 60), st.integers(0, 9))
def test_the_next_window_is_always_later(minutes, still):
    at = OUT + timedelta(minutes=minutes)
    window = next_window(MASTODON, OUT, at, still=still)
    assert window is None or at < window.due_at <= window.late_at


def test_pauses_double_up_to_six_hours():
    assert [pause_after(n) for n in (1, 2, 3)] == [timedelta(minutes=m) for m in (1, 2, 4)]
    assert pause_after(30) == LONGEST_PAUSE
