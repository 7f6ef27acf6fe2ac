"""Budgets at sending: a burst is spread, the month's money is never overspent, and everybody hears why they wait."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, transaction
from django.test import Client
from django.urls import reverse

from accounts import budgets
from accounts import queries as accounts
from accounts.models import PlatformApp
from accounts.queries import forget_kept
from core import clock
from core.buckets import levels
from core.flow import move
from core.models import Taken
from notifications.models import Notice
from shares import actions
from shares.actions.sending import begin_attempts
from shares.actions.spending import refund
from shares.models import Attempt, Share
from tests.factories import MemberFactory, ShareFactory, StoryFactory
from tests.shares.conftest import AtOnce, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("limits")]


def app(connector: str, **fields: Any) -> PlatformApp:
    row, _ = PlatformApp.objects.update_or_create(connector=connector, origin="", defaults=fields)
    forget_kept()
    return row


def planned(stage: Stage, account: Any, number: int) -> list[Share]:
    shares = []
    for place in range(number):
        stage.story = StoryFactory()
        shares.append(stage.plan(account, f"What we learnt, part {place}."))
    return shares


def run(*shares: Share) -> list[str]:
    actions.send_due(using=AtOnce())
    for share in shares:
        share.refresh_from_db()
    return [share.state for share in shares]


def test_what_a_platform_takes_no_more_of_waits_for_its_turn_and_says_so(stage: Stage) -> None:
    stage.at_noon()
    app("mastodon", lowered={"posts": 2})
    account = stage.account("mastodon")
    shares = planned(stage, account, 3)
    assert run(*shares) == ["published", "published", "scheduled"]
    last = shares[2]
    assert last.reason.startswith("Waits for its turn at Mastodon") and last.due_at > clock.now() + timedelta(hours=1)
    calls, posts = budgets.buckets_of(account, "post")
    standing = levels([calls, posts], at=clock.now())
    assert standing[posts.key].taken == 2
    assert standing[calls.key].cap is not None, "what the server's header said was heard"
    assert run(last) == ["scheduled"], "it is not looked at again before"
    stage.later(last.due_at - clock.now() + timedelta(seconds=1))
    assert run(last) == ["published"]
    assert last.reason == ""


def test_a_turn_that_comes_later_than_wanted_is_for_the_member_to_decide(stage: Stage) -> None:
    stage.at_noon()
    app("linkedin", lowered={"posts": 1})
    shares = planned(stage, stage.account("linkedin"), 2)
    assert run(*shares) == ["published", "held"]
    held = shares[1]
    assert held.held_for == "owner" and "later than you wanted" in held.reason
    assert Notice.objects.filter(member=held.member, kind="share.waits").count() == 1
    actions.send_held(actor=held.member, share=held, at=clock.now() + timedelta(hours=13))
    assert held.state == "scheduled"


def test_x_gets_no_more_than_its_month_has_and_the_rest_waits_for_money(stage: Stage) -> None:
    stage.at_noon()
    row = app("x", monthly_budget=1)
    account = stage.account("x")
    shares = planned(stage, account, 6)
    states = run(*shares)
    assert states == ["published"] * 5 + ["held"], "a post with a link costs 0.20"
    held = shares[5]
    assert held.held_for == "money" and "nothing is left" in held.reason and held.held_until > clock.now()
    money = budgets.money("x", at=clock.now())
    assert money and (money.left, money.taken) == (0, 1000)
    actions.release_held(at=clock.now())
    held.refresh_from_db()
    assert held.state == "held"
    row.monthly_budget = 2
    row.save()
    forget_kept()
    stage.later(timedelta(minutes=6))
    actions.release_held(at=clock.now())
    assert run(held) == ["published"]


def test_money_for_a_post_that_was_surely_not_made_comes_back_once(stage: Stage) -> None:
    app("x", monthly_budget=1)
    (share,) = planned(stage, stage.account("x"), 1)
    stage.town.control("POST", "/faults", platform="x", op="publish", kind="429", times=1)
    assert run(share) == ["retrying"]
    money = budgets.money("x", at=clock.now())
    assert money and money.taken == 0


def test_without_limits_nothing_is_counted(stage: Stage, settings: Any) -> None:
    settings.LIMITS = False
    (share,) = planned(stage, stage.account("x"), 1)
    assert run(share) == ["published"]
    assert not Taken.objects.exists()


def test_without_a_budget_x_is_by_hand_and_the_composer_says_why_before_anybody_types(
    stage: Stage, client: Client
) -> None:
    stage.at_noon()
    account = stage.account("x")
    client.force_login(account.member)
    place = reverse("shares:compose", args=[stage.story.pk])
    page = client.get(place).content.decode()
    assert "By hand: posting costs money, and no budget is set" in page
    with pytest.raises(actions.CannotPlan, match="which is free"):
        stage.plan(account)
    client.post(reverse("shares:by_hand", args=[stage.story.pk]), {"target": "x", "words": "Read how it held."})
    handed = Share.objects.get(state="handed_over", connector="x")
    assert "x.com/intent/tweet" in client.get(reverse("shares:share", args=[handed.pk])).content.decode()
    app("x", monthly_budget=1)
    assert "By hand:" not in client.get(place).content.decode()


def test_what_waits_for_money_is_handed_over_with_one_tap(stage: Stage, client: Client) -> None:
    stage.at_noon()
    app("x", monthly_budget=1)
    (share,) = planned(stage, stage.account("x"), 1)
    app("x", monthly_budget=0)
    assert run(share) == ["held"]
    client.force_login(share.member)
    assert "Post it myself" in client.get(reverse("shares:share", args=[share.pk])).content.decode()
    client.post(reverse("shares:hand_over", args=[share.pk]))
    share.refresh_from_db()
    assert share.state == "cancelled"
    assert Share.objects.get(state="handed_over").words == share.words


def test_what_waits_for_something_else_is_not_handed_over(client: Client) -> None:
    share = ShareFactory(state="held", connector="bluesky", account__connector="bluesky")
    client.force_login(share.member)
    client.post(reverse("shares:hand_over", args=[share.pk]))
    share.refresh_from_db()
    assert share.state == "held" and not Share.objects.filter(state="handed_over").exists()


def test_the_operator_sees_what_the_month_has_cost(stage: Stage, client: Client) -> None:
    app("x", monthly_budget=7)
    run(*planned(stage, stage.account("x"), 1))
    client.force_login(MemberFactory(roles=["administrator"]))
    assert "0.20 USD of this month’s 7.00 USD used" in client.get("/operations/").content.decode()


def test_a_refund_that_was_rolled_back_is_given_again_and_only_once(stage: Stage) -> None:
    stage.at_noon()
    app("x", monthly_budget=1)
    (share,) = planned(stage, stage.account("x"), 1)
    [(attempt, _credentials)], _stale = begin_attempts(at=clock.now(), limit=1)
    assert left_of_x() == 800
    with pytest.raises(OperationalError), transaction.atomic():
        refund(attempt)
        raise OperationalError("the connection broke")
    assert left_of_x() == 800
    refund(attempt)
    refund(attempt)
    assert left_of_x() == 1000


def test_a_slow_look_proves_nothing_of_an_attempt_that_began_meanwhile(stage: Stage, monkeypatch: Any) -> None:
    stage.at_noon()
    app("x", monthly_budget=1)
    (share,) = planned(stage, stage.account("x"), 1)
    begin_attempts(at=clock.now(), limit=1)
    stage.later(timedelta(minutes=10))
    actions.end_leases(at=clock.now())

    def another_worker_is_quicker(*_asked: Any) -> None:
        row = Share.objects.get(pk=share.pk)
        row.attempts.update(outcome=Attempt.ABSENT)
        move(row, "retrying", at=clock.now(), due_at=clock.now())
        assert len(begin_attempts(at=clock.now(), limit=1)[0]) == 1

    monkeypatch.setattr(accounts.connectors()["x"], "find", another_worker_is_quicker)
    actions.settle_share(share_id=share.pk, at=clock.now())
    first, second = Attempt.objects.filter(share=share).order_by("number")
    assert (second.outcome, second.price, second.may_be_up) == ("", 200, True)
    assert Share.objects.get(pk=share.pk).state == "sending"


def left_of_x() -> int:
    money = budgets.money("x", at=clock.now())
    assert money is not None
    return money.left
