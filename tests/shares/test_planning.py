from datetime import timedelta
from uuid import uuid4

import pytest

from core import clock
from core.models import AuditEntry
from shares import actions
from shares.actions import CannotPlan
from shares.models import Share
from tests.factories import LinkedAccountFactory, MemberFactory, ShareFactory, StoryFactory

pytestmark = pytest.mark.django_db


def plan(account, story=None, *, words="I was there when we built it.", due_at=None, key=None, actor=None):
    return actions.plan_share(
        actor=actor or account.member,
        story=story or StoryFactory(),
        account=account,
        words=words,
        due_at=due_at,
        at=clock.now(),
        key=key,
    )


def test_a_share_now_can_be_taken_back_for_twenty_seconds() -> None:
    before = clock.now()
    share = plan(LinkedAccountFactory())
    assert timedelta(seconds=19) < share.due_at - before < timedelta(seconds=22)
    assert share.state == "scheduled"


def test_the_disclosure_of_the_members_country_is_frozen_with_the_plan() -> None:
    german = plan(LinkedAccountFactory(member__country="DE"))
    british = plan(LinkedAccountFactory(member__country="GB"))
    assert german.disclosure.startswith("Anzeige") and german.disclosure_before
    assert british.disclosure.startswith("I work at")


def test_each_share_has_a_short_link_of_its_own() -> None:
    story = StoryFactory()
    first, second = plan(LinkedAccountFactory(), story), plan(LinkedAccountFactory(), story)
    assert first.link.code != second.link.code
    assert first.link.target == story.url


def test_pressing_share_twice_makes_one_plan() -> None:
    account, story, key = LinkedAccountFactory(), StoryFactory(), uuid4()
    assert plan(account, story, key=key).pk == plan(account, story, key=key).pk
    assert Share.objects.count() == 1


def test_one_story_goes_to_one_account_once() -> None:
    account, story = LinkedAccountFactory(), StoryFactory()
    plan(account, story)
    with pytest.raises(CannotPlan, match="already share this story"):
        plan(account, story)
    assert Share.objects.count() == 1


def test_a_story_may_be_shared_again_after_it_failed() -> None:
    account, story = LinkedAccountFactory(), StoryFactory()
    ShareFactory(account=account, member=account.member, story=story, state="failed")
    assert plan(account, story).state == "scheduled"


def test_nobody_shares_from_a_colleagues_account() -> None:
    with pytest.raises(CannotPlan, match="not one of yours"):
        plan(LinkedAccountFactory(), actor=MemberFactory())
    assert not Share.objects.exists()


@pytest.mark.parametrize(
    ("shift", "sentence"), [(timedelta(minutes=-5), "already passed"), (timedelta(days=400), "half a year")]
)
def test_a_time_that_makes_no_sense_is_refused(shift, sentence) -> None:
    with pytest.raises(CannotPlan, match=sentence):
        plan(LinkedAccountFactory(), due_at=clock.now() + shift)
    assert not Share.objects.exists()


def test_words_too_long_for_the_platform_are_refused_with_its_name_and_nothing_is_kept() -> None:
    with pytest.raises(CannotPlan, match="Mastodon.*too many"):
        plan(LinkedAccountFactory(), words="word " * 200)
    assert not Share.objects.exists()


def test_marks_that_turn_or_break_words_are_neither_kept_nor_sent() -> None:
    share = plan(LinkedAccountFactory(), words="Look \u202eereh\x07 now")
    assert share.words == "Look ereh now"
    actions.edit_share(actor=share.member, share=share, words="\u202dAgain\x1b", at=clock.now())
    assert Share.objects.get().words == "Again"


def test_a_hundred_thousand_characters_are_refused_by_hand_too() -> None:
    with pytest.raises(CannotPlan, match="longer than any platform"):
        actions.plan_assisted(
            actor=MemberFactory(), story=StoryFactory(), target="facebook", words="x" * 100_000, at=clock.now()
        )
    with pytest.raises(CannotPlan, match="too many"):
        plan(LinkedAccountFactory(), words="x" * 100_000)
    assert not Share.objects.exists()


def test_a_post_without_words_is_refused() -> None:
    with pytest.raises(CannotPlan, match="few words"):
        plan(LinkedAccountFactory(), words="  \n ")


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "expired", "withdrawn"])
def test_a_story_that_is_not_live_cannot_be_shared(state) -> None:
    with pytest.raises(CannotPlan):
        plan(LinkedAccountFactory(member__roles=["curator"]), StoryFactory(state=state))
    assert not Share.objects.exists()


def test_a_plan_leaves_a_trace_that_names_no_words() -> None:
    share = plan(LinkedAccountFactory())
    entry = AuditEntry.objects.get(kind="share.planned")
    assert entry.about == f"share:{share.pk}" and "built" not in str(entry.data)


def test_words_can_change_until_the_post_is_on_its_way() -> None:
    share = plan(LinkedAccountFactory())
    actions.edit_share(actor=share.member, share=share, words="Better words.", at=clock.now())
    assert Share.objects.get(pk=share.pk).words == "Better words."
    Share.objects.update(state="sending")
    with pytest.raises(CannotPlan, match="on its way"):
        actions.edit_share(actor=share.member, share=share, words="Too late.", at=clock.now())
    assert Share.objects.get(pk=share.pk).words == "Better words."


def test_a_plan_moves_to_another_time_with_its_cut_off() -> None:
    share = plan(LinkedAccountFactory())
    tomorrow = clock.now() + timedelta(days=1)
    actions.move_share(actor=share.member, share=share, due_at=tomorrow, at=clock.now())
    assert (share.due_at, share.wanted_at) == (tomorrow, tomorrow)
    assert share.cut_off_at > tomorrow


@pytest.mark.parametrize("state", ["sending", "published", "cancelled", "uncertain"])
def test_what_is_no_longer_planned_does_not_move(state) -> None:
    share = ShareFactory(state=state)
    with pytest.raises(CannotPlan, match="no longer planned"):
        actions.move_share(actor=share.member, share=share, due_at=clock.now() + timedelta(days=1), at=clock.now())


VERBS = [
    actions.cancel_share,
    actions.retry_share,
    actions.delete_post,
    actions.say_posted,
    actions.drop_assisted,
    lambda **how: actions.edit_share(words="Mine now", **how),
    lambda **how: actions.move_share(due_at=clock.now() + timedelta(days=1), **how),
    lambda **how: actions.answer_asked(is_there=True, **how),
]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", ["scheduled", "failed", "published", "asked"])
def test_nobody_touches_a_colleagues_share(verb, state) -> None:
    share = ShareFactory(state=state, post_id="1")
    with pytest.raises(CannotPlan, match="not yours"):
        verb(actor=MemberFactory(roles=["administrator", "curator", "hr"]), share=share, at=clock.now())
    share.refresh_from_db()
    assert (share.state, share.words) == (state, "We tried this and it held.")


def test_retrying_a_failed_share_is_a_new_wish_with_a_new_key() -> None:
    share = ShareFactory(state="failed", reason="The platform said no.", tries=3)
    key = share.key
    actions.retry_share(actor=share.member, share=share, at=clock.now())
    assert (share.state, share.tries, share.reason) == ("scheduled", 0, "")
    assert share.key != key


def test_a_failed_share_can_be_tried_again_after_its_own_time_is_over() -> None:
    at = clock.now()
    share = ShareFactory(state="failed", due_at=at - timedelta(days=2), cut_off_at=at - timedelta(days=1))
    actions.retry_share(actor=share.member, share=share, at=at)
    share.refresh_from_db()
    assert share.state == "scheduled" and share.cut_off_at > at


def test_by_hand_the_words_wait_with_a_link_and_are_never_called_confirmed() -> None:
    member, story = MemberFactory(), StoryFactory()
    share = actions.plan_assisted(actor=member, story=story, target="facebook", words="Look at this", at=clock.now())
    assert (share.state, share.account) == ("handed_over", None)
    assert share.disclosure
    actions.say_posted(actor=member, share=share, at=clock.now())
    actions.drop_assisted(actor=member, share=share, at=clock.now())
    assert Share.objects.get(pk=share.pk).state == "said_posted"


def test_what_is_planned_ends_when_the_member_leaves_even_without_a_signal() -> None:
    share = ShareFactory()
    type(share.member).objects.update(is_active=False)
    actions.cancel_orphans(at=clock.now())
    share.refresh_from_db()
    assert (share.state, share.reason) == ("cancelled", "The member has left.")


def test_what_waited_for_a_reconnection_goes_on_after_it() -> None:
    share = ShareFactory(state="held", held_until=clock.now() + timedelta(days=1))
    actions.release_held(at=clock.now())
    share.refresh_from_db()
    assert share.state == "scheduled"


def test_it_goes_on_at_once_when_the_account_is_connected_again_and_not_in_half_a_minute() -> None:
    at = clock.now() + timedelta(seconds=1)
    share = ShareFactory(state="held", state_at=at, due_at=at + timedelta(seconds=30))
    actions.release_held(at=at)
    share.refresh_from_db()
    assert share.state == "held"
    type(share.account).objects.update(linked_at=at + timedelta(seconds=1))
    assert actions.release_held(at=at) == 1


@pytest.mark.parametrize("held_for", ["", "money"])
def test_what_could_only_go_out_late_is_its_owners_to_decide(held_for) -> None:
    at = clock.now() + timedelta(seconds=1)
    waited = {"state": "held", "cut_off_at": at - timedelta(hours=1), "held_until": at + timedelta(days=1)}
    share = ShareFactory(**waited, held_for=held_for)
    for _ in range(2):
        actions.release_held(at=at)
    share.refresh_from_db()
    assert (share.state, share.held_for) == ("held", "owner") and "Send it, move it" in share.reason
    (notice,) = share.member.notices.all()
    assert share.account.handle in notice.text and notice.url == "/shares/"
    actions.send_held(actor=share.member, share=share, at=at)
    assert share.state == "scheduled" and share.cut_off_at > at


def test_a_plan_on_a_paused_platform_ends_at_its_cut_off_and_its_member_hears_why() -> None:
    at = clock.now()
    late = ShareFactory(due_at=at - timedelta(hours=7), cut_off_at=at - timedelta(minutes=1))
    type(late.account).objects.update(paused_until=at + timedelta(hours=2))
    ShareFactory(state="retrying", due_at=at - timedelta(minutes=5))
    assert actions.end_late(at=at) == 1
    late.refresh_from_db()
    assert late.state == "cancelled" and "not sent late" in late.reason
    assert "was not posted" in late.member.notices.get().text


def test_what_waited_too_long_ends_with_a_reason() -> None:
    account = LinkedAccountFactory(state="needs_relink")
    share = ShareFactory(account=account, state="held", held_until=clock.now() - timedelta(seconds=1))
    actions.release_held(at=clock.now())
    share.refresh_from_db()
    assert share.state == "cancelled" and "reconnect" in share.reason
