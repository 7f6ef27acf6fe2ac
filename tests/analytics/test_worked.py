"""What worked, for curators: by what came back for each colleague, and never of fewer than ten."""

from datetime import timedelta

import pytest

from analytics.queries import to_write_next, topics_worked, what_worked
from content.models import Story, Topic
from core import clock
from reach.models import DailyReading
from shares.models import Tally
from tests.factories import MemberFactory, ShortLinkFactory, StoryFactory
from tests.recognition.making import a_member, a_post, visit

pytestmark = pytest.mark.django_db
PAGE = "/curate/worked/"


def told(title: str, voices: int, visits: int, topic: Topic | None = None, days: int = 3) -> Story:
    at = clock.now()
    story = StoryFactory(title=title, state="live", topic=topic, live_at=at - timedelta(days=days))
    Tally.objects.create(story=story, voices=voices, visits=visits, counted_at=at)
    return story


def titles() -> list[str]:
    return [one.story.title for one in what_worked(at=clock.now())]


def test_what_was_opened_most_for_each_colleague_stands_first_and_volume_counts_for_nothing() -> None:
    told("Told by many", voices=100, visits=200)
    told("Told well", voices=10, visits=90)
    assert titles() == ["Told well", "Told by many"]


def test_of_fewer_than_ten_and_of_longer_ago_nothing_is_said() -> None:
    told("Told by nine", voices=9, visits=900)
    told("Long ago", voices=50, visits=900, days=91)
    assert titles() == []


def test_a_topic_that_runs_dry_and_is_opened_often_is_to_be_written_next() -> None:
    repair, fairs, cargo = (Topic.objects.create(name=name) for name in ("Repair", "Fairs", "Cargo"))
    for number in range(3):
        told(f"Repair {number}", 10, 100, repair)
    told("A fair", 10, 40, fairs)
    told("Cargo", 10, 20, cargo)
    rows = topics_worked(at=clock.now())
    assert [(row.name, row.per_voice, row.is_low) for row in rows][:3] == [
        ("Repair", 10.0, False), ("Fairs", 4.0, True), ("Cargo", 2.0, True),
    ]  # fmt: skip
    found = to_write_next(rows)
    assert found and found.name == "Fairs"


def test_visits_are_set_against_impressions_only_where_a_platform_tells_them() -> None:
    story, at = told("Told", 10, 30), clock.now()
    for impressions, visits in ((200, 3), (None, 7)):
        member = a_member(f"Told {visits}")
        share = a_post(member, at - timedelta(hours=5), story=story, link=ShortLinkFactory(owner=member))
        visit(share, at - timedelta(hours=4), visits)
        DailyReading.objects.create(share=share, day=at.date(), at=at, impressions=impressions)
    (row,) = what_worked(at=at)
    assert row.per_hundred == 1.5


def test_the_page_is_the_curators_alone(client) -> None:
    told("Told well", voices=10, visits=90)
    client.force_login(MemberFactory(roles=["curator"]))
    page = client.get(PAGE)
    assert "Told well" in page.text and "9.0" in page.text
    client.force_login(MemberFactory())
    assert client.get(PAGE).status_code == 403
