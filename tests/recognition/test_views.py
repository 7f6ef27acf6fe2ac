from datetime import UTC, datetime

import pytest
from django.urls import reverse

from accounts.models import Organisation
from accounts.queries import forget_kept
from core import clock
from recognition.actions import derive_points
from recognition.models import BoardChoice
from recognition.queries import shown
from recognition.queries.periods import period
from tests.factories import TeamFactory
from tests.recognition.making import MONDAY, a_member, a_post, hours, visit
from tests.recognition.test_boards import LONDON, a_team, earn

pytestmark = pytest.mark.django_db
TEAMS, MINE = "/teams/", "/teams/my-points/"
PEOPLE = f"{TEAMS}?tab=people"


@pytest.fixture(autouse=True)
def boards():
    forget_kept()
    firm = Organisation.objects.create(name="Brackenby", boards_on=True)
    yield firm
    forget_kept()


@pytest.fixture
def ines(client):
    team, people = a_team("Assembly", 12)
    client.force_login(people[0])
    return people[0]


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_stranger_is_asked_to_sign_in(client):
    for address in (TEAMS, MINE):
        assert "/accounts/login/" in client.get(address)["Location"]
    assert "/accounts/login/" in client.post(reverse("recognition:choose", args=["join"]))["Location"]
    assert not BoardChoice.objects.exists()


def test_boards_are_off_until_an_administrator_switches_them_on(client, ines, boards):
    earn(ines, 50, clock.now())
    Organisation.objects.update(boards_on=False)
    forget_kept()
    words = page(client, TEAMS)
    assert "Boards are off here" in words
    assert "Assembly" not in words
    assert "Assembly" not in page(client, PEOPLE)


def test_one_s_own_team_stands_in_the_sentence_and_its_row_is_marked(client, ines):
    earn(ines, 120, clock.now())
    words = page(client, f"{TEAMS}?tab=average")
    assert "Assembly is first" in words and "10.0 points" in words
    assert words.count('<tr class="mine">') == 1


def test_the_board_of_teams_names_nobody(client, ines):
    earn(ines, 120, clock.now())
    for tab in ("usual", "average"):
        assert "Colleague 1<" not in page(client, f"{TEAMS}?tab={tab}")


def test_a_firm_of_nine_learns_why_there_is_no_board(client):
    _, people = a_team("Tiny", 9)
    client.force_login(people[0])
    words = page(client, TEAMS)
    assert "Boards begin with ten colleagues" in words
    assert "Tiny" not in words


@pytest.mark.parametrize(
    "query", ["?tab=rubbish", "?period=rubbish", "?period=last", "?period=quarter", "?tab=average"]
)
def test_any_tab_and_period_has_a_page(client, ines, query):
    assert "Teams in" in page(client, TEAMS + query)


def test_joining_shows_the_name_and_leaving_takes_it_away(client, ines):
    earn(ines, 50, clock.now())
    table = '<th scope="row">Colleague 0'
    assert table not in page(client, PEOPLE)
    client.post(reverse("recognition:choose", args=["join"]))
    assert table in page(client, PEOPLE)
    client.post(reverse("recognition:choose", args=["leave"]))
    assert table not in page(client, PEOPLE)


def test_hiding_needs_no_reason_and_can_be_ended(client, ines):
    client.post(reverse("recognition:choose", args=["hide"]))
    assert "no board names you" in page(client, PEOPLE)
    client.post(reverse("recognition:choose", args=["show"]))
    assert not BoardChoice.objects.get(member=ines).hidden


def test_a_choice_is_made_by_post_only_and_for_oneself_only(client, ines):
    assert client.get(reverse("recognition:choose", args=["join"])).status_code == 405
    assert client.post("/teams/me/everybody/").status_code == 404
    client.post(reverse("recognition:choose", args=["join"]), {"member": a_member("Omar").pk})
    assert [choice.member for choice in BoardChoice.objects.all()] == [ines]


def test_my_points_explain_each_line_and_show_nobody_else_s(client):
    ines, omar = a_member("Ines", TeamFactory()), a_member("Omar", TeamFactory())
    share, other = a_post(ines), a_post(omar)
    visit(share, MONDAY + hours(1), 3)
    derive_points(at=MONDAY + hours(2))
    client.force_login(ines)
    words = page(client, MINE)
    for line in ("First share of a story", "In your own words", "First visit of the day", "3 visits on one day"):
        assert line in words
    assert share.story.title in words
    assert other.story.title not in words


def test_lines_that_earned_nothing_or_less_say_why(client):
    ines = a_member("Ines")
    for hour in range(4):
        a_post(ines, MONDAY + hours(hour))
    a_post(ines, MONDAY - hours(48), state="deleted", state_at=MONDAY)
    derive_points(at=MONDAY + hours(9))
    client.force_login(ines)
    words = page(client, MINE)
    assert "Three shares a day count." in words
    assert "The post was deleted." in words
    assert "−10" in words


def test_my_points_are_there_while_boards_are_off(client, ines):
    Organisation.objects.update(boards_on=False)
    forget_kept()
    assert "No points yet" in page(client, MINE)


@pytest.mark.parametrize("address", [f"{TEAMS}?tab=usual", f"{TEAMS}?tab=average", PEOPLE, MINE])
def test_a_page_asks_the_same_number_of_questions_with_more_rows(client, ines, address, django_assert_max_num_queries):
    def questions():
        with django_assert_max_num_queries(30) as seen:
            page(client, address)
        return len(seen)

    earn(ines, 5, clock.now())
    client.post(reverse("recognition:choose", args=["join"]))
    page(client, address)
    page(client, address)
    few = questions()
    for number in range(5):
        for member in a_team(f"Team {number}", 11)[1]:
            earn(member, 5, clock.now())
            BoardChoice.objects.create(member=member, personal=True)
        earn(ines, 1, clock.now())
    assert questions() == few


@pytest.mark.parametrize(
    ("change", "words"), [(18, "+18 %"), (0, "±0 %"), (-4, "−4 %"), (None, "–"), (1234, "+1234 %")]
)
def test_a_change_has_its_sign(change, words):
    assert shown.percent(change) == words


def test_a_period_is_named():
    at = datetime(2026, 11, 22, tzinfo=UTC)
    assert shown.period_name(period("month", at=at, zone=LONDON)) == "November"
    assert shown.period_name(period("quarter", at=at, zone=LONDON)) == "the fourth quarter"
    assert shown.progress_words(period("month", at=at, zone=LONDON), at) == "Day 22 of 30"
    assert shown.progress_words(period("last", at=at, zone=LONDON), at) == "Closed on 1 November"


def test_ties_are_said():
    assert (shown.place_words(4, True), shown.place_words(4, False), shown.place_words(0, False)) == ("4=", "4", "–")
