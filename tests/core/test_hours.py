from datetime import datetime, timedelta

import pytest

from core.hours import working_after

WEEKDAYS = [[540, 1020]] * 5 + [None, None]  # nine to five


@pytest.mark.parametrize(
    ("begun", "hours", "over"),
    [
        ("2026-11-27T10:00", 4, "2026-11-27T14:00"),
        ("2026-11-27T13:00", 4, "2026-11-27T17:00"),
        ("2026-11-27T15:00", 4, "2026-11-30T11:00"),  # over a weekend
        ("2026-11-28T12:00", 1, "2026-11-30T10:00"),
        ("2026-11-30T06:00", 20, "2026-12-02T13:00"),  # over two nights
    ],
)
def test_working_time_passes_within_the_hours_alone(begun: str, hours: int, over: str) -> None:
    at, expected = (datetime.fromisoformat(f"{moment}+00:00") for moment in (begun, over))
    assert working_after(WEEKDAYS, "Europe/London", at, timedelta(hours=hours)) == expected


def test_it_passes_by_the_clock_there() -> None:
    at = datetime.fromisoformat("2026-11-27T15:00+00:00")  # four in the afternoon in Berlin
    expected = datetime.fromisoformat("2026-11-30T09:00+00:00")
    assert working_after(WEEKDAYS, "Europe/Berlin", at, timedelta(hours=2)) == expected


@pytest.mark.parametrize("hours", [None, [], [None] * 7, [[540, 540]] * 7])
def test_without_hours_it_is_the_clock_that_counts(hours: list[list[int] | None] | None) -> None:
    at = datetime.fromisoformat("2026-11-27T15:00+00:00")
    assert working_after(hours, "Europe/London", at, timedelta(hours=4)) == at + timedelta(hours=4)
