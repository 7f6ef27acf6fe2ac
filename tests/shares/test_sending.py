"""Never twice and never silently lost, on every platform, counted in the platform's own ledger."""

from datetime import timedelta

import pytest
from django.utils.translation import get_language

from connectors.base import Receipt
from core import clock
from shares import actions
from shares.actions import answers, ending
from shares.actions.answers import record_answers
from shares.actions.sending import begin_attempts
from shares.models import Share
from tests.shares.conftest import AtOnce

PLATFORMS = ["mastodon", "bluesky", "linkedin", "x", "threads"]
each_platform = pytest.mark.parametrize("platform", PLATFORMS)


@each_platform
def test_a_due_share_goes_out_once_with_disclosure_words_and_link(stage, platform) -> None:
    share = stage.send(stage.plan(stage.account(platform)))
    assert share.state == "published", share.reason
    [post] = stage.posts(share)
    assert post["post_id"] in share.post_id or share.post_id in post["post_id"]
    assert share.disclosure in post["text"] and share.words in post["text"]
    assert share.post_url


@each_platform
def test_a_share_sent_by_two_workers_goes_out_once(stage, platform) -> None:
    share = stage.plan(stage.account(platform))
    stage.send(share)
    assert actions.send_due(using=AtOnce()) == 0
    assert len(stage.posts(share)) == 1


@each_platform
def test_two_lost_answers_in_a_row_still_make_one_post(stage, platform) -> None:
    share = stage.plan(stage.account(platform))
    stage.town.control("POST", "/faults", platform=platform, op="publish", kind="drop_after", times=2)
    share = stage.settle(stage.send(share), rounds=20)
    assert len(stage.posts(share)) == 1
    assert share.state in ("published", "asked")
    if share.state == "asked":
        actions.answer_asked(actor=share.member, share=share, is_there=True, at=clock.now())
        assert share.state == "published"


def test_nothing_is_resent_while_the_first_call_may_still_be_on_its_way(stage) -> None:
    share = stage.plan(stage.account("linkedin"))
    stage.town.break_next("linkedin", "publish", "drop_before")
    share = stage.send(share)
    assert share.state == "uncertain"
    lease = share.attempts.get().lease_until
    while clock.now() + timedelta(seconds=10) < lease:
        stage.later(timedelta(seconds=10))
        stage.tick(share)
        assert share.attempts.count() == 1
    share = stage.settle(share)
    assert (share.state, share.attempts.count()) == ("published", 2)


@pytest.mark.parametrize("platform", [name for name in PLATFORMS if name != "linkedin"])
def test_a_platform_that_asks_us_to_wait_is_waited_for_without_losing_the_share(stage, platform) -> None:
    share = stage.plan(stage.account(platform))
    stage.town.break_next(platform, "publish", "429")
    share = stage.send(share)
    assert (share.state, share.tries) == ("retrying", 0)
    assert share.due_at > clock.now()
    assert share.account.__class__.objects.get(pk=share.account_id).paused_until


def test_a_pause_beyond_the_cut_off_is_said_at_once_and_not_when_it_is_over(stage) -> None:
    stage.at_noon()
    share = stage.plan(stage.account("linkedin"))
    stage.town.break_next("linkedin", "publish", "429")
    share = stage.send(share)
    assert share.state == "failed" and "today" in share.reason
    assert share.member.notices.exists()


@each_platform
def test_a_revoked_account_holds_the_share_and_says_what_to_do(stage, platform) -> None:
    share = stage.plan(stage.account(platform))
    stage.town.control("POST", "/revoke", platform=platform, remote_id=share.account.remote_id)
    share = stage.send(share)
    stage.later(timedelta(seconds=5))
    stage.tick(share)
    share.refresh_from_db()
    assert share.state == "held", share.reason
    assert share.member.notices.exists()
    assert not stage.posts(share)


def test_a_share_that_comes_too_late_is_cancelled_with_a_reason(stage) -> None:
    share = stage.plan(stage.account("mastodon"))
    stage.later(timedelta(hours=7))
    share = stage.send(share)
    assert share.state == "cancelled" and "not sent late" in share.reason
    assert not stage.posts(share)


def test_a_withdrawn_story_is_not_posted_even_when_nobody_rang(stage) -> None:
    share = stage.plan(stage.account("mastodon"))
    type(stage.story).objects.update(state="withdrawn")
    share = stage.send(share)
    assert share.state == "cancelled" and "withdrawn" in share.reason
    assert not stage.posts(share)


def test_a_lost_answer_is_asked_about_when_the_story_is_withdrawn_before_the_one_resend(stage) -> None:
    share = resent_soon(stage)
    type(stage.story).objects.update(state="withdrawn")
    share = stage.send(share)
    assert share.state == "asked", share.reason
    assert share.member.notices.filter(kind="share.asked").exists()
    assert len(stage.posts(share)) == 1


def test_a_lost_answer_is_asked_about_when_the_member_takes_back_what_may_be_up(stage) -> None:
    share = resent_soon(stage)
    actions.cancel_share(actor=share.member, share=share, at=clock.now())
    assert share.state == "asked", share.reason


def test_a_lost_answer_is_asked_about_when_nobody_reconnects_in_time(stage) -> None:
    share = resent_soon(stage)
    type(share.account).objects.update(state="needs_relink")
    assert stage.send(share).state == "held"
    stage.later(timedelta(days=8))
    actions.release_held(at=clock.now())
    assert Share.objects.get(pk=share.pk).state == "asked"


def test_a_lost_answer_is_asked_about_by_the_sweep_for_withdrawn_stories_too(stage) -> None:
    share = resent_soon(stage)
    type(stage.story).objects.update(state="withdrawn")
    assert actions.cancel_orphans(at=clock.now()) == 1
    assert Share.objects.get(pk=share.pk).state == "asked"


def test_a_post_that_was_looked_for_and_is_not_there_is_cancelled_without_a_question(stage) -> None:
    share = stage.plan(stage.account("bluesky"))
    stage.town.break_next("bluesky", "publish", "drop_before")
    share = until_retrying(stage, stage.send(share))
    type(stage.story).objects.update(state="withdrawn")
    assert stage.send(share).state == "cancelled"
    assert not stage.posts(share)


def test_a_refused_resend_says_nothing_of_the_post_that_may_be_up(stage) -> None:
    share = resent_soon(stage)
    stage.town.control("POST", "/faults", platform="linkedin", op="publish", kind="html", status=400, times=1)
    share = stage.send(share)
    assert share.state == "asked", share.reason
    assert len(stage.posts(share)) == 1


def test_a_resend_comes_only_while_it_is_safe(stage) -> None:
    share = resent_soon(stage)
    type(share.account).objects.update(state="needs_relink")
    assert stage.send(share).state == "held"
    stage.later(timedelta(days=5))
    type(share.account).objects.update(state="healthy")
    actions.release_held(at=clock.now())
    share = stage.send(share)
    assert share.state == "asked"
    assert len(stage.posts(share)) == 1


def test_a_receipt_that_comes_after_its_lease_stops_the_next_attempt(stage) -> None:
    share = stage.plan(stage.account("x"))
    [(attempt, _credentials)], _stale = begin_attempts(at=clock.now(), limit=1)
    stage.later(timedelta(seconds=100))
    actions.end_leases(at=clock.now())
    actions.settle_share(share_id=share.pk, at=clock.now())
    assert Share.objects.get(pk=share.pk).state == "retrying"
    record_answers([(attempt, Receipt("99", "https://x.com/i/web/status/99"))], at=clock.now())
    assert actions.send_due(using=AtOnce()) == 0
    assert Share.objects.get(pk=share.pk).state == "published"


def test_a_platform_that_fails_for_hours_is_left_alone_more_and_more_and_never_posted_to_late(stage) -> None:
    share = stage.plan(stage.account("mastodon"))
    stage.town.control("POST", "/faults", platform="mastodon", op="publish", kind="500_before")
    start = clock.now()
    while clock.now() - start < timedelta(hours=8):
        stage.later(timedelta(minutes=3))
        stage.tick(share)
    stage.town.mend()
    for _ in range(4):
        stage.later(timedelta(minutes=3))
        stage.tick(share)
    share.refresh_from_db()
    assert share.state == "cancelled" and "not sent late" in share.reason
    assert share.attempts.count() < 20


def test_an_answer_that_was_written_is_used_when_the_worker_died_before_the_share_moved(stage, monkeypatch) -> None:
    share = stage.plan(stage.account("linkedin"))

    def die(*_args: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(answers, "_publish_together", die)
        with pytest.raises(SystemExit):
            actions.send_due(using=AtOnce())
    assert stage.settle(share).state == "published"
    assert len(stage.posts(share)) == 1


def test_words_changed_after_a_proven_absence_are_the_words_that_go_out(stage) -> None:
    share = stage.plan(stage.account("bluesky"))
    stage.town.break_next("bluesky", "publish", "drop_before")
    share = until_retrying(stage, stage.send(share))
    type(share.account).objects.update(state="needs_relink")
    assert stage.send(share).state == "held"
    actions.edit_share(actor=share.member, share=share, words="The better words", at=clock.now())
    type(share.account).objects.update(state="healthy")
    stage.later(timedelta(minutes=1))
    actions.release_held(at=clock.now())
    share = stage.send(share)
    assert share.state == "published", share.reason
    assert "The better words" in stage.posts(share)[0]["text"]


def test_success_takes_the_note_of_trouble_back(stage) -> None:
    share = stage.plan(stage.account("mastodon"))
    stage.town.break_next("mastodon", "publish", "429")
    share = stage.send(share)
    stage.later(share.due_at - clock.now() + timedelta(seconds=2))
    assert stage.send(share).state == "published"
    share.account.refresh_from_db()
    assert share.account.health_note == "" and share.account.worked_at


def test_what_a_worker_tells_a_member_is_in_the_members_language(stage, monkeypatch) -> None:
    account, spoken = stage.account("mastodon"), []
    type(account.member).objects.filter(pk=account.member_id).update(language="de")
    monkeypatch.setattr(ending.notifications, "tell", lambda **_told: spoken.append(get_language()))
    stage.plan(account)
    stage.town.control("POST", "/faults", platform="mastodon", op="publish", kind="html", status=422, times=1)
    actions.send_due(using=AtOnce())
    assert spoken == ["de"]


def test_a_delete_that_is_refused_for_good_says_so_at_once(stage) -> None:
    share = stage.send(stage.plan(stage.account("mastodon")))
    actions.delete_post(actor=share.member, share=share, at=clock.now())
    stage.town.control("POST", "/faults", platform="mastodon", op="delete", kind="html", status=422, times=1)
    actions.settle_share(share_id=share.pk, at=clock.now())
    share.refresh_from_db()
    assert share.state == "published" and "could not be deleted" in share.reason


def resent_soon(stage) -> Share:
    """A LinkedIn share that is up, whose answer was lost, and which is about to be sent again the one time."""
    share = stage.plan(stage.account("linkedin"))
    stage.town.break_next("linkedin", "publish", "drop_after")
    return until_retrying(stage, stage.send(share))


def until_retrying(stage, share: Share) -> Share:
    for _round in range(30):
        if share.state == "retrying":
            return share
        stage.later(timedelta(seconds=10))
        actions.end_leases(at=clock.now())
        actions.settle_share(share_id=share.pk, at=clock.now())
        share.refresh_from_db()
    raise AssertionError(share.state)


def test_a_share_taken_back_within_twenty_seconds_never_goes_out(stage) -> None:
    account = stage.account("mastodon")
    share = actions.plan_share(
        actor=account.member, story=stage.story, account=account, words="Hello", due_at=None, at=clock.now()
    )
    assert actions.send_due(using=AtOnce()) == 0
    actions.cancel_share(actor=account.member, share=share, at=clock.now())
    stage.later(timedelta(minutes=1))
    stage.tick(share)
    assert Share.objects.get(pk=share.pk).state == "cancelled"
    assert not stage.posts(share)


@each_platform
def test_a_post_can_be_deleted_again(stage, platform) -> None:
    share = stage.send(stage.plan(stage.account(platform)))
    actions.delete_post(actor=share.member, share=share, at=clock.now())
    share = stage.settle(share)
    assert share.state == "deleted", share.reason
    assert not stage.posts(share)
