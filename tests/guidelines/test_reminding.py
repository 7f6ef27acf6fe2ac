"""The person first, by a rhythm; the manager by a rule only; never while somebody is away, and never twice."""

from datetime import date, datetime, timedelta
from random import Random

import pytest
from django.db import DatabaseError, connection

from accounts.models import User
from guidelines import actions, queries
from guidelines.models import Due, Reminder
from guidelines.rhythm import DAYS, next_reminder
from notifications.models import Delivery, Notice
from tests.factories import MemberFactory
from tests.guidelines.conftest import AT, begun, put_out, settled
from tests.guidelines.test_asking import sign

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def boss():
    return MemberFactory(name="Greta Lund")


@pytest.fixture
def mina(boss):
    return MemberFactory(name="Mina Okafor", manager=boss)


@pytest.fixture
def guideline(hana, ines, mina):
    made = put_out(hana, ines, begun(hana))
    settled()
    return made.guideline


def change(hana, guideline, **more):
    terms = actions.Terms(**{"helper": hana} | more)
    return actions.change_terms(actor=hana, guideline=guideline, terms=terms, at=AT)


def remind(at: datetime) -> None:
    while actions.remind_dues(at=at):
        pass
    while actions.tell_managers(at=at):
        pass


def reminded(member) -> list[int]:
    """On which days from when it was due."""
    due = Due.objects.get(member=member)
    return [(one.at - due.due_at).days for one in Reminder.objects.filter(member=member, kind="person").order_by("at")]


def test_by_the_usual_rhythm_and_then_no_more(mina, guideline):
    for day in range(60):
        remind(AT + day * DAY)
        remind(AT + day * DAY)
    assert reminded(mina) == [-7, -1, 3, 10]
    assert Notice.objects.filter(member=mina, kind="guideline.reminder").count() == 4


def test_who_has_signed_is_left_alone(mina, guideline):
    sign(mina, guideline)
    for day in range(60):
        remind(AT + day * DAY)
    assert reminded(mina) == []


def test_who_cannot_agree_yet_has_answered(mina, guideline, boss, hana):
    change(hana, guideline, manager_after=2)
    actions.decline_due(actor=mina, due=queries.owed(mina).get(), reason="", at=AT)
    for day in range(60):
        remind(AT + day * DAY)
    assert not Reminder.objects.filter(member=mina).exists()


def test_without_a_rule_no_manager_hears_of_it(mina, guideline, boss):
    remind(AT + 50 * DAY)
    assert not Notice.objects.filter(member=boss, kind="guideline.manager").exists()


def test_by_the_rule_the_manager_hears_once_of_all(mina, guideline, boss, hana):
    change(hana, guideline, manager_after=5)
    other = MemberFactory(name="Bo Ek", manager=boss)
    settled()
    remind(AT + 18 * DAY)
    assert not Notice.objects.filter(member=boss, kind="guideline.manager").exists()
    for day in (19, 20, 40):
        remind(AT + day * DAY)
    notice = Notice.objects.get(member=boss, kind="guideline.manager")
    assert "Bo Ek and Mina Okafor" in notice.text
    assert set(Reminder.objects.filter(kind="manager").values_list("member", "told")) == {
        (mina.pk, boss.pk), (other.pk, boss.pk),
    }  # fmt: skip


def test_nothing_while_somebody_is_away_and_some_days_when_they_are_back(mina, guideline, boss, hana):
    change(hana, guideline, manager_after=1)
    User.objects.filter(pk=mina.pk).update(away_until=date(2027, 1, 10))
    settled(AT + DAY)
    due = Due.objects.get(member=mina)
    assert due.due_at.date() == date(2027, 1, 14) and due.waits_from == due.due_at
    for day in range(41):  # until the tenth of January
        remind(AT + day * DAY)
    assert not Reminder.objects.filter(member=mina).exists()
    for day in range(41, 60):
        remind(AT + day * DAY)
    assert reminded(mina) == [-1, 3, 10]


def test_whoever_is_away_is_not_even_told(hana, ines):
    away = MemberFactory(away_until=AT.date() + 3 * DAY)
    put_out(hana, ines, begun(hana))
    settled()
    while actions.tell_dues(at=AT):
        pass
    assert not Notice.objects.filter(member=away).exists()
    while actions.tell_dues(at=AT + 4 * DAY + timedelta(hours=6)):
        pass
    assert Notice.objects.filter(member=away).count() == 1


def test_no_mail_outside_working_hours_and_none_before_hours_are_chosen(mina, guideline):
    remind(AT + 7 * DAY)
    assert not Delivery.objects.filter(member=mina).exists()
    User.objects.filter(pk=mina.pk).update(working_hours=[[540, 1020]] * 5 + [None, None])
    saturday = AT + 12 * DAY
    Due.objects.filter(member=mina).update(remind_at=saturday)
    remind(saturday)
    assert Delivery.objects.get(member=mina).due_at.weekday() == 0


def test_another_rhythm_begins_where_we_are(mina, guideline, hana):
    change(hana, guideline, rhythm="gentle")
    assert Due.objects.get(member=mina).remind_at == AT + 13 * DAY
    change(hana, guideline, rhythm="none")
    for day in range(60):
        remind(AT + day * DAY)
    assert reminded(mina) == []


def test_grace_moves_from_when_sharing_waits(mina, guideline, hana):
    change(hana, guideline, grace_days=5)
    assert not queries.is_overdue(mina, AT + 18 * DAY)
    assert queries.is_overdue(mina, AT + 19 * DAY)


def test_every_rhythm_comes_to_an_end_and_never_goes_back():
    chance = Random(5)
    for _ in range(200):
        rhythm, moment, times = chance.choice(list(DAYS)), AT - chance.randrange(40) * DAY, 0
        while (following := next_reminder(rhythm, AT, moment)) is not None:
            assert following > moment
            moment, times = following, times + 1
        assert times <= len(DAYS[rhythm])


@pytest.mark.parametrize("statement", ["UPDATE {t} SET at = at", "DELETE FROM {t}", "TRUNCATE {t}"])
def test_that_somebody_was_reminded_cannot_be_changed(mina, guideline, as_runner, statement):
    remind(AT + 7 * DAY)
    with pytest.raises(DatabaseError), as_runner(), connection.cursor() as cursor:
        cursor.execute(statement.format(t=Reminder._meta.db_table))


class TestWhoIsAway:
    def set_away(self, mina, day) -> Due:
        User.objects.filter(pk=mina.pk).update(away_until=day)
        settled(AT)
        return Due.objects.get(member=mina)

    def test_whoever_takes_it_back_has_the_day_that_was_set_and_some_days_at_least(self, mina, guideline):
        assert self.set_away(mina, date(2027, 6, 1)).due_at.date() == date(2027, 6, 5)
        assert self.set_away(mina, None).due_at == AT + 14 * DAY
        self.set_away(mina, date(2027, 6, 1))
        User.objects.filter(pk=mina.pk).update(away_until=None)
        late = AT + 30 * DAY
        settled(late)
        settled(late + DAY)
        assert Due.objects.get(member=mina).due_at == late + 4 * DAY, "given once"

    def test_a_slip_of_the_pen_by_seven_thousand_years_stops_nobody(self, mina, guideline, hana, ines):
        assert self.set_away(mina, date(9999, 12, 31)).due_at == AT + 14 * DAY
        remind(AT + 7 * DAY)
        assert queries.named_owing(AT, guideline, "away").get().member == mina

    def test_wherever_they_are_nobody_is_reminded_on_their_last_day_away(self, mina, guideline):
        User.objects.filter(pk=mina.pk).update(time_zone="America/Los_Angeles", away_until=AT.date() + 7 * DAY)
        remind(AT + 7 * DAY + timedelta(hours=20))  # the evening of that day in Los Angeles begins
        assert not Reminder.objects.filter(member=mina).exists()


def test_no_manager_hears_of_who_was_not_reminded_themselves(mina, guideline, boss, hana):
    change(hana, guideline, manager_after=1, rhythm="none")
    remind(AT + 30 * DAY)
    assert not Notice.objects.filter(member=boss).exists()


def test_a_manager_who_is_away_is_told_when_they_are_back(mina, guideline, boss, hana):
    change(hana, guideline, manager_after=1)
    User.objects.filter(pk=boss.pk).update(away_until=AT.date() + 20 * DAY)
    told = Notice.objects.filter(member=boss, kind="guideline.manager")
    for day in range(19):
        remind(AT + day * DAY)
    assert not told.exists()
    remind(AT + 22 * DAY)
    assert told.count() == 1


def test_who_cannot_agree_yet_is_not_reminded_by_what_was_on_its_way(mina, guideline):
    User.objects.filter(pk=mina.pk).update(working_hours=[[540, 1020]] * 5 + [None, None])
    Due.objects.filter(member=mina).update(remind_at=AT + 4 * DAY + timedelta(hours=10))
    remind(AT + 4 * DAY + timedelta(hours=10))  # on a Friday evening
    assert Delivery.objects.filter(member=mina, state="waiting").exists()
    actions.decline_due(actor=mina, due=queries.owed(mina).get(), reason="", at=AT + 5 * DAY)
    assert not Delivery.objects.filter(member=mina, state="waiting").exists()
