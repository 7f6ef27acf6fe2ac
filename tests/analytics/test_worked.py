"""What worked, for curators: by what came back for each colleague, and never of fewer than ten."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from analytics.queries import what_worked
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
    return [one.story.title for one in what_worked(at=clock.now()).stories]


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
    worked = what_worked(at=clock.now())
    assert [(row.name, row.per_voice, row.is_low) for row in worked.topics][:3] == [
        ("Repair", 10.0, False), ("Fairs", 4.0, True), ("Cargo", 2.0, True),
    ]  # fmt: skip
    assert worked.to_write_next and worked.to_write_next.name == "Fairs"


def read(story: Story, people: int, impressions: int | None, visits: int) -> None:
    """So many colleagues with a post each, of which the platform told so many impressions."""
    at = clock.now()
    for number in range(people):
        member = a_member(f"Somebody {impressions} {number}")
        share = a_post(member, at - timedelta(hours=5), story=story, link=ShortLinkFactory(owner=member))
        visit(share, at - timedelta(hours=4), visits)
        DailyReading.objects.create(share=share, day=at.date(), at=at, impressions=impressions)


def rate(story: Story) -> float | None:
    return next(one.per_hundred for one in what_worked(at=clock.now()).stories if one.story == story)


def test_visits_are_set_against_impressions_only_where_a_platform_tells_them() -> None:
    story = told("Told", 12, 30)
    read(story, 10, impressions=200, visits=3)
    read(story, 2, impressions=None, visits=7)
    assert rate(story) == 1.5


def test_the_impressions_of_fewer_than_ten_colleagues_are_nobodys_to_see() -> None:
    """A story may have been told by many, and by one alone where the platform tells impressions."""
    story = told("Told", 40, 90)
    read(story, 9, impressions=200, visits=3)
    assert rate(story) is None


def test_the_page_asks_as_much_of_many_stories_as_of_one(client) -> None:
    client.force_login(MemberFactory(roles=["curator"]))
    read(told("One", 12, 30), 2, impressions=5, visits=1)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        client.get(PAGE)
    for number in range(5):
        read(
            told(f"More {number}", 12, 30, Topic.objects.create(name=f"Topic {number}")),
            2,
            impressions=number + 6,
            visits=1,
        )
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(many) == len(one)


def test_the_page_is_the_curators_alone(client) -> None:
    told("Told well", voices=10, visits=90)
    client.force_login(MemberFactory(roles=["curator"]))
    page = client.get(PAGE)
    assert "Told well" in page.text and "9.0" in page.text
    client.force_login(MemberFactory())
    assert client.get(PAGE).status_code == 403
