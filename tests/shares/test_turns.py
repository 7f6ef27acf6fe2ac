"""A turn of sending: what it takes, what it leaves to others, and what it does when something breaks under it."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connections

from connectors.base import Receipt
from core import clock
from shares import actions
from shares.actions import turns
from shares.actions.callers import Callers
from shares.actions.sending import Called, begin_attempts
from shares.models import Attempt, Share
from tests.factories import LinkedAccountFactory, ShareFactory
from tests.shares.conftest import AtOnce


def soon() -> timedelta:
    return clock.now() + timedelta(minutes=1)


def test_a_turn_sends_everything_that_is_due_and_nothing_else(stage) -> None:
    account = stage.account("mastodon")
    due, later = stage.plan(account), ShareFactory(due_at=clock.now() + timedelta(hours=1))
    assert actions.send_due(using=AtOnce()) == 1
    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.state, later.state) == ("published", "scheduled")


def test_more_shares_than_callers_all_go_out_in_one_turn(stage) -> None:
    accounts = [stage.account("mastodon"), stage.account("x"), stage.account("linkedin")]
    shares = [stage.plan(account) for account in accounts]
    assert actions.send_due(using=AtOnce(threads=1)) == 3
    assert set(Share.objects.filter(pk__in=[share.pk for share in shares]).values_list("state", flat=True)) == {
        "published"
    }


def test_one_claim_takes_no_more_than_asked_and_the_earliest_first(db) -> None:
    at = soon()
    ShareFactory.create_batch(3, due_at=at)
    first = ShareFactory(due_at=at - timedelta(minutes=5))
    [(attempt, _)], _stale = begin_attempts(at=at, limit=1)
    assert attempt.share.pk == first.pk
    assert Share.objects.filter(state="sending").count() == 1


def test_a_claim_of_many_costs_as_many_queries_as_a_claim_of_one(db, django_assert_num_queries) -> None:
    ShareFactory.create_batch(13, connector="x", account__connector="x", account__origin="")
    begin_attempts(at=soon(), limit=1)  # reads what is kept for a few seconds
    with django_assert_num_queries(8):
        begin_attempts(at=soon(), limit=1)
    with django_assert_num_queries(8):
        assert len(begin_attempts(at=soon(), limit=11)[0]) == 11


def test_shares_of_a_paused_account_stay_where_they_are(db) -> None:
    ShareFactory(account__paused_until=soon() + timedelta(hours=1))
    assert begin_attempts(at=soon(), limit=9) == ([], [])


@pytest.mark.django_db(transaction=True)
def test_a_share_that_another_worker_is_claiming_is_passed_over() -> None:
    held, free = ShareFactory(), ShareFactory()
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1 FROM shares_share WHERE id = %s FOR UPDATE", [held.pk])
            attempts, _stale = begin_attempts(at=soon(), limit=9)
            cursor.execute("ROLLBACK")
    finally:
        other.close()
    assert [attempt.share.pk for attempt, _ in attempts] == [free.pk]


def test_an_expired_token_is_renewed_first_and_the_share_goes_out_in_the_same_turn(stage) -> None:
    account = stage.account("x")
    share = stage.plan(account)
    type(account).objects.update(expires_at=clock.now() - timedelta(minutes=1))
    assert stage.send(share).state == "published", share.reason
    assert share.attempts.count() == 1


def test_a_renewal_that_fails_for_the_moment_spends_no_attempt(stage) -> None:
    account = stage.account("x")
    share = stage.plan(account)
    type(account).objects.update(expires_at=clock.now() - timedelta(minutes=1))
    stage.town.break_next("x", "refresh", "500_before")
    share = stage.send(share)
    assert (share.state, share.attempts.count()) == ("scheduled", 0)
    stage.later(timedelta(minutes=1))
    assert stage.send(share).state == "published"


def test_answers_wait_for_a_database_that_broke_off(stage, monkeypatch) -> None:
    share = stage.plan(stage.account("mastodon"))
    write, broken = turns.record_answers, [OperationalError("the server closed the connection")]

    def break_off_once(answers, *, at) -> None:
        if broken:
            raise broken.pop()
        write(answers, at=at)

    monkeypatch.setattr(turns, "record_answers", break_off_once)
    monkeypatch.setattr(turns, "RETRY_SECONDS", 0)
    monkeypatch.setattr(turns.connection, "close", lambda: None)
    assert stage.send(share).state == "published"
    assert len(stage.posts(share)) == 1


def test_answers_are_written_the_same_when_the_first_writing_broke_off_half_way(stage, monkeypatch) -> None:
    share = stage.plan(stage.account("mastodon"))
    broken = [OperationalError("the server closed the connection")]

    def written_in_memory_only(answers, *, at) -> None:
        answers[0][0].share.state = "published"
        monkeypatch.setattr(turns, "record_answers", write)
        raise broken.pop()

    write = turns.record_answers
    monkeypatch.setattr(turns, "record_answers", written_in_memory_only)
    monkeypatch.setattr(turns, "RETRY_SECONDS", 0)
    monkeypatch.setattr(turns.connection, "close", lambda: None)
    assert stage.send(share).state == "published"


def test_a_call_that_ends_in_an_unforeseen_error_is_looked_for_and_not_sent_again_blindly(stage, monkeypatch) -> None:
    share = stage.plan(stage.account("bluesky"))
    with monkeypatch.context() as patched:
        patched.setattr(turns, "call_platform", lambda attempt, credentials: None)
        assert stage.send(share).state == "sending"
    share = stage.settle(share)
    assert share.state == "published"
    assert len(stage.posts(share)) == 1


def test_a_worker_that_is_stopping_takes_nothing_more(stage) -> None:
    stage.plan(stage.account("mastodon"))
    stage.plan(stage.account("x"))
    assert actions.send_due(using=AtOnce(threads=1), stopping=lambda: True) == 1
    assert Share.objects.filter(state="scheduled").count() == 1
    assert not Attempt.objects.filter(answered_at=None).exists()


def test_a_second_bell_during_a_turn_does_nothing(stage) -> None:
    stage.plan(stage.account("mastodon"))

    class RingsAgain(AtOnce):
        def call(self, job, answer) -> None:
            assert actions.send_due(using=AtOnce()) == 0
            super().call(job, answer)

    stage.plan(stage.account("x"))
    assert actions.send_due(using=RingsAgain()) == 2


@pytest.mark.django_db(transaction=True)
def test_no_more_calls_are_under_way_than_there_are_callers() -> None:
    callers, enough = Callers(2), threading.Event()
    answers: list[object] = []
    callers.call(lambda: enough.wait(5), answers.append)
    callers.call(lambda: enough.wait(5), answers.append)
    assert callers.free == 0
    LinkedAccountFactory()
    assert turns.Turn(callers).hand_out() is None
    assert not Attempt.objects.exists()
    enough.set()
    callers._pool.shutdown()
    assert (callers.free, answers) == (2, [True, True])


def test_a_caller_that_fails_is_free_again_and_says_so(caplog) -> None:
    callers, answers = Callers(1), []
    callers.call(lambda: 1 // 0, answers.append)
    callers._pool.shutdown()
    assert (callers.free, answers) == (1, [None])
    assert "nobody foresaw" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_cannot_be_written_costs_nobody_else_theirs(monkeypatch, caplog) -> None:
    strange = ShareFactory(due_at=clock.now() - timedelta(minutes=2))
    others = [ShareFactory(due_at=clock.now() - timedelta(minutes=1)) for _ in range(3)]

    def call(attempt, credentials) -> Called:
        url = "https://town.example/" + "x" * 700 * (attempt.share_id == strange.pk)
        return Called(attempt, credentials, Receipt("7", url))

    monkeypatch.setattr(turns, "call_platform", call)
    actions.send_due(using=AtOnce())
    strange.refresh_from_db()
    assert strange.state == "sending"
    assert f"the answer to share {strange.pk} could not be written" in caplog.text
    for other in others:
        other.refresh_from_db()
        assert (other.state, other.attempts.get().outcome) == ("published", "published")


def test_a_prepared_post_is_not_sent_when_its_lease_would_end_during_the_call(db, monkeypatch) -> None:
    share, calls = ShareFactory(due_at=clock.now() - timedelta(minutes=2)), []

    def call(attempt, credentials) -> Called:
        calls.append(attempt)
        attempt.lease_until = clock.now() + timedelta(seconds=1)
        return Called(attempt, credentials, {"image": "urn:li:image:1"})

    monkeypatch.setattr(turns, "call_platform", call)
    actions.send_due(using=AtOnce())
    share.refresh_from_db()
    assert len(calls) == 1
    assert (share.state, share.attempts.get().outcome) == ("retrying", "Unavailable")


@pytest.mark.django_db(transaction=True)
def test_a_turn_ends_when_the_process_takes_no_more_calls() -> None:
    ShareFactory(due_at=clock.now() - timedelta(minutes=1))
    callers = Callers(2)
    callers._pool.shutdown()
    with pytest.raises(RuntimeError):
        actions.send_due(using=callers)
    assert callers.free == 2
    assert actions.send_due(using=AtOnce()) == 0  # the next turn may begin


def test_answers_are_given_up_only_when_their_shares_are_looked_for(stage, monkeypatch) -> None:
    share = stage.plan(stage.account("mastodon"))

    def down(answers, *, at) -> None:
        clock.advance(40)
        raise OperationalError("the server is away")

    with monkeypatch.context() as patched:
        patched.setattr(turns, "record_answers", down)
        patched.setattr(turns, "RETRY_SECONDS", 0)
        patched.setattr(turns.connection, "close", lambda: None)
        assert stage.send(share).state == "sending"
    assert stage.settle(share).state == "published"
    assert len(stage.posts(share)) == 1
