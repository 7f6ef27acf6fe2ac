from datetime import timedelta

import pytest

from accounts.models import PlatformApp
from core import clock, wake
from reach.actions import plan_readings, ring_due
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


def test_posts_of_one_account_are_read_together(post, rung):
    account = LinkedAccountFactory()
    shares = [post(account=account, age=2 * MINUTE) for _ in range(3)]
    other = post(age=2 * MINUTE)
    at = clock.now()
    plan_readings(at=at - MINUTE * 1.5)
    assert ring_due(at=at) == 2
    assert sorted(sorted(ids) for _, ids in rung) == sorted([[share.pk for share in shares], [other.pk]])
    assert {task for task, _ in rung} == {"reach.tasks.read"}


def test_no_call_asks_for_more_than_the_platform_takes(post, rung):
    account = LinkedAccountFactory()
    for _ in range(23):
        post(account=account, age=2 * MINUTE)
    plan_readings(at=clock.now() - MINUTE * 1.5)
    assert ring_due(at=clock.now()) == 2
    assert sorted(len(ids) for _, ids in rung) == [3, 20]


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
