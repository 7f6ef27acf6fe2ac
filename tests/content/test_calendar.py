"""Which stories stand on which day, and how they are moved without a mouse."""

from datetime import UTC, date, datetime, timedelta

import pytest

from content import queries
from content.models import Campaign, Story
from content.queries.calendar import Span
from core import clock
from tests.content.conftest import signed_in
from tests.factories import StoryFactory


def stands(span: Span, zone: str = "Europe/London") -> list[tuple[date, str, str]]:
    return [(day.day, one.what, one.story.title) for day in queries.calendar(span, zone) for one in day.entries]


def test_a_month_is_whole_weeks_from_monday_on():
    span = queries.month_of(date(2026, 11, 17))
    assert (span.first, span.last, len(span.days)) == (date(2026, 10, 26), date(2026, 12, 6), 42)
    assert len(queries.week_of(date(2026, 11, 22)).days) == 7


def test_plans_beginnings_and_ends_stand_on_their_local_day(db):
    late = datetime(2026, 11, 17, 23, 30, tzinfo=UTC)
    StoryFactory(title="Planned", state="approved", live_at=None, live_from=late)
    StoryFactory(title="Live", live_at=late - timedelta(days=1), expires_at=late + timedelta(days=1))
    StoryFactory(title="Gone", state="withdrawn", live_at=late)
    span = queries.week_of(date(2026, 11, 17))
    assert stands(span) == [
        (date(2026, 11, 16), "live", "Live"), (date(2026, 11, 17), "begins", "Planned"),
        (date(2026, 11, 18), "ends", "Live"),
    ]  # fmt: skip
    assert (date(2026, 11, 18), "begins", "Planned") in stands(span, "Europe/Berlin")


def test_campaigns_stand_on_each_of_their_days_and_two_questions_are_enough(db, django_assert_num_queries):
    days = {"starts_on": date(2026, 11, 17), "ends_on": date(2026, 11, 18)}
    Campaign.objects.create(name="Open house", state="open", state_at=clock.now(), **days)
    StoryFactory.create_batch(5, live_at=datetime(2026, 11, 17, 9, tzinfo=UTC))
    with django_assert_num_queries(2):
        shown = queries.calendar(queries.week_of(date(2026, 11, 17)), "UTC")
        assert sum(len(day.entries) for day in shown) == 5
    assert [day.day.day for day in shown if day.campaigns] == [17, 18]


@pytest.fixture
def planned(db, sofia):
    begins = (clock.now() + timedelta(days=10)).replace(hour=9, minute=0, second=0, microsecond=0)
    pin = begins + timedelta(days=2)
    return StoryFactory(state="approved", live_at=None, live_from=begins, pinned_until=pin)


def press(browser, story, by="later", what="begins"):
    return browser.post("/curate/calendar/move/", {"story": story.pk, "what": what, "by": by})


def test_a_plan_moves_by_a_button_and_its_other_times_stay(planned, sofia):
    assert press(signed_in(sofia), planned).status_code == 302
    moved = Story.objects.get(pk=planned.pk)
    assert (moved.live_from, moved.pinned_until) == (planned.live_from + timedelta(days=1), planned.pinned_until)


def test_an_end_may_not_come_before_its_beginning_and_the_page_says_so(planned, sofia):
    Story.objects.filter(pk=planned.pk).update(expires_at=planned.live_from + timedelta(hours=1))
    browser = signed_in(sofia)
    press(browser, planned, "earlier", "ends")
    assert Story.objects.get(pk=planned.pk).expires_at == planned.live_from + timedelta(hours=1)
    assert "end before it begins" in browser.get("/curate/calendar/").content.decode()


def test_what_cannot_move_stays_and_nonsense_is_no_page(planned, sofia, mina):
    browser, draft = signed_in(sofia), StoryFactory(state="draft", live_at=None, live_from=clock.now())
    press(browser, draft)
    assert Story.objects.get(pk=draft.pk).live_from == draft.live_from
    for what, by in (("live", "later"), ("begins", "never")):
        assert press(browser, planned, by, what).status_code == 404
    assert browser.post("/curate/calendar/move/", {"story": "x", "what": "begins", "by": "later"}).status_code == 404
    assert press(signed_in(mina), planned).status_code == 403


@pytest.mark.parametrize(
    "query", ["", "?by=week", "?day=2026-02-31", "?day=9999-12-31&by=week", "?day=0001-01-01", "?by=x"]
)
def test_the_page_stands_whatever_is_asked(planned, sofia, query):
    assert signed_in(sofia).get(f"/curate/calendar/{query}").status_code == 200
