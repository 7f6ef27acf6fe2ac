from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.zones import to_local, to_utc, zone_of

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


@pytest.mark.parametrize("name", ["", "Mars/Phobos", "../etc"])
def test_a_zone_that_is_none_counts_as_utc(name: str) -> None:
    assert zone_of(name).key == "UTC"
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert to_local(noon, name) == datetime(2026, 7, 1, 12) and to_utc(datetime(2026, 7, 1, 12), name).at == noon
