from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.zones import to_local, to_utc

LONDON = "Europe/London"


def test_an_ordinary_time_needs_no_word() -> None:
    local = to_utc(datetime(2026, 7, 1, 9, 30), LONDON)
    assert (local.at, local.note) == (datetime(2026, 7, 1, 8, 30, tzinfo=UTC), "")


def test_a_missing_hour_moves_forward_and_says_so() -> None:
    local = to_utc(datetime(2026, 3, 29, 1, 30), LONDON)
    assert local.at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert "02:30" in local.note


def test_a_doubled_hour_is_its_first_and_says_so() -> None:
    local = to_utc(datetime(2026, 10, 25, 1, 30), LONDON)
    assert local.at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert "twice" in local.note


@given(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)))
def test_a_time_without_a_word_comes_back_as_it_was_typed(typed: datetime) -> None:
    typed = typed.replace(second=0, microsecond=0)
    for zone in (LONDON, "Asia/Kathmandu", "America/St_Johns"):
        local = to_utc(typed, zone)
        back = to_local(local.at, zone)
        assert back == typed if not local.note else abs(back - typed) <= timedelta(hours=1)
