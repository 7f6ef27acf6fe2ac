from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone

from core import languages
from core.templatetags import times
from core.templatetags.times import say_distance, say_moment

NOON = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/London", "Tue 17 Nov, 12:00 GMT"),
        ("Europe/Berlin", "Tue 17 Nov, 13:00 CET"),
        ("Asia/Kolkata", "Tue 17 Nov, 17:30 IST"),
        ("America/Sao_Paulo", "Tue 17 Nov, 09:00 UTC-3"),
        ("Asia/Kathmandu", "Tue 17 Nov, 17:45 UTC+5:45"),
    ],
)
def test_a_moment_is_said_with_its_zone(zone, words):
    with timezone.override(ZoneInfo(zone)):
        assert say_moment(NOON) == words


def test_the_doubled_hour_is_told_apart_by_its_zone():
    with timezone.override(ZoneInfo("Europe/Berlin")):
        first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
        assert say_moment(first, "time") == "02:30 CEST"
        assert say_moment(second, "time") == "02:30 CET"


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=2), "2 hours ago"),
        (timedelta(hours=20), "yesterday"),
        (timedelta(days=3), "Saturday"),
        (timedelta(days=12), "5 November"),
        (timedelta(days=400), "13 October 2025"),
        (timedelta(minutes=-5), "in 5 minutes"),
        (timedelta(hours=-3), "in 3 hours"),
        (timedelta(days=-1), "tomorrow, 12:00 UTC"),
    ],
)
def test_a_distance_is_said_as_people_say_it(ago, words):
    with timezone.override(UTC):
        assert say_distance(NOON - ago, NOON) == words


def test_the_page_carries_the_exact_moment_too():
    page = Template("{% load times %}{% ago moment %}").render(
        Context({"moment": NOON, "now": NOON + timedelta(hours=2)})
    )
    assert 'datetime="2026-11-17T12:00:00+00:00"' in page
    assert "2 hours ago" in page


def test_no_moment_is_no_words():
    assert Template("{% load times %}{% when moment %}{% ago moment %}").render(Context({"moment": None})) == ""


def test_when_a_language_changes_what_was_written_out_before_is_written_anew(monkeypatch) -> None:
    moment = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
    before = times.when(moment)
    monkeypatch.setitem(times.PATTERNS, "full", "Y")
    assert times.when(moment) == before  # most moments are asked for again and again
    languages.take_in([], set())
    assert 'title="2026 UTC"' in times.when(moment)
    times.forget_written()
