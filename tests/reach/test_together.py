"""Posts of several members read by one call: whose token asks, and what it cannot see."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from accounts import actions as account_actions
from accounts import queries as accounts
from accounts.budgets import buckets_of
from core import buckets, clock
from reach.actions import plan_readings, read_posts, ring_due
from reach.actions.pools import own_pool
from reach.models import Reading, ReadingCost, ReadingPlan
from tests.factories import StoryFactory

HOUR = timedelta(hours=1)


def plan_of(share) -> ReadingPlan:
    return ReadingPlan.objects.get(share=share)


@pytest.fixture
def two(published, stage):
    """`two("mastodon")`: a post each of two members, due now."""

    def make(connector):
        shares = [published(connector), published(connector)]
        plan_readings(at=clock.now())
        stage.later(HOUR * 1.1)
        return shares

    return make


def calls(town) -> int:
    return town.control("GET", "/stats")["calls"].get("read", 0)


def ids(shares) -> list[int]:
    return [share.pk for share in shares]


@pytest.mark.parametrize("connector", ["mastodon", "bluesky", "x"])
def test_posts_of_two_members_take_one_call_and_what_it_cost_is_known(two, town, connector):
    shares, before = two(connector), calls(town)
    assert read_posts(share_ids=ids(shares), at=clock.now()) == 2
    assert calls(town) == before + 1
    cost = ReadingCost.objects.get(connector=connector)
    assert (cost.calls, cost.posts, cost.day) == (1, 2, clock.now().astimezone(UTC).date())


def test_posts_that_only_their_own_member_can_read_take_a_call_each(two, town):
    shares, before = two("threads"), calls(town)
    assert {plan_of(share).pool for share in shares} == {own_pool(share.account) for share in shares}
    # Even where they are asked for together.
    assert [read_posts(share_ids=ids(shares), at=clock.now()) for _ in range(2)] == [1, 1]
    assert calls(town) == before + 2


def test_a_token_that_was_ended_is_used_no_more_and_a_colleagues_takes_its_place(two):
    shares = two("mastodon")
    ended = shares[0].account
    account_actions.mark_needs_relink(account=ended, sentence="It was ended.", at=clock.now())
    assert read_posts(share_ids=ids(shares), at=clock.now()) == 1
    assert Reading.objects.get().share == shares[1]


def test_the_member_whose_token_the_platform_refuses_is_told_and_the_others_posts_are_read(two, town):
    shares = two("mastodon")
    town.break_next("mastodon", "read", "401")
    assert read_posts(share_ids=ids(shares), at=clock.now()) == 1
    states = {share.account_id: share.account.state for share in shares}
    for share in shares:
        share.account.refresh_from_db()
        states[share.account_id] = share.account.state
    assert sorted(states.values()) == ["healthy", "needs_relink"]
    assert Reading.objects.get().share.account.state == "healthy"


def test_no_token_is_shown_where_none_is_needed(two, monkeypatch):
    shares, shown = two("bluesky"), []
    connector = accounts.connectors()["bluesky"]
    request = connector.door.request

    def seen(method, url, **how):
        shown.append(how.get("headers"))
        return request(method, url, **how)

    monkeypatch.setattr(connector.door, "request", seen)
    assert read_posts(share_ids=ids(shares), at=clock.now()) == 2
    assert not any("Authorization" in (headers or {}) for headers in shown)


def test_a_post_a_colleagues_token_does_not_see_is_gone_only_when_its_own_does_not_either(two):
    shares = two("mastodon")
    deleted = shares[0]
    credentials = account_actions.fresh_credentials(account=deleted.account, at=clock.now())
    accounts.connectors()["mastodon"].delete(credentials, deleted.post_id)
    for _ in range(3):
        read_posts(share_ids=ids(shares), at=clock.now())
        if plan_of(deleted).gone_at:
            break
        # Not believed yet: asked again, by itself, with its own member's token.
        assert plan_of(deleted).pool == own_pool(deleted.account)
        read_posts(share_ids=[deleted.pk], at=clock.now())
    assert plan_of(deleted).gone_at and plan_of(deleted).due_at is None
    assert plan_of(shares[1]).gone_at is None


@pytest.fixture
def scarce(monkeypatch, settings):
    """`scarce("x", figures=1)`: a platform that takes so many calls of that name."""

    def make(key, **allowed):
        settings.LIMITS = True
        connector = accounts.connectors()[key]
        limits = [replace(each, allowed=allowed.get(each.name, each.allowed)) for each in connector.limits]
        monkeypatch.setattr(connector, "limits", tuple(limits))

    return make


def test_without_room_nothing_is_asked_and_the_posts_wait_for_the_next_window(published, stage, town, scarce):
    account = stage.account("x")
    first = stage.send(stage.plan(account))
    stage.story = StoryFactory()
    second = stage.send(stage.plan(account))
    plan_readings(at=clock.now())
    stage.later(HOUR * 1.1)
    scarce("x", figures=1)
    at = clock.now()
    assert read_posts(share_ids=[first.pk], at=at) == 1
    before = calls(town)
    assert read_posts(share_ids=[second.pk], at=at) == 0
    assert calls(town) == before
    plan = plan_of(second)
    assert at < plan.rung_until <= at + HOUR / 4 and plan.failures == 0
    assert ring_due(at=at) == 0
    assert read_posts(share_ids=[second.pk], at=plan.rung_until) == 1


def test_what_one_member_has_no_room_for_is_asked_with_a_colleagues_token(two, scarce, town):
    shares = two("x")
    scarce("x", figures=1)
    for account in {share.account for share in shares[:1]}:
        assert buckets.take(buckets_of(account, "read"), at=clock.now()) is None
    assert read_posts(share_ids=ids(shares), at=clock.now()) == 2


def test_a_third_of_what_posting_uses_too_is_left_to_posting(two, scarce):
    shares = two("mastodon")
    scarce("mastodon", calls=6)
    at = clock.now()
    reads = 0
    for share in shares:
        for _ in range(9):
            ReadingPlan.objects.filter(share=share).update(pool="by itself", due_at=at, late_at=at)
            reads += read_posts(share_ids=[share.pk], at=at)
    assert reads == 8  # four of six for each member
    for share in shares:
        assert buckets.take(buckets_of(share.account, "post"), at=at) is None
