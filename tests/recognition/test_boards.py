from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from recognition.actions import hide_me, join_board, leave_board, show_me
from recognition.models import LedgerRow
from recognition.queries import period, personal_board, points_between, team_board
from recognition.queries.groups import SMALLEST, grouped
from tests.factories import TeamFactory
from tests.recognition.making import a_member, days

LONDON = ZoneInfo("Europe/London")
MID_JUNE = datetime(2026, 6, 16, tzinfo=UTC)
MAY = datetime(2026, 5, 10, tzinfo=UTC)
JUNE = datetime(2026, 6, 2, tzinfo=UTC)


def this_month(at=MID_JUNE):
    return period("month", at=at, zone=LONDON)


def earn(member, points, at=JUNE, team=None):
    LedgerRow.objects.create(
        member=member, team=team or member.team, rule="first_share", version=1, points=Decimal(points), at=at,
        cause=f"test:{LedgerRow.objects.count()}",
    )  # fmt: skip


def a_team(name, size):
    team = TeamFactory(name=name)
    User.objects.bulk_create(User(name=f"Colleague {n}", team=team, joined_at=MAY) for n in range(size))
    return team, list(team.members.order_by("pk"))


def board(member, order="average", at=MID_JUNE):
    return team_board(period=this_month(at), order=order, member=member, at=at)


@pytest.mark.parametrize(
    ("key", "first", "after"),
    [
        ("month", date(2026, 6, 1), date(2026, 7, 1)),
        ("last", date(2026, 5, 1), date(2026, 6, 1)),
        ("quarter", date(2026, 4, 1), date(2026, 7, 1)),
        ("rubbish", date(2026, 6, 1), date(2026, 7, 1)),
    ],
)
def test_a_period_has_its_dates(key, first, after):
    found = period(key, at=MID_JUNE, zone=LONDON)
    assert (found.first, found.after) == (first, after)


def test_a_period_begins_at_local_midnight_on_both_sides_of_a_change_of_clocks():
    march = period("month", at=datetime(2026, 3, 15, tzinfo=UTC), zone=LONDON)
    assert march.since == datetime(2026, 3, 1, 0, tzinfo=UTC)
    assert march.until == datetime(2026, 3, 31, 23, tzinfo=UTC)


def test_a_month_belongs_to_where_the_firm_is():
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert period("month", at=new_year, zone=ZoneInfo("Europe/Berlin")).first == date(2027, 1, 1)


def test_six_months_come_before_a_month_and_two_quarters_before_a_quarter():
    assert [one.first for one in this_month().before()] == [date(2026, m, 1) for m in (5, 4, 3, 2, 1)] + [
        date(2025, 12, 1)
    ]
    quarter = period("quarter", at=MID_JUNE, zone=LONDON)
    assert [(one.first, one.after) for one in quarter.before()] == [
        (date(2026, 1, 1), date(2026, 4, 1)),
        (date(2025, 10, 1), date(2026, 1, 1)),
    ]


def test_a_period_knows_how_far_it_is():
    assert this_month().day(MID_JUNE) == 16
    assert this_month().days == 30
    assert this_month().elapsed(this_month().until) == 1
    assert this_month().elapsed(this_month().since) == 0
    assert this_month().day(MID_JUNE + days(90)) == 30


sizes = st.lists(st.integers(0, 25), max_size=8)


@given(sizes, st.integers(0, 12))
def test_no_group_is_small_and_nobody_is_left_out(team_sizes, without):
    teams = [(number, f"Team {number:02}", size) for number, size in enumerate(team_sizes, 1)] + [(None, "", without)]
    groups = grouped(teams)
    if sum(team_sizes) + without < SMALLEST:
        assert groups == []
        return
    assert all(group.size >= SMALLEST for group in groups)
    placed = [team for group in groups for team in group.teams]
    assert sorted(map(str, placed)) == sorted(str(team) for team, _, size in teams if size)
    small = {team for team, _, size in teams if size < SMALLEST}
    # Who knows every other row still cannot tell a small team's.
    assert all(group.joined >= 2 for group in groups if small & set(group.teams) and not group.everybody)


def test_where_all_are_small_everybody_stands_together():
    (group,) = grouped([(1, "A", 6), (2, "B", 7)])
    assert group.everybody and group.size == 13


def test_a_firm_of_fewer_than_ten_has_no_board():
    assert grouped([(1, "A", 6), (2, "B", 3)]) == []


@pytest.mark.django_db
def test_teams_are_compared_by_average_per_active_member():
    _, many = a_team("Assembly", 20)
    _, few = a_team("Dealers", 10)
    for member in many[:10]:
        earn(member, 10)
    for member in few[:4]:
        earn(member, 20)
    rows = board(few[0]).rows
    assert [(row.group.names, row.points_each, row.taking_part, row.place) for row in rows] == [
        (("Dealers",), 8.0, 4, 1),
        (("Assembly",), 5.0, 10, 2),
    ]


@pytest.mark.django_db
def test_who_left_no_longer_divides():
    team, people = a_team("Assembly", 12)
    earn(people[0], 100)
    User.objects.filter(pk__in=[p.pk for p in people[10:]]).update(is_active=False)
    assert board(people[0]).rows[0].points_each == 10.0


@pytest.mark.django_db
def test_ties_are_ties():
    teams = [a_team(name, 10) for name in ("Assembly", "Dealers", "Paint")]
    for (_, people), points in zip(teams, (50, 50, 20), strict=True):
        earn(people[0], points)
    rows = board(teams[0][1][0]).rows
    assert [(row.place, row.tied) for row in rows] == [(1, True), (1, True), (3, False)]


@pytest.mark.django_db
def test_against_its_own_usual_size_and_noise_do_not_decide():
    _, loud = a_team("Loud", 10)
    _, calm = a_team("Calm", 10)
    earn(loud[0], 1000, MAY)
    earn(loud[0], 500)
    earn(calm[0], 10, MAY)
    earn(calm[0], 10)
    at = this_month().until - days(15)
    rows = board(calm[0], "usual", at).rows
    assert [(row.group.names[0], row.change) for row in rows] == [("Calm", 100), ("Loud", 0)]


@pytest.mark.django_db
def test_usual_leaves_out_the_month_that_began_without_points():
    _, people = a_team("Assembly", 10)
    earn(people[0], 1, datetime(2026, 3, 30, tzinfo=UTC))
    earn(people[0], 40, datetime(2026, 4, 10, tzinfo=UTC))
    earn(people[0], 20, MAY)
    earn(people[0], 30)
    (row,) = board(people[0], "usual", this_month().until - days(0.001)).rows
    assert row.change == 0


@pytest.mark.django_db
def test_the_only_month_there_is_is_the_usual_one():
    _, people = a_team("Assembly", 10)
    earn(people[0], 30, MAY)
    earn(people[0], 30)
    (row,) = board(people[0], "usual", this_month().until - days(0.001)).rows
    assert row.change == 0


@pytest.mark.django_db
def test_a_team_without_a_usual_has_no_place_yet():
    _, people = a_team("New", 10)
    earn(people[0], 30)
    (row,) = board(people[0], "usual").rows
    assert (row.change, row.place) == (None, 0)


@pytest.mark.django_db
def test_small_teams_are_joined_and_one_s_own_is_marked():
    a_team("Assembly", 15)
    _, people = a_team("People", 6)
    a_team("Marketing", 5)
    mine = board(people[0]).mine
    assert mine.group.names == ("People", "Marketing")
    assert mine.group.size == 11


@pytest.mark.django_db
def test_points_outside_the_period_do_not_count():
    _, people = a_team("Assembly", 10)
    earn(people[0], 10, this_month().since)
    earn(people[0], 100, this_month().until)
    earn(people[0], 100, MAY)
    assert board(people[0]).rows[0].points_each == 1.0


@pytest.mark.django_db
@pytest.mark.parametrize("teams", [1, 6])
def test_a_board_asks_the_same_number_of_questions(teams, django_assert_num_queries):
    people = [person for n in range(teams) for person in a_team(f"Team {n}", 10)[1]]
    for person in people:
        earn(person, 3)
        earn(person, 4, MAY)
    with django_assert_num_queries(4):
        board(people[0])


def people_board(member):
    return personal_board(period=this_month(), member=member)


@pytest.mark.django_db
def test_nobody_is_named_who_did_not_ask_to_be():
    one, other = a_member("Ines"), a_member("Omar")
    earn(one, 50)
    earn(other, 60)
    join_board(actor=one)
    shown = people_board(other)
    assert [row.member for row in shown.rows] == [one]
    assert shown.my_place == 1


@pytest.mark.django_db
def test_one_s_own_place_is_for_oneself():
    one, other = a_member("Ines"), a_member("Omar")
    earn(one, 50)
    earn(other, 40)
    join_board(actor=one)
    assert people_board(other).my_place == 2
    assert not people_board(other).shows_me


@pytest.mark.django_db
@pytest.mark.parametrize("goes", [leave_board, hide_me])
def test_leaving_and_hiding_take_the_name_away_at_once(goes):
    one = a_member("Ines")
    earn(one, 50)
    join_board(actor=one)
    goes(actor=one)
    assert people_board(a_member("Omar")).rows == []
    assert points_between(one, this_month().since, this_month().until) == 50


@pytest.mark.django_db
def test_showing_oneself_again_does_not_join():
    one = a_member("Ines")
    hide_me(actor=one)
    choice = show_me(actor=one)
    assert not choice.hidden and not choice.personal


@pytest.mark.django_db
def test_a_member_who_left_is_not_named():
    one = a_member("Ines")
    earn(one, 50)
    join_board(actor=one)
    User.objects.filter(pk=one.pk).update(is_active=False)
    assert people_board(a_member("Omar")).rows == []


@pytest.mark.django_db
def test_ten_names_and_ties_share_a_place():
    people = [a_member(f"Member {number:02}") for number in range(13)]
    for number, person in enumerate(people):
        earn(person, 100 - number // 2)
        join_board(actor=person)
    shown = people_board(people[12])
    assert len(shown.rows) == 10
    assert [row.place for row in shown.rows[:5]] == [1, 1, 3, 3, 5]
    assert shown.my_place == 13
    assert not shown.shows_me


@pytest.mark.django_db
def test_nobody_stands_on_the_board_with_nothing():
    one = a_member("Ines")
    join_board(actor=one)
    shown = people_board(one)
    assert shown.rows == [] and shown.my_place is None and shown.people == 1


@pytest.mark.django_db
@pytest.mark.parametrize("people", [1, 12])
def test_the_personal_board_asks_the_same_number_of_questions(people, django_assert_num_queries):
    members = [a_member(f"Member {number}", TeamFactory()) for number in range(people)]
    for member in members:
        earn(member, 5)
        join_board(actor=member)
    with django_assert_num_queries(3):
        assert people_board(members[0]).rows[0].member.team.name
