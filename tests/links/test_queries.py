from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from links.actions import record_clicks
from links.queries import address, visits, visits_by_day, waiting_clicks
from links.redirect.lines import Row, encode
from links.redirect.spool import FOLDER, Spool
from tests.links.making import NOON, a_line, a_link

pytestmark = pytest.mark.django_db

LONDON, KOLKATA = ZoneInfo("Europe/London"), ZoneInfo("Asia/Kolkata")
YEAR = {"since": datetime(2026, 1, 1, tzinfo=UTC), "until": datetime(2027, 1, 1, tzinfo=UTC)}


def click(link, at=NOON, first=True, robot=False, own=False):
    record_clicks([Row(link.pk, at, first, robot, own)])


def test_an_address_is_ours(settings):
    settings.LINK_URL = "https://go.firm.example"
    link = a_link()
    assert address(link) == f"https://go.firm.example/go/{link.code}"


def test_only_first_visits_of_people_from_outside_count():
    link, other = a_link(), a_link()
    click(link)
    click(link)
    click(link, first=False)
    click(link, robot=True)
    click(link, own=True)
    click(other)
    assert visits([link.pk]) == {link.pk: 2}


def test_a_link_nobody_followed_is_left_out():
    assert visits([a_link().pk]) == {}
    assert visits([]) == {}


def test_visits_of_many_links_are_one_question(django_assert_num_queries):
    links = [a_link() for _ in range(5)]
    for link in links:
        click(link)
    with django_assert_num_queries(1):
        assert len(visits([link.pk for link in links])) == 5


def test_a_day_is_that_of_the_member():
    link = a_link()
    click(link, datetime(2026, 6, 1, 20, tzinfo=UTC))
    assert visits_by_day(link_ids=[link.pk], zone=LONDON, **YEAR) == [(date(2026, 6, 1), 1)]
    assert visits_by_day(link_ids=[link.pk], zone=KOLKATA, **YEAR) == [(date(2026, 6, 2), 1)]


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_days_of_changing_clocks_are_whole(day, hours):
    link = a_link()
    start = datetime(day.year, day.month, day.day, tzinfo=LONDON).astimezone(UTC)
    for hour in range(-1, hours + 1):
        click(link, start + timedelta(hours=hour, minutes=30))
    assert dict(visits_by_day(link_ids=[link.pk], zone=LONDON, **YEAR))[day] == hours


def test_the_last_moment_is_not_part_of_the_span():
    link = a_link()
    click(link, YEAR["since"])
    click(link, datetime(2027, 1, 1, tzinfo=UTC))
    assert visits_by_day(link_ids=[link.pk], zone=ZoneInfo("UTC"), **YEAR) == [(date(2026, 1, 1), 1)]


def test_an_owner_sees_only_own_visits(django_user_model):
    mine = a_link(owner=django_user_model.objects.create_user(None, name="Me", joined_at=NOON))
    click(mine)
    click(a_link())
    assert visits_by_day(owner=mine.owner, zone=LONDON, **YEAR) == [(NOON.date(), 1)]


def test_clicks_that_wait_say_since_when(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert waiting_clicks().size == 0 and waiting_clicks().oldest_at is None
    spool = Spool(tmp_path / FOLDER)
    spool.append(encode(a_line()))
    assert waiting_clicks().size > 20
    assert waiting_clicks().oldest_at == NOON
