from datetime import UTC, datetime, timedelta

import pytest

from core import clock


@pytest.fixture(params=["in memory", "in a file"], autouse=True)
def kept(request, monkeypatch, tmp_path):
    monkeypatch.delenv("CLOCK_FILE", raising=False)
    if request.param == "in a file":
        monkeypatch.setenv("CLOCK_FILE", str(tmp_path / "clock"))
    clock.set_offset(0)
    yield
    clock.set_offset(0)


def test_now_is_aware_and_in_utc():
    assert clock.now().tzinfo is UTC


def test_without_an_offset_it_is_the_real_time():
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)  # noqa: TID251


def test_advance_adds_up():
    before = clock.now()
    clock.advance(3600)
    clock.advance(86400)
    assert timedelta(hours=25) <= clock.now() - before < timedelta(hours=25, minutes=1)


def test_set_offset_replaces():
    clock.advance(3600)
    clock.set_offset(-60.5)
    assert clock.offset() == -60.5


def test_today_follows_the_clock():
    today = clock.today_utc()
    clock.advance(86400)
    assert clock.today_utc() == today + timedelta(days=1)


@pytest.mark.parametrize("written", ["", "\n", "nonsense"])
def test_an_empty_or_spoilt_file_counts_as_no_offset(monkeypatch, tmp_path, written):
    path = tmp_path / "spoilt"
    path.write_text(written)
    monkeypatch.setenv("CLOCK_FILE", str(path))
    assert clock.offset() == 0.0


def test_a_missing_file_counts_as_no_offset(monkeypatch, tmp_path):
    monkeypatch.setenv("CLOCK_FILE", str(tmp_path / "absent"))
    assert clock.offset() == 0.0


def test_another_process_writing_the_file_moves_this_clock(monkeypatch, tmp_path):
    path = tmp_path / "shared"
    monkeypatch.setenv("CLOCK_FILE", str(path))
    path.write_text("12.5\n")
    assert clock.offset() == 12.5
