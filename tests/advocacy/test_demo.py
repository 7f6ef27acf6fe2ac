"""The demo organisation, loaded once and looked at from all sides."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, F, Max, Q

from accounts.models import LinkedAccount, Team, User
from accounts.queries import keyring
from advocacy.demo import days, people, platforms, written
from advocacy.demo.loading import load
from advocacy.demo.outcomes import FAILURES
from connectors import registry
from content.models import Caption, Feed, Story
from core import clock
from links.models import Click
from reach.models import Reading
from shares.models import Attempt, SavedDraft, Share

# A Tuesday, so that the office has been open for a while.
AT = datetime(2026, 11, 17, 14, 30, tzinfo=UTC)


def fingerprint() -> str:
    """Of what people would see, without the numbers that the database gives out."""
    digest = hashlib.sha256()
    for rows in (
        User.objects.order_by("name").values_list("name", "email", "team__name", "job_title", "joined_at", "left_at"),
        Story.objects.order_by("url", "live_at").values_list("url", "state", "live_at", "state_at"),
        Share.objects.order_by("key").values_list("key", "words", "state", "wanted_at", "post_id", "link__code"),
        Click.objects.order_by("at", "link__code", "robot").values_list("at", "link__code", "first_today"),
        Reading.objects.order_by("at", "share__key").values_list("at", "likes", "impressions"),
    ):
        digest.update(repr(list(rows)).encode())
    return digest.hexdigest()


@dataclass(frozen=True)
class Earlier:
    """A first load, by the command, that was taken back."""

    fingerprint: str
    said: str


@pytest.fixture(scope="module")
def surroundings(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(settings, "MEDIA_ROOT", tmp_path_factory.mktemp("media"))
        patch.delenv("CONTROL_URL", raising=False)
        patch.setenv("EMBEDDED", "1")
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def earlier(surroundings: None) -> Earlier:
    said = StringIO()
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(clock, "now", lambda: AT)
        call_command("load_demo", stdout=said)
        assert not LinkedAccount.objects.exclude(access="").exists()
        found = fingerprint()
        transaction.set_rollback(True)
    return Earlier(found, said.getvalue())


@pytest.fixture(scope="module")
def firm(earlier: Earlier) -> Counter[str]:
    """Loaded once for this file: each test looks at it and changes nothing that the next would see."""
    counts, can_post = load(at=AT)
    assert not can_post
    return counts


def test_the_same_seed_and_day_make_the_same_firm(earlier: Earlier, firm: Counter[str], db: None) -> None:
    assert fingerprint() == earlier.fingerprint
    assert f"{firm['shares']:,} shares" in earlier.said
    assert "The stand-in platforms did not answer" in earlier.said


def test_it_has_the_size_of_a_firm(firm: Counter[str], db: None) -> None:
    assert 190 <= User.objects.filter(is_active=True).count() <= 205
    assert User.objects.filter(is_active=False).count() >= 5
    assert Team.objects.count() == 8
    assert set(User.objects.values_list("country", flat=True)) == {"GB", "DE", "NL"}
    assert 3_000 <= firm["shares"] <= 5_000
    assert 10_000 <= firm["readings"] <= 16_000
    assert 28_000 <= firm["clicks"] <= 45_000


def test_one_team_is_too_small_to_be_shown_alone(firm: Counter[str], db: None) -> None:
    sizes = Team.objects.annotate(size=Count("members", filter=Q(members__is_active=True)))
    assert [team.name for team in sizes if team.size < 10] == ["Marketing & People"]


def test_stories_are_in_every_state_with_words_to_start_from(firm: Counter[str], db: None) -> None:
    states = Counter(Story.objects.values_list("state", flat=True))
    assert set(states) == set(Story.flow.states)
    assert states["live"] >= 20
    told = Story.objects.filter(state="live").exclude(kind="internal")
    bare = told.annotate(number=Count("captions")).filter(number__lt=2)
    assert not bare.exists()
    assert {"en", "de"} <= set(Caption.objects.values_list("language", flat=True))


def test_one_feed_works_and_one_says_why_it_does_not(firm: Counter[str], db: None) -> None:
    assert Feed.objects.get(state="active").url.endswith("/demo/feed.xml")
    assert Feed.objects.get(state="failing").reason


def test_nobody_approved_their_own_story(firm: Counter[str], db: None) -> None:
    assert not Story.objects.filter(approved_by=F("submitted_by")).exists()


def test_no_share_breaks_the_rules_of_its_state(firm: Counter[str], db: None) -> None:
    assert set(Share.objects.values_list("state", flat=True)) <= set(Share.flow.states)
    assert not Share.objects.filter(state="published", published_at=None).exists()
    assert not Share.objects.filter(state="failed", reason="").exists()
    assert not Share.objects.filter(published_at__gt=AT + timedelta(seconds=10)).exists()
    assert not Share.objects.exclude(state__in=["scheduled", "held"]).filter(wanted_at__gt=AT).exists()
    assert not Share.objects.filter(published_at__lt=F("story__live_at")).exists()
    assert not Share.objects.filter(account=None).exclude(state__in=["handed_over", "said_posted", "dropped"]).exists()
    assert set(FAILURES) == set(registry.KEYS)


def test_nothing_waits_for_a_worker_that_could_only_fail(firm: Counter[str], db: None) -> None:
    """What comes due is a plan of a healthy account for a live story; old posts are not read again."""
    due = Share.objects.filter(state="scheduled")
    assert due.count() >= 10
    assert not due.filter(due_at__lt=AT - timedelta(seconds=15)).exists()
    assert not due.exclude(account__state="healthy", story__state="live").exists()
    assert not Share.objects.filter(state__in=["sending", "uncertain", "retrying", "deleting"]).exists()
    assert not Share.objects.filter(state="published", reading_plan=None).exists()
    assert not Share.objects.filter(reading_plan__due_at__isnull=False).exists()


def test_every_planned_post_fits_its_platform(firm: Counter[str], db: None) -> None:
    from accounts.queries import connectors
    from shares import drafts

    for share in Share.objects.filter(state="scheduled").select_related("story", "link"):
        draft = drafts.thaw(drafts.freeze(share, at=AT), picture=None)
        assert connectors()[share.connector].problems(draft) == [], share.words


def test_the_history_ends_now_and_begins_four_months_ago(firm: Counter[str], db: None) -> None:
    published = Share.objects.filter(state="published")
    assert published.latest("published_at").published_at > AT - timedelta(hours=8)
    assert published.earliest("published_at").published_at < AT - timedelta(days=100)
    assert not Click.objects.filter(at__gt=AT).exists()
    assert not Reading.objects.filter(at__gt=AT).exists()


def test_weekends_are_quieter_and_august_is_too(firm: Counter[str], db: None) -> None:
    by_day: Counter[date] = Counter(moment.date() for moment in Share.objects.values_list("planned_at", flat=True))
    workdays = [number for day, number in by_day.items() if day.weekday() < 5]
    weekends = [number for day, number in by_day.items() if day.weekday() > 4]
    assert sum(weekends) / 34 < 0.4 * sum(workdays) / len(workdays)
    august = sum(number for day, number in by_day.items() if day.month == 8)
    october = sum(number for day, number in by_day.items() if day.month == 10)
    assert august < 0.6 * october


def test_some_never_share_and_a_few_share_too_much(firm: Counter[str], db: None) -> None:
    per_member = User.objects.filter(is_active=True).annotate(number=Count("shares")).values_list("number", flat=True)
    assert sum(number == 0 for number in per_member) > 50
    assert sum(number > 80 for number in per_member) >= 2


def test_readings_never_shrink(firm: Counter[str], db: None) -> None:
    before: dict[int, int] = {}
    for share, likes in Reading.objects.order_by("at").values_list("share", "likes"):
        assert likes >= before.get(share, 0)
        before[share] = likes


def test_linkedin_gives_no_figures(firm: Counter[str], db: None) -> None:
    assert not Reading.objects.filter(share__connector="linkedin").exists()


def test_robots_and_colleagues_are_among_the_clicks(firm: Counter[str], db: None) -> None:
    assert Click.objects.filter(robot=True).count() > 1_000
    assert Click.objects.filter(own_network=True).exists()
    assert not Click.objects.filter(robot=True, first_today=True).exists()
    assert not Click.objects.filter(link__counts=False).exists()


def test_the_member_behind_the_first_door_has_something_of_everything(firm: Counter[str], db: None) -> None:
    mina = User.objects.get(email="mina.okafor@brackenby.example")
    accounts = LinkedAccount.objects.filter(member=mina)
    assert set(accounts.values_list("connector", "state")) == {("linkedin", "healthy"), ("bluesky", "healthy")}
    states = Counter(mina.shares.values_list("state", flat=True))
    assert states["scheduled"] == 3
    assert states["failed"] == 1
    assert states["published"] >= 12
    assert SavedDraft.objects.filter(member=mina).count() == 2
    best = Click.objects.filter(link__owner=mina, first_today=True, robot=False).values("link").annotate(n=Count("id"))
    assert best.aggregate(most=Max("n"))["most"] > 20


def test_recent_posts_have_the_attempts_that_made_them(firm: Counter[str], db: None) -> None:
    assert Attempt.objects.count() > 100
    attempt = Attempt.objects.filter(outcome="published").latest("started_at")
    assert attempt.body["url"].endswith(attempt.share.link.code)
    assert attempt.post_id == attempt.share.post_id
    called = Share.objects.filter(state="failed", tries__gt=0)
    assert called and all(share.attempts_made == share.attempts.count() == 1 for share in called)


def test_tokens_are_sealed_to_their_row(firm: Counter[str], db: None) -> None:
    account = LinkedAccount.objects.filter(state="healthy", connector="mastodon").first()
    given = {"remote_id": "7", "handle": "ines@town.example", "access_token": "secret", "refresh_token": None}
    platforms.take_tokens(account, {**given, "expires_at": None})
    assert "secret" not in account.access
    assert keyring().open(account.access, about=f"linkedaccount:{account.pk}") == "secret"
    assert account.handle == "@ines@town.example"


@pytest.mark.parametrize("year, day", [(2024, date(2024, 3, 31)), (2026, date(2026, 4, 5)), (2027, date(2027, 3, 28))])
def test_easter_falls_where_it_does(year: int, day: date) -> None:
    assert days.easter(year) == day


def test_holidays_differ_by_country() -> None:
    assert date(2026, 8, 31) in days.holidays("GB", 2026)
    assert date(2026, 10, 3) in days.holidays("DE", 2026)
    assert date(2026, 4, 27) in days.holidays("NL", 2026)
    assert date(2026, 10, 3) not in days.holidays("GB", 2026)


def test_names_become_addresses() -> None:
    assert people.ascii_name("Hanneke van Wijk") == "hanneke.van.wijk"
    assert people.ascii_name("Jürgen Möllers") == "jurgen.mollers"


def test_every_story_has_a_picture_that_can_be_described() -> None:
    from advocacy.demo.pictures import ALT

    assert {story.picture for story in written.stories() + written.fresh_stories()} <= set(ALT)


def test_no_caption_is_too_long_for_the_shortest_platform() -> None:
    for story in written.stories():
        for connector, _, words in story.captions:
            assert connector == "linkedin" or len(words) <= 210, words
