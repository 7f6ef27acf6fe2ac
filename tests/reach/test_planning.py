from datetime import timedelta

import pytest

from accounts.models import PlatformApp
from core import clock, wake
from reach.actions import plan_readings, read_posts, ring_due
from reach.models import ReadingPlan
from tests.factories import LinkedAccountFactory

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def rung(monkeypatch):
    """What would have been sent to a worker."""
    calls = []
    monkeypatch.setattr(wake, "ring", lambda task, *args: calls.append((task, *args)))
    return calls


def test_a_post_that_is_up_is_planned_once(post):
    share, at = post(), clock.now()
    assert plan_readings(at=at) == 1
    assert plan_readings(at=at) == 0
    assert ReadingPlan.objects.get().due_at == share.published_at + MINUTE


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "scheduled", "published_at": None},
        {"state": "deleted"},
        {"connector": "linkedin"},
        {"post_id": ""},
        {"age": timedelta(days=40)},
    ],
)
def test_what_cannot_be_read_is_not_planned(post, fields):
    post(**fields)
    assert plan_readings(at=clock.now()) == 0


def at_its_time(share):
    return ReadingPlan.objects.get(share=share).late_at


def test_posts_of_all_members_of_a_server_are_read_together(post, rung):
    shares = [post(age=2 * MINUTE) for _ in range(3)]
    elsewhere = post(account=LinkedAccountFactory(origin="https://other.example"), age=2 * MINUTE)
    alone = [post("threads", age=2 * MINUTE) for _ in range(2)]
    at = clock.now()
    plan_readings(at=at - MINUTE * 1.5)
    ReadingPlan.objects.update(late_at=at)
    assert ring_due(at=at) == 4
    together = [{share.pk for share in shares}, {elsewhere.pk}, *({share.pk} for share in alone)]
    assert sorted(map(sorted, together)) == sorted(sorted(ids) for _, ids in rung)
    assert {task for task, _ in rung} == {"reach.tasks.read"}


def test_no_call_asks_for_more_than_the_platform_takes(post, rung):
    for _ in range(23):
        post(age=2 * MINUTE)
    plan_readings(at=clock.now() - MINUTE * 1.5)
    ReadingPlan.objects.update(late_at=clock.now())
    assert ring_due(at=clock.now()) == 2
    assert sorted(len(ids) for _, ids in rung) == [3, 20]


def test_a_post_nobody_will_join_is_read_at_once(post, rung):
    share = post("x")
    plan_readings(at=clock.now())
    assert at_its_time(share) == share.published_at + 60 * MINUTE


def test_a_fresh_post_waits_some_minutes_for_others_and_then_takes_along_all_that_are_due(post, rung):
    first, second = post(age=2 * MINUTE), post(age=timedelta(0))
    plan_readings(at=clock.now() - 3 * MINUTE)
    until = at_its_time(first)
    assert until == first.published_at + 13 * MINUTE
    ReadingPlan.objects.filter(share=second).update(late_at=until + MINUTE)
    assert ring_due(at=until - MINUTE / 60) == 0
    assert ring_due(at=until) == 1
    assert rung == [("reach.tasks.read", [first.pk, second.pk])]


def test_the_room_in_a_call_goes_to_those_who_have_waited_longest(post, rung):
    at = clock.now()
    shares = [post(age=5 * MINUTE) for _ in range(25)]
    plan_readings(at=at - 10 * MINUTE)
    for number, share in enumerate(shares):
        ReadingPlan.objects.filter(share=share).update(due_at=at - MINUTE, late_at=at + number * MINUTE)
    assert ring_due(at=at) == 1
    assert rung[0][1] == [share.pk for share in shares[:20]]


@pytest.mark.parametrize("state", ["needs_relink", "unlinked"])
def test_posts_of_an_account_that_is_not_connected_are_read_by_nobody(post, rung, state):
    theirs = post(age=2 * MINUTE, account=LinkedAccountFactory(state=state))
    post(age=2 * MINUTE)
    at = clock.now()
    plan_readings(at=at - MINUTE * 1.5)
    ReadingPlan.objects.update(late_at=at)
    assert ring_due(at=at) == 1
    assert theirs.pk not in rung[0][1]
    plan = ReadingPlan.objects.get(share=theirs)
    assert plan.reason and plan.rung_until > at + 30 * MINUTE
    assert read_posts(share_ids=[theirs.pk], at=at) == 0


def test_what_was_handed_out_is_not_handed_out_again_before_its_lease_ends(post, rung):
    post(age=2 * MINUTE)
    plan_readings(at=clock.now() - MINUTE * 1.5)
    at = clock.now()
    assert [ring_due(at=at), ring_due(at=at + MINUTE), ring_due(at=at + 2 * MINUTE)] == [1, 0, 1]


def test_nothing_is_rung_before_its_time(post, rung):
    post()
    plan_readings(at=clock.now())
    assert ring_due(at=clock.now()) == 0


def test_an_account_or_platform_that_pauses_is_not_asked(post, rung):
    until = clock.now() + timedelta(hours=1)
    post(age=2 * MINUTE, account=LinkedAccountFactory(paused_until=until))
    post("bluesky", age=2 * MINUTE)
    PlatformApp.objects.create(connector="bluesky", paused_until=until)
    plan_readings(at=clock.now() - MINUTE * 1.5)
    assert ring_due(at=clock.now()) == 0
    assert ring_due(at=until) == 2
