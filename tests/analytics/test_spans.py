from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from analytics.queries import span

ZONES = ["Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe", "UTC"]
SUNDAY = datetime(2026, 11, 22, 19, tzinfo=UTC)


def test_twenty_eight_days_end_with_today():
    days = span("days", at=SUNDAY, zone=ZoneInfo("Europe/London"))
    assert (days.first, days.starts()[-1], len(days.starts())) == (date(2026, 10, 26), date(2026, 11, 22), 28)


def test_twelve_weeks_begin_on_mondays_and_hold_today():
    weeks = span("weeks", at=SUNDAY, zone=ZoneInfo("Europe/London"))
    assert {start.weekday() for start in weeks.starts()} == {0}
    assert weeks.starts()[-1] == date(2026, 11, 16)
    assert weeks.since < SUNDAY < weeks.until


def test_today_is_the_member_s():
    late = datetime(2026, 11, 22, 20, tzinfo=UTC)
    assert span("days", at=late, zone=ZoneInfo("Asia/Kolkata")).starts()[-1] == date(2026, 11, 23)


@given(st.integers(0, 6 * 365 * 24 * 60), st.sampled_from(ZONES), st.sampled_from(["days", "weeks"]))
def test_spans_meet_without_gap_or_overlap_whatever_the_clocks_do(minutes, zone, key):
    moment = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    found = span(key, at=moment, zone=ZoneInfo(zone))
    assert found.before().until == found.since
    assert found.since <= moment < found.until


@given(st.lists(st.tuples(st.integers(-10, 100), st.integers(0, 50)), max_size=30))
def test_steps_hold_every_day_of_the_span_and_no_other(offsets):
    weeks = span("weeks", at=SUNDAY, zone=ZoneInfo("UTC"))
    by_day = [(weeks.first + timedelta(days=offset), number) for offset, number in offsets]
    inside = sum(number for offset, number in offsets if 0 <= offset < 84)
    assert sum(weeks.sums(by_day)) == inside
