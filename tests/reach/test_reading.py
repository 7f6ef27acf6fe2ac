from datetime import timedelta

import pytest
from django.db import DatabaseError

from accounts import actions as account_actions
from accounts import queries as accounts
from core import clock
from reach.actions import end_deleted, forget_readings, plan_readings, read_posts, ring_due
from reach.models import Reading, ReadingPlan
from reach.queries import latest_readings, reading_plans
from shares.models import Share
from tests.factories import StoryFactory

MINUTE = timedelta(minutes=1)


def plan_of(share) -> ReadingPlan:
    return ReadingPlan.objects.get(share=share)


@pytest.fixture
def due(published, stage):
    """`due("mastodon")`: a share that is up, with a reading due now."""

    def make(connector="mastodon", **fields):
        share = published(connector, **fields)
        plan_readings(at=clock.now())
        stage.later(timedelta(hours=1, minutes=1))
        return share

    return make


@pytest.mark.parametrize("connector", ["mastodon", "bluesky", "x"])
def test_a_post_is_read_and_read_again_later(due, connector):
    share = due(connector)
    assert share.state == "published"
    assert read_posts(share_ids=[share.pk], at=clock.now()) == 1
    reading = latest_readings([share.pk])[share.pk]
    assert reading.likes == 0
    assert plan_of(share).due_at > clock.now()
    assert plan_of(share).last_at == reading.at


def test_a_figure_the_platform_has_not_is_empty_and_not_nought(due):
    share = due("mastodon")
    read_posts(share_ids=[share.pk], at=clock.now())
    reading = Reading.objects.get(share=share)
    assert (reading.impressions, reading.clicks) == (None, None)


def test_posts_of_one_account_take_one_call(published, stage, town):
    account = stage.account("mastodon")
    shares = [stage.send(stage.plan(account))]
    stage.story = StoryFactory()
    shares.append(stage.send(stage.plan(account)))
    plan_readings(at=clock.now())
    stage.later(2 * MINUTE)
    before = town.control("GET", "/stats")["calls"].get("read", 0)
    assert read_posts(share_ids=[share.pk for share in shares], at=clock.now()) == 2
    assert town.control("GET", "/stats")["calls"]["read"] == before + 1


def test_a_late_bell_reads_nothing_twice(due):
    share = due()
    read_posts(share_ids=[share.pk], at=clock.now())
    assert read_posts(share_ids=[share.pk], at=clock.now()) == 0
    assert Reading.objects.filter(share=share).count() == 1


@pytest.mark.parametrize("kind", ["500_before", "html", "drop_before"])
def test_a_platform_in_trouble_gives_an_error_and_no_figures(due, town, kind):
    share = due()
    town.break_next("mastodon", "read", kind)
    assert read_posts(share_ids=[share.pk], at=clock.now()) == 0
    plan = plan_of(share)
    assert not Reading.objects.exists()
    assert plan.failures == 1 and plan.reason
    assert plan.due_at > clock.now()


def test_after_trouble_it_is_read_and_the_trouble_forgotten(due, town, stage):
    share = due()
    town.break_next("mastodon", "read", "500_before")
    read_posts(share_ids=[share.pk], at=clock.now())
    stage.later(2 * MINUTE)
    assert read_posts(share_ids=[share.pk], at=clock.now()) == 1
    assert (plan_of(share).failures, plan_of(share).reason) == (0, "")


def test_a_limit_of_reading_holds_reading_and_not_posting(due, town, post):
    share = due()
    neighbour = post(account=share.account, age=2 * MINUTE)
    plan_readings(at=clock.now() - 3 * MINUTE)
    town.break_next("mastodon", "read", "429")
    read_posts(share_ids=[share.pk], at=clock.now())
    share.account.refresh_from_db()
    assert share.account.paused_until is None
    assert plan_of(share).due_at > clock.now()
    # What would be asked by the same call waits as long, and asks nobody meanwhile.
    assert plan_of(neighbour).rung_until == plan_of(share).due_at
    assert ring_due(at=clock.now()) == 0


def test_a_post_deleted_on_the_platform_ends_its_plan_and_our_copy(due, stage):
    share = due()
    read_posts(share_ids=[share.pk], at=clock.now())
    stage.later(timedelta(hours=6))
    credentials = account_actions.fresh_credentials(account=share.account, at=clock.now())
    accounts.connectors()["mastodon"].delete(credentials, share.post_id)
    read_posts(share_ids=[share.pk], at=clock.now())
    plan = plan_of(share)
    assert plan.gone_at and plan.due_at is None
    assert not Reading.objects.filter(share=share).exists()


@pytest.mark.django_db
def test_a_post_deleted_through_us_is_forgotten_by_the_periodic_task(post):
    share = post()
    ReadingPlan.objects.create(share=share, due_at=clock.now())
    Reading.objects.create(share=share, at=clock.now(), likes=3)
    Share.objects.filter(pk=share.pk).update(state="deleted")
    assert end_deleted(at=clock.now()) == 1
    assert end_deleted(at=clock.now()) == 0
    assert not Reading.objects.exists()
    assert plan_of(share).due_at is None


@pytest.mark.django_db
def test_a_post_that_is_up_cannot_be_forgotten(post, as_runner):
    share = post()
    Reading.objects.create(share=share, at=clock.now(), likes=3)
    with pytest.raises(DatabaseError), as_runner():
        forget_readings(share.pk)
    assert Reading.objects.count() == 1


@pytest.mark.django_db
def test_the_running_product_can_forget_a_gone_post_and_nothing_else(post, as_runner):
    share, other = post(state="deleted"), post()
    for one in (share, other):
        Reading.objects.create(share=one, at=clock.now(), likes=3)
    with as_runner():
        assert forget_readings(share.pk) == 1
    with pytest.raises(DatabaseError), as_runner():
        Reading.objects.all().delete()
    assert Reading.objects.get().share == other


@pytest.mark.django_db
def test_the_latest_readings_are_two_questions(post, django_assert_num_queries):
    shares = [post() for _ in range(3)]
    for share in shares[:2]:
        for hour in range(3):
            Reading.objects.create(share=share, at=clock.now() + timedelta(hours=hour), likes=hour)
    with django_assert_num_queries(2):
        found = latest_readings([share.pk for share in shares])
    assert {pk: reading.likes for pk, reading in found.items()} == {shares[0].pk: 2, shares[1].pk: 2}


@pytest.mark.django_db
def test_plans_are_found_by_share(post):
    share = post()
    ReadingPlan.objects.create(share=share, reason="The platform is down.")
    assert reading_plans([share.pk])[share.pk].reason == "The platform is down."
