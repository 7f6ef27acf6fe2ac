from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from core import clock
from core.partitions import make_months
from reach.actions import drop_old_readings, end_deleted, forget_days, roll_up, roll_up_new
from reach.actions.rolling import months
from reach.models import DailyReading, Reading, ReadingPlan
from reach.queries import latest_readings
from shares.models import Share

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def share(post):
    make_months(at=NOON, back=1)
    found = post()
    for at, figures in (
        (NOON, {"likes": 2, "saves": 1}),
        (NOON + 2 * HOUR, {"likes": 5}),
        (NOON + 11 * HOUR, {"likes": 7, "replies": 1}),
        (NOON + 13 * HOUR, {"likes": 9}),
    ):
        Reading.objects.create(share=found, at=at, **figures)
    return found


def days(share):
    rows = DailyReading.objects.filter(share=share).order_by("day")
    return [(row.day.day, row.likes, row.replies, row.saves, row.views) for row in rows]


def test_a_day_is_the_last_value_of_each_kind_and_what_was_never_said_stays_unsaid(share):
    assert roll_up(since=NOON.date(), until=NOON.date() + 2 * DAY) == 2
    assert days(share) == [(1, 7, 1, 1, None), (2, 9, None, None, None)]


def test_rolling_up_again_changes_nothing_and_mends_what_is_missing(share):
    for _ in range(2):
        roll_up(since=NOON.date(), until=NOON.date() + 2 * DAY)
    first = days(share)
    DailyReading.objects.all().delete()
    roll_up(since=NOON.date(), until=NOON.date() + 2 * DAY)
    assert days(share) == first and len(first) == 2
    # The next regular run takes up at the last day there is.
    Reading.objects.create(share=share, at=NOON + 3 * DAY, likes=20)
    roll_up_new(at=NOON + 3 * DAY + HOUR)
    assert days(share)[-1][:2] == (4, 20)


def test_an_operator_can_have_the_days_made_again(share, capsys):
    call_command("roll_up_readings", "2026-06-01")
    assert days(share) == [(1, 7, 1, 1, None), (2, 9, None, None, None)]
    assert "Made again: 2." in capsys.readouterr().out


def test_the_first_run_begins_with_the_first_reading(share):
    roll_up_new(at=NOON + 40 * DAY)
    assert len(days(share)) == 2


def test_what_is_gone_is_not_rolled_up_again(share):
    roll_up_new(at=NOON + DAY)
    ReadingPlan.objects.create(share=share, due_at=NOON)
    Share.objects.filter(pk=share.pk).update(state="deleted")
    end_deleted(at=NOON + DAY)
    assert not DailyReading.objects.exists() and not Reading.objects.exists()


def test_old_months_go_their_days_stay_and_pages_show_them(share, settings, as_runner):
    settings.READINGS_KEPT_DAYS = 90
    make_months(at=clock.now())
    with as_runner():
        dropped = drop_old_readings(at=clock.now())
    assert "202606" in dropped and "202606" not in months()
    assert not Reading.objects.exists()
    assert latest_readings([share.pk])[share.pk].likes == 9
    assert drop_old_readings(at=clock.now()) == []


def test_where_a_platform_lets_no_figures_be_kept_its_days_go_too_and_only_its(share, post, settings, as_runner):
    other = post("bluesky" if share.connector != "bluesky" else "mastodon")
    for one in (share, other):
        DailyReading.objects.create(share=one, day=date(2026, 6, 1), at=NOON, likes=1)
    settings.FIGURES_KEPT_DAYS = {share.connector: 60}
    make_months(at=clock.now())
    at = datetime(2026, 7, 31, 12, tzinfo=UTC)
    with as_runner():
        assert forget_days(at=at) == 0
        assert forget_days(at=at + DAY) == 1
    assert list(DailyReading.objects.values_list("share", flat=True)) == [other.pk]
    assert "202606" in months()
    drop_old_readings(at=datetime(2026, 9, 15, tzinfo=UTC))
    assert "202606" not in months()


def test_a_month_within_the_days_that_are_kept_stays(share, settings):
    settings.READINGS_KEPT_DAYS = 3000
    assert drop_old_readings(at=clock.now()) == []
    assert Reading.objects.count() == 4


@pytest.mark.parametrize(("month", "why"), [(None, "too young"), (date(2026, 6, 1), "not all rolled up")])
def test_the_running_product_cannot_drop_what_is_young_or_not_rolled_up(share, as_runner, month, why):
    make_months(at=clock.now())
    with pytest.raises(DatabaseError, match=why), as_runner(), connection.cursor() as cursor:
        cursor.execute("SELECT advocacy_drop_readings(%s)", [month or clock.now().date()])
    assert Reading.objects.count() == 4
