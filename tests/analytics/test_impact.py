from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.models import Organisation
from accounts.queries import forget_kept
from analytics.queries import my_impact, span
from analytics.queries.posts import figures_of
from core import clock
from reach.models import Reading, ReadingPlan
from shares.models import Share
from tests.factories import LinkedAccountFactory, ShortLinkFactory
from tests.recognition.making import a_member, a_post, visit

pytestmark = pytest.mark.django_db
PAGE, POSTS = "/impact/", "/impact/posts/"


@pytest.fixture(autouse=True)
def forget():
    forget_kept()
    yield
    forget_kept()


@pytest.fixture
def ines(client):
    member = a_member("Ines")
    client.force_login(member)
    return member


def out(member, hours_ago=5, connector="mastodon", visits=0, **more) -> Share:
    at = clock.now() - timedelta(hours=hours_ago)
    account = LinkedAccountFactory(member=member, connector=connector)
    share = a_post(member, at, account=account, link=ShortLinkFactory(owner=member), **more)
    visit(share, at + timedelta(minutes=5), visits)
    return share


def page(client, address=PAGE):
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("address", [PAGE, POSTS])
def test_a_stranger_is_asked_to_sign_in(client, address):
    assert "/accounts/login/" in client.get(address)["Location"]


def test_who_has_posted_nothing_learns_what_will_stand_here(client, ines):
    assert "Here you will see what came of your posts" in page(client)
    assert "Nothing is out yet" in page(client, POSTS)


def test_a_post_without_visits_is_no_failure(client, ines):
    out(ines)
    assert "No visits yet in these weeks." in page(client)


def test_the_number_comes_first(client, ines):
    out(ines, visits=3)
    out(ines, visits=4, connector="bluesky")
    words = page(client)
    assert "<strong>7</strong> visits to our stories came through you." in words
    assert "<dt>posts since" in words


def test_only_mine_is_counted_and_shown(client, ines):
    out(ines, visits=1)
    other = out(a_member("Omar"), visits=5, words="Something that only Omar would ever say like this")
    words = page(client) + page(client, POSTS)
    assert "<strong>1</strong> visit to our stories" in words
    assert other.words not in words


def test_robots_repeats_and_colleagues_are_not_counted(client, ines):
    share = out(ines, visits=2)
    for kind in ({"robot": True}, {"first_today": False}, {"own_network": True}):
        visit(share, clock.now() - timedelta(hours=1), 3, **kind)
    assert "<strong>2</strong> visits" in page(client)


def test_figures_stand_under_the_platform_s_name_with_their_age(client, ines):
    share = out(ines)
    Reading.objects.create(share=share, at=clock.now() - timedelta(hours=2), likes=1, reposts=0, replies=3)
    words = page(client, POSTS)
    assert "Mastodon says: 1 like, 0 reposts, 3 replies (" in words
    assert "2 hours ago" in words


def test_what_a_platform_does_not_tell_is_left_out(client, ines):
    share = out(ines)
    reading = Reading(share=share, likes=2, impressions=None, clicks=None)
    assert figures_of(reading) == ["2 likes"]
    assert figures_of(Reading(share=share, impressions=1)) == ["shown once"]


def test_a_platform_without_figures_says_so(client, ines):
    out(ines, connector="linkedin")
    assert "LinkedIn gives us no figures." in page(client, POSTS)


def test_a_look_that_failed_says_why_and_shows_no_nought(client, ines):
    share = out(ines)
    ReadingPlan.objects.create(share=share, reason="Mastodon is not answering.", failures=1)
    words = page(client, POSTS)
    assert "The last look failed: Mastodon is not answering." in words
    assert "0 likes" not in words


def test_a_post_by_hand_says_that_only_visits_count(client, ines):
    share = out(ines, visits=2)
    Share.objects.filter(pk=share.pk).update(account=None, connector="whatsapp", state="handed_over")
    words = page(client, POSTS)
    assert "WhatsApp" in words and "only visits can be counted" in words


def test_a_deleted_post_is_gone_from_the_list(client, ines):
    out(ines, visits=2, state="deleted")
    assert "Nothing is out yet" in page(client, POSTS)


def test_words_of_a_post_are_never_markup(client, ines):
    out(ines, words="<script>alert(1)</script> and some words more", visits=1)
    assert "<script>alert" not in page(client) + page(client, POSTS)


def test_switched_off_counting_is_said(client, ines):
    type(ines).objects.filter(pk=ines.pk).update(counts_clicks=False)
    assert "switched off for your posts" in page(client)


def test_the_place_is_offered_only_where_boards_are_on(client, ines):
    out(ines, visits=1)
    assert "Show me my place" not in page(client)
    Organisation.objects.create(boards_on=True)
    forget_kept()
    assert "Show me my place" in page(client)


@pytest.mark.parametrize("query", ["?by=weeks", "?by=days", "?by=rubbish", "?page=99"])
def test_any_span_has_a_page(client, ines, query):
    out(ines, visits=2)
    assert "came through you" in page(client, PAGE + query)


@pytest.mark.parametrize("address", [PAGE, POSTS])
def test_a_page_asks_the_same_number_of_questions_with_more_posts(client, ines, address, django_assert_max_num_queries):
    def questions():
        with django_assert_max_num_queries(30) as seen:
            page(client, address)
        return len(seen)

    out(ines, visits=1)
    page(client, address)
    few = questions()
    for number in range(8):
        share = out(ines, number + 1, visits=1)
        Reading.objects.create(share=share, at=clock.now(), likes=1)
    assert questions() == few


def test_a_change_is_against_the_weeks_before(ines):
    at = clock.now()
    weeks = span("weeks", at=at, zone=ZoneInfo("UTC"))
    share = out(ines, hours_ago=24 * 130)
    visit(share, weeks.before().since + timedelta(days=1), 2)
    visit(share, weeks.since + timedelta(days=1), 3)
    found = my_impact(member=ines, span=weeks, at=at)
    assert (found.visits, found.change, found.posts) == (3, 50, 0)


def test_nothing_before_is_no_change_and_no_division(ines):
    out(ines, visits=1)
    assert (
        my_impact(member=ines, span=span("days", at=clock.now(), zone=ZoneInfo("UTC")), at=clock.now()).change is None
    )


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_a_day_of_changing_clocks_is_one_day_of_the_chart(ines, day, hours):
    london = ZoneInfo("Europe/London")
    start = datetime(day.year, day.month, day.day, tzinfo=london).astimezone(UTC)
    share = out(ines)
    Share.objects.filter(pk=share.pk).update(published_at=start)
    for hour in range(-1, hours + 1):
        visit(share, start + timedelta(hours=hour, minutes=30))
    at = start + timedelta(days=3)
    chart = my_impact(member=ines, span=span("days", at=at, zone=london), at=at).chart
    assert dict(chart.rows)[f"{day.day} {day:%b}"] == str(hours)
