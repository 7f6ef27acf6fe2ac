"""Sharing through us needs the guideline signed. What is planned before that waits, and then goes out."""

from datetime import timedelta

import pytest

from core import clock
from guidelines import actions as guidelines
from guidelines import queries
from guidelines.models import Due
from shares import actions, gates
from shares.actions.holding import hold_share
from shares.models import Share
from tests.factories import LinkedAccountFactory, MemberFactory, ShareFactory, StoryFactory
from tests.guidelines.conftest import begun, put_out, settled

pytestmark = pytest.mark.django_db


@pytest.fixture
def mina():
    return MemberFactory(name="Mina Okafor")


@pytest.fixture
def owing(mina):
    """She was asked, and the time she had is over."""
    hana, ines = MemberFactory(roles=["hr"]), MemberFactory(roles=["hr"])
    put_out(hana, ines, begun(hana, at=clock.now()), at=clock.now())
    settled(clock.now())
    Due.objects.update(due_at=clock.now() - timedelta(minutes=1), waits_from=clock.now() - timedelta(minutes=1))
    return queries.owed(mina).get()


def sign(mina, due) -> None:
    at = clock.now()
    Due.objects.filter(pk=due.pk).update(opened_at=at - timedelta(minutes=2))
    due.refresh_from_db()
    fingerprint = due.publication.fingerprint
    guidelines.sign_due(actor=mina, due=due, fingerprint=fingerprint, language="en", typed_name="Mina Okafor", at=at)


def test_what_was_planned_waits_kindly_and_goes_out_once_it_is_signed(mina, owing) -> None:
    share = ShareFactory(account=LinkedAccountFactory(member=mina))
    answer = gates.ask(share, clock.now())
    assert answer.verdict is gates.Verdict.HOLD and "sign a guideline" in answer.sentence
    sign(mina, owing)
    assert gates.ask(Share.objects.get(pk=share.pk), clock.now()).verdict is gates.Verdict.YES


def test_what_is_planned_now_is_not_refused_and_goes_on_by_itself(mina, owing) -> None:
    account = LinkedAccountFactory(member=mina)
    share = actions.plan_share(
        actor=mina, story=StoryFactory(), account=account, words="I held the ladder.", due_at=None, at=clock.now()
    )
    hold_share(share, gates.ask(share, clock.now()), clock.now())  # as whoever sends it does
    assert share.state == "held" and "sign a guideline" in share.reason
    sign(mina, owing)
    actions.release_held(at=clock.now() + timedelta(minutes=1))
    share.refresh_from_db()
    assert share.state == "scheduled"


def test_while_there_is_time_to_sign_nothing_waits(mina, owing) -> None:
    Due.objects.update(due_at=clock.now() + timedelta(days=3), waits_from=clock.now() + timedelta(days=3))
    assert gates.ask(ShareFactory(account=LinkedAccountFactory(member=mina)), clock.now()).verdict is gates.Verdict.YES


def test_the_gate_asks_one_query(mina, owing, django_assert_num_queries) -> None:
    share = ShareFactory(account=LinkedAccountFactory(member=mina))
    with django_assert_num_queries(1):
        gates.guidelines_are_signed(share, clock.now())


def test_by_hand_too_it_is_signed_first(mina, owing) -> None:
    share = {"actor": mina, "story": StoryFactory(), "target": "xing", "words": "I held the ladder.", "at": clock.now()}
    with pytest.raises(actions.CannotPlan, match="in your menu under Guidelines"):
        actions.plan_assisted(**share)
    sign(mina, owing)
    assert actions.plan_assisted(**share).state == "handed_over"
