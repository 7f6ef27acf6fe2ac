"""Good times: the member's own hours first, then a team's, then a plain morning; kept apart from other posts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Team, User
from links.models import Click, ShortLink
from shares import times
from shares.finding import good_time, kind_time, too_soon
from shares.models import Share
from tests.factories import LinkedAccountFactory, MemberFactory, ShareFactory, StoryFactory

SUNDAY = datetime(2026, 3, 1, 20, 7, tzinfo=UTC)
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
OFFICE = [[8 * 60, 16 * 60]] * 5 + [None, None]


@pytest.fixture
def member(db: None) -> User:
    return MemberFactory(time_zone="UTC", working_hours=OFFICE, least_pause=30)


def visited(member: User, hour: int, number: int, day: datetime = SUNDAY - timedelta(days=6)) -> None:
    """So many visits to this member's links at that hour of a Monday."""
    link = ShortLink.objects.create(code=f"f{ShortLink.objects.count()}", target="https://a.example/", group="g",
                                    owner=member, created_at=day)  # fmt: skip
    at = day.replace(hour=hour, minute=20)
    Click.objects.bulk_create(Click(at=at, link=link, first_today=True, robot=False) for _ in range(number))


def test_hours_and_pauses_are_plain_arithmetic() -> None:
    member = User(time_zone="Europe/Berlin", working_hours=OFFICE, least_pause=30, keeps_to_hours=True)
    assert times.is_daytime(member, MONDAY) and not times.is_daytime(member, SUNDAY)
    assert times.next_daytime(member, SUNDAY) == datetime(2026, 3, 2, 7, tzinfo=UTC)
    assert times.next_daytime(member, MONDAY) == MONDAY
    others = [MONDAY, MONDAY + timedelta(minutes=40)]
    assert times.after_pause(member, MONDAY, others) == MONDAY + timedelta(minutes=70)
    at_the_end = MONDAY.replace(hour=14, minute=50)
    assert times.in_own_time(member, at_the_end, [at_the_end]) == datetime(2026, 3, 3, 7, tzinfo=UTC)
    nobody = User(time_zone="UTC", working_hours=None, least_pause=0, keeps_to_hours=True)
    assert times.in_own_time(nobody, SUNDAY, [SUNDAY]) == SUNDAY
    assert times.next_daytime(User(working_hours=[None] * 7, time_zone="UTC"), SUNDAY) == SUNDAY


def test_ones_own_visits_decide_where_there_are_enough(member: User) -> None:
    story = StoryFactory()
    visited(member, 14, 40)
    found = good_time(member=member, story=story, at=SUNDAY)
    assert MONDAY.replace(hour=13) <= found.at < MONDAY.replace(hour=16)
    assert found.why == "Around this time your links are opened most often."


def test_a_team_of_ten_decides_for_those_with_few_and_a_smaller_one_never(member: User) -> None:
    member.team = Team.objects.create(name="Ten")
    member.save()
    others = MemberFactory.create_batch(8, team=member.team)
    visited(others[0], 12, 50)
    story = StoryFactory()
    assert "Nobody can tell yet" in good_time(member=member, story=story, at=SUNDAY).why
    others += [MemberFactory(team=member.team)]
    found = good_time(member=member, story=story, at=SUNDAY)
    assert "your team’s links" in found.why and found.at.hour in (11, 12, 13)


def test_without_history_it_is_a_morning_within_the_hours_while_the_story_lives(member: User) -> None:
    assert good_time(member=member, story=StoryFactory(), at=SUNDAY).at == MONDAY.replace(hour=10)
    brief = StoryFactory(expires_at=SUNDAY + timedelta(minutes=20))
    assert good_time(member=member, story=brief, at=SUNDAY).at >= SUNDAY


def test_it_keeps_away_from_ones_other_posts_and_apart_from_colleagues(member: User) -> None:
    story = StoryFactory()
    ten = MONDAY.replace(hour=10)
    ShareFactory(member=member, account__member=member, wanted_at=ten, state="scheduled")
    ShareFactory(story=story, wanted_at=ten + timedelta(minutes=30), state="scheduled")
    found = good_time(member=member, story=story, at=SUNDAY)
    assert abs(found.at - ten) >= timedelta(minutes=30)
    assert abs(found.at - ten - timedelta(minutes=30)) > timedelta(minutes=10)


def test_a_chosen_time_is_kept_within_minutes_and_moved_only_by_ones_own_wishes(member: User) -> None:
    story, chosen = StoryFactory(), MONDAY.replace(hour=11)
    assert kind_time(member=member, story=story, chosen=chosen).at == chosen
    ShareFactory(story=story, wanted_at=chosen, state="scheduled")
    beside = kind_time(member=member, story=story, chosen=chosen)
    assert timedelta(0) < beside.at - chosen <= timedelta(minutes=5) and not beside.why
    moved = kind_time(member=member, story=story, chosen=SUNDAY)
    assert moved.at == MONDAY.replace(hour=8) and "outside your working hours" in moved.why
    ShareFactory(member=member, account__member=member, wanted_at=chosen, state="published")
    assert too_soon(member=member, story=story, at=chosen + timedelta(minutes=5)).startswith("Another post of yours")
    assert not too_soon(member=member, story=story, at=chosen + timedelta(minutes=30))


def test_the_composer_shows_the_time_and_why_and_plans_it_without_a_script(client: Client, member: User) -> None:
    account, story = LinkedAccountFactory(member=member), StoryFactory()
    client.force_login(member)
    place = reverse("shares:compose", args=[story.pk])
    page = client.get(place).content.decode()
    assert "Find me a good time" in page and "Nobody can tell yet" in page
    shown = page.partition('name="good_at" value="')[2].partition('"')[0].replace("&#x2B;", "+")
    client.post(place, {"words": "This held.", "accounts": [account.pk], "when": "good", "good_at": shown})
    assert Share.objects.get().wanted_at == datetime.fromisoformat(shown)
    Share.objects.all().delete()
    client.post(place, {"words": "This held.", "accounts": [account.pk], "when": "good", "good_at": "half past"})
    assert times.is_daytime(member, Share.objects.get().wanted_at), "what the page did not write is found anew"


def test_members_choose_what_their_plans_keep_to(client: Client, member: User) -> None:
    client.force_login(member)
    days = {"works_0": "on", "from_0": "08:00", "to_0": "16:00"}
    client.post("/me/hours/", {**days, "least_pause": "60"})
    member.refresh_from_db()
    assert (member.least_pause, member.keeps_to_hours) == (60, False)
    assert client.post("/me/hours/", {**days, "least_pause": "7"}).status_code == 422
