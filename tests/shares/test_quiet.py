"""While the quiet switch is on everything planned waits; afterwards each owner decides, and nothing goes by itself."""

from datetime import datetime, timedelta

import pytest

from accounts import actions as accounts
from accounts.models import QuietTime
from accounts.queries import forget_kept
from core import clock
from core.models import AuditEntry
from notifications.models import Notice
from shares import actions
from shares.models import OWNER, PAUSE, Attempt, Share
from tests.factories import LinkedAccountFactory, MemberFactory, ShareFactory, StoryFactory
from tests.shares.conftest import Stage

pytestmark = pytest.mark.django_db
OVER = "The pause is over. Send it, move it or cancel it."


def begin(why: str = "There was an accident.", hours: int = 24) -> QuietTime:
    at = clock.now()
    until = at + timedelta(hours=hours)
    return accounts.begin_quiet(actor=MemberFactory(roles=["curator"]), why=why, until=until, at=at)


def end() -> None:
    assert accounts.end_quiet(actor=MemberFactory(roles=["hr"]), at=clock.now())


def sweep(at: datetime | None = None) -> None:
    """What the periodic task does for the quiet switch."""
    at = at or clock.now()
    actions.hold_for_quiet(at=at)
    actions.hand_to_owners(at=at)
    actions.release_held(at=at)


def fresh(share: Share) -> Share:
    return Share.objects.select_related("member", "story", "account", "link").get(pk=share.pk)


@pytest.fixture
def waiting() -> Share:
    """A share that was planned, paused, and now waits for its owner."""
    share = ShareFactory()
    begin()
    sweep()
    end()
    sweep()
    return fresh(share)


def test_everything_planned_is_held_at_once_whenever_it_was_due() -> None:
    at = clock.now()
    soon, later = ShareFactory(), ShareFactory(due_at=at + timedelta(days=30), wanted_at=at + timedelta(days=30))
    quiet = begin()
    sweep()
    for share in (fresh(soon), fresh(later)):
        assert (share.state, share.held_for) == ("held", PAUSE)
        assert share.reason == "Sharing is paused for now, so your post waits. Why: There was an accident."
        assert share.held_until == max(share.wanted_at, quiet.until) + timedelta(days=7)


def test_many_are_held_by_the_same_few_questions(django_assert_max_num_queries) -> None:
    ShareFactory.create_batch(40)
    begin()
    with django_assert_max_num_queries(16):
        assert actions.hold_for_quiet(at=clock.now()) == 40
    assert actions.hold_for_quiet(at=clock.now()) == 0


def test_nothing_goes_out_while_it_is_on_and_the_platform_is_not_asked(stage: Stage) -> None:
    share = stage.plan(stage.account("mastodon"))
    begin()
    stage.send(share)
    assert (share.state, share.held_for) == ("held", PAUSE)
    assert stage.posts(share) == [] and not Attempt.objects.exists()


def test_a_share_on_its_way_is_not_touched(stage: Stage) -> None:
    share = ShareFactory(state="sending", due_at=clock.now() + timedelta(minutes=1))
    begin()
    sweep()
    assert fresh(share).state == "sending"


@pytest.mark.parametrize("state", ["uncertain", "asked", "published", "deleting", "failed", "cancelled"])
def test_what_is_not_planned_is_left_alone(state: str) -> None:
    share = ShareFactory(state=state, due_at=clock.now() + timedelta(hours=1))
    begin()
    sweep()
    end()
    sweep()
    assert fresh(share).state == state


def test_what_is_planned_during_it_waits_from_the_start() -> None:
    account = LinkedAccountFactory()
    begin()
    at = clock.now()
    share = actions.plan_share(
        actor=account.member, story=StoryFactory(), account=account, words="I was there.", due_at=None, at=at
    )
    assert (fresh(share).state, fresh(share).held_for) == ("held", PAUSE)


def test_a_failed_share_sent_once_more_waits_too() -> None:
    share = ShareFactory(state="failed")
    begin()
    actions.retry_share(actor=share.member, share=fresh(share), at=clock.now())
    assert (fresh(share).state, fresh(share).held_for) == ("held", PAUSE)


def test_when_it_ends_nothing_goes_out_by_itself(stage: Stage) -> None:
    share = stage.plan(stage.account("mastodon"))
    begin()
    stage.send(share)
    end()
    for _ in range(20):
        stage.later(timedelta(hours=1))
        sweep()
        actions.send_due()
    share = fresh(share)
    assert (share.state, share.held_for, share.reason) == ("held", OWNER, OVER)
    assert stage.posts(share) == []


def test_it_ends_by_its_own_time_with_the_same_rule(stage: Stage) -> None:
    share = stage.plan(stage.account("mastodon"))
    begin(hours=4)
    sweep()
    stage.later(timedelta(hours=5))
    forget_kept()
    sweep()
    share = stage.send(share)
    assert (share.state, share.held_for, share.reason) == ("held", OWNER, OVER)


def test_what_waited_for_a_connection_does_not_go_out_after_the_pause_either() -> None:
    share = ShareFactory(account__state="needs_relink")
    at = clock.now()
    Share.objects.filter(pk=share.pk).update(state="held", held_until=at + timedelta(days=7), due_at=at)
    begin()
    sweep()
    share.account.state = "healthy"
    share.account.save()
    end()
    sweep(clock.now() + timedelta(minutes=5))
    assert (fresh(share).state, fresh(share).held_for) == ("held", OWNER)


def test_each_owner_hears_of_it_once_in_their_own_language() -> None:
    account = LinkedAccountFactory()
    for _ in range(3):
        ShareFactory(account=account)
    begin()
    sweep()
    end()
    sweep()
    sweep()
    assert list(Notice.objects.values_list("member", "kind")) == [(account.member.pk, "share.waits")]


def test_a_second_pause_takes_back_what_waited_for_its_owner(waiting: Share) -> None:
    begin(why="Once more.")
    sweep()
    share = fresh(waiting)
    assert share.held_for == PAUSE and "Once more." in share.reason
    with pytest.raises(actions.CannotPlan):
        actions.send_held(actor=share.member, share=share, at=clock.now())


def test_the_owner_sends_it_and_may_still_take_it_back(waiting: Share) -> None:
    at = clock.now()
    actions.send_held(actor=waiting.member, share=waiting, at=at)
    share = fresh(waiting)
    assert (share.state, share.held_for, share.reason) == ("scheduled", "", "")
    assert share.due_at == at + actions.TAKE_BACK and share.cut_off_at > share.due_at
    assert AuditEntry.objects.filter(kind="share.released", about=f"share:{share.pk}", actor=share.member).exists()


def test_the_owner_moves_it(waiting: Share) -> None:
    to = clock.now() + timedelta(days=2)
    actions.move_share(actor=waiting.member, share=waiting, due_at=to, at=clock.now())
    assert (fresh(waiting).state, fresh(waiting).due_at) == ("scheduled", to)


def test_the_owner_lets_it_go(waiting: Share) -> None:
    actions.cancel_share(actor=waiting.member, share=waiting, at=clock.now())
    assert fresh(waiting).state == "cancelled"


def test_nobody_else_decides(waiting: Share) -> None:
    other = MemberFactory(roles=["administrator"])
    for verb in (actions.send_held, actions.cancel_share):
        with pytest.raises(actions.CannotPlan, match="not yours"):
            verb(actor=other, share=fresh(waiting), at=clock.now())
    assert fresh(waiting).held_for == OWNER


def test_a_share_that_waits_for_something_else_is_not_sent_by_this_button() -> None:
    share = ShareFactory(state="held")
    with pytest.raises(actions.CannotPlan, match="does not wait for you"):
        actions.send_held(actor=share.member, share=fresh(share), at=clock.now())


def test_after_a_week_it_is_let_go_with_its_reason(waiting: Share) -> None:
    sweep(waiting.held_until - timedelta(seconds=1))
    assert fresh(waiting).state == "held"
    sweep(waiting.held_until + timedelta(seconds=1))
    share = fresh(waiting)
    assert share.state == "cancelled" and share.reason.startswith("It waited a week")


def test_a_story_withdrawn_meanwhile_ends_it(waiting: Share) -> None:
    waiting.story.state = "withdrawn"
    waiting.story.save()
    with pytest.raises(actions.CannotPlan, match="withdrawn"):
        actions.send_held(actor=waiting.member, share=fresh(waiting), at=clock.now())
    actions.cancel_orphans(at=clock.now())
    assert fresh(waiting).state == "cancelled"


def maybe_up(connector: str = "mastodon") -> Share:
    """Retrying after an answer that was lost: the post may be up."""
    at = clock.now()
    share = ShareFactory(state="retrying", account__connector=connector, tries=1, attempts_made=1)
    Attempt.objects.create(
        share=share, number=1, body={"key": str(share.key)}, started_at=at, lease_until=at, outcome="OutcomeUnknown"
    )
    return share


def test_a_share_whose_answer_was_lost_is_held_and_asked_about_when_let_go() -> None:
    share = maybe_up()
    begin()
    sweep()
    assert (fresh(share).state, fresh(share).held_for) == ("held", PAUSE)
    actions.cancel_share(actor=share.member, share=fresh(share), at=clock.now())
    assert fresh(share).state == "asked"


def test_a_share_whose_answer_was_lost_is_asked_about_when_nobody_decides() -> None:
    share = maybe_up()
    begin()
    sweep()
    end()
    sweep()
    sweep(fresh(share).held_until + timedelta(seconds=1))
    assert fresh(share).state == "asked"


def test_a_share_whose_answer_was_lost_is_asked_about_rather_than_sent_too_late_to_be_safe() -> None:
    share = maybe_up("x")
    begin()
    sweep()
    end()
    sweep()
    actions.send_held(actor=share.member, share=fresh(share), at=clock.now())
    assert fresh(share).state == "asked"


def test_members_read_one_calm_sentence_and_no_name(client) -> None:
    share = ShareFactory(member__name="Mina")
    begin(why="There was an accident.")
    sweep()
    client.force_login(share.member)
    for path in ("/shares/", f"/stories/{StoryFactory().pk}/share/"):
        page = client.get(path).content.decode()
        assert "Sharing is paused for now." in page and "There was an accident." in page
    assert "It waits until" in client.get(f"/shares/{share.pk}/").content.decode()


def test_the_page_of_a_post_by_hand_says_the_pause(client) -> None:
    member, at = MemberFactory(), clock.now()
    share = actions.plan_assisted(actor=member, story=StoryFactory(), target="facebook", words="I was there.", at=at)
    client.force_login(member)
    assert "paused" not in client.get(f"/shares/{share.pk}/").content.decode()
    begin()
    assert "Please wait with posting it until the pause is over" in client.get(f"/shares/{share.pk}/").content.decode()


def test_the_list_offers_each_decision_with_one_tap(client, waiting: Share) -> None:
    client.force_login(waiting.member)
    page = client.get("/shares/").content.decode()
    assert OVER in page and "Send it now" in page and "Move it" in page and "Cancel it for good" in page
    answer = client.post(f"/shares/{waiting.pk}/send/", follow=True)
    assert "On its way in a moment." in answer.content.decode() and fresh(waiting).state == "scheduled"


def test_the_time_it_had_is_offered_again_on_a_day_to_come(client, waiting: Share) -> None:
    Share.objects.filter(pk=waiting.pk).update(wanted_at=clock.now() - timedelta(days=3, hours=1))
    client.force_login(waiting.member)
    page = client.get(f"/shares/{waiting.pk}/").content.decode()
    offered = page.partition('name="due_at" value="')[2].partition('"')[0]
    assert client.post(f"/shares/{waiting.pk}/time/", {"due_at": offered}).status_code == 302
    assert fresh(waiting).state == "scheduled"


def test_a_colleague_presses_in_vain(client, waiting: Share) -> None:
    client.force_login(MemberFactory(roles=["administrator"]))
    assert client.post(f"/shares/{waiting.pk}/send/").status_code == 404
    assert fresh(waiting).state == "held"


def test_my_posts_ask_the_same_with_one_held_share_and_with_twenty(client, django_assert_max_num_queries) -> None:
    account = LinkedAccountFactory()
    client.force_login(account.member)
    ShareFactory(account=account)
    begin()
    sweep()
    forget_kept()
    with django_assert_max_num_queries(14) as one:
        client.get("/shares/")
    ShareFactory.create_batch(19, account=account)
    sweep()
    forget_kept()
    with django_assert_max_num_queries(len(one)):
        client.get("/shares/")
