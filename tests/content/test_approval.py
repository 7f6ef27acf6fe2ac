from datetime import timedelta

import pytest

from accounts.models import Organisation
from accounts.queries import forget_kept
from content import actions
from content.actions import CaptionWords
from content.actions.errors import EditedMeanwhile, MovedOn, NotAllowed, NotReady
from content.models import Approval, Story
from content.signals import story_withdrawn
from core.models import AuditEntry
from notifications.models import Notice
from tests.content.conftest import AT, signed_in, words
from tests.factories import MemberFactory

HOUR = timedelta(hours=1)
TOMORROW = AT + timedelta(days=1)


@pytest.fixture
def in_review(draft, sofia, dai):
    return actions.submit_story(actor=sofia, story=draft, at=AT)


@pytest.fixture
def live(in_review, dai):
    return actions.approve_story(actor=dai, story=in_review, at=AT)


def firm_asks(approvers: int, **also: bool) -> None:
    Organisation.objects.update_or_create(pk=1, defaults={"approvers": approvers} | also)
    forget_kept()


def stored(story: Story) -> Story:
    return Story.objects.get(pk=story.pk)


def kinds(story: Story) -> list[str]:
    return list(AuditEntry.objects.filter(about=f"story:{story.pk}").order_by("pk").values_list("kind", flat=True))


def test_a_second_person_approves_and_it_is_live(draft, sofia, dai):
    actions.submit_story(actor=sofia, story=draft, at=AT)
    actions.approve_story(actor=dai, story=draft, at=AT + HOUR)
    story = stored(draft)
    assert (story.state, story.submitted_by, story.approved_by, story.live_at) == ("live", sofia, dai, AT + HOUR)
    assert kinds(story) == ["story_made", "story_submitted", "story_approved", "story_live"]


def test_words_that_fit_nowhere_do_not_go_to_review(draft, sofia):
    draft.captions.create(text="word " * 1224)
    with pytest.raises(NotReady, match="too long for every platform"):
        actions.submit_story(actor=sofia, story=stored(draft), at=AT)
    assert stored(draft).state == "draft"


def test_who_was_asked_to_look_is_asked_no_more_once_it_is_decided(in_review, sofia, dai):
    unread = Notice.objects.filter(kind="story_to_review", read_at=None)
    assert unread.exists()
    actions.approve_story(actor=dai, story=in_review, at=AT)
    assert not unread.exists()


def test_nobody_approves_their_own(in_review, sofia):
    with pytest.raises(NotAllowed, match="somebody else"):
        actions.approve_story(actor=sofia, story=in_review, at=AT)
    assert stored(in_review).state == "in_review"


def test_who_wrote_it_does_not_approve_it_though_somebody_else_sent_it(draft, sofia, dai):
    actions.submit_story(actor=dai, story=draft, at=AT)
    with pytest.raises(NotAllowed, match="You wrote some of this story yourself"):
        actions.approve_story(actor=sofia, story=draft, at=AT)
    browser = signed_in(sofia)
    page = browser.get(f"/curate/stories/{draft.pk}/").content.decode()
    assert "You wrote some of this story yourself." in page and "Approve this story" not in page
    assert "there is none yet" in page, "nobody is left who could approve it, and the page says so"
    page = browser.post(f"/curate/stories/{draft.pk}/approve/", {"edition": "1"}, follow=True).content.decode()
    assert "so somebody else has to approve it" in page and stored(draft).state == "in_review"
    assert actions.approve_story(actor=MemberFactory(roles=["curator"]), story=stored(draft), at=AT).state == "live"


def test_each_who_saved_an_edition_since_it_was_approved_counts_as_its_writer(draft, sofia, dai):
    katrin = MemberFactory(roles=["curator"])
    actions.edit_story(actor=dai, story=draft, words=words(title="What Dai added"), at=AT)
    story = actions.edit_story(actor=sofia, story=stored(draft), words=words(title="What Sofia made of it"), at=AT)
    actions.submit_story(actor=sofia, story=story, at=AT)
    assert [notice.member for notice in Notice.objects.all()] == [katrin], "nobody is asked who could not approve it"
    with pytest.raises(NotAllowed, match="wrote"):
        actions.approve_story(actor=dai, story=story, at=AT)
    actions.approve_story(actor=katrin, story=story, at=AT)
    actions.withdraw_story(actor=sofia, story=story, reason="Once more, please.", at=AT)
    story = actions.reopen_story(actor=sofia, story=stored(story), at=AT)
    actions.edit_story(actor=sofia, story=story, words=words(title="A word changed"), at=AT)
    actions.submit_story(actor=sofia, story=stored(story), at=AT + HOUR)
    assert actions.approve_story(actor=dai, story=stored(story), at=AT + HOUR).state == "live", "his part is approved"


def test_one_yes_of_two_approves_nothing_its_writer_could_lean_on(draft, sofia, dai):
    firm_asks(2)
    katrin, bo = MemberFactory(roles=["curator"]), MemberFactory(roles=["curator"])
    actions.submit_story(actor=dai, story=draft, at=AT)
    actions.approve_story(actor=katrin, story=stored(draft), at=AT)
    story = actions.send_back_story(actor=dai, story=stored(draft), at=AT)
    actions.edit_story(actor=dai, story=story, words=words(title="Other words"), at=AT)
    story = actions.submit_story(actor=dai, story=stored(story), at=AT + HOUR)
    with pytest.raises(NotAllowed, match="wrote"):
        actions.approve_story(actor=sofia, story=story, at=AT + HOUR)
    actions.approve_story(actor=katrin, story=story, at=AT + HOUR)
    assert actions.approve_story(actor=bo, story=stored(story), at=AT + HOUR).state == "live"


def test_the_only_curator_approves_nothing_alone_unless_the_firm_asks_nobody(draft, sofia):
    actions.submit_story(actor=sofia, story=draft, at=AT)
    with pytest.raises(NotAllowed, match="somebody else"):
        actions.approve_story(actor=sofia, story=draft, at=AT)
    firm_asks(0)
    assert actions.approve_story(actor=sofia, story=draft, at=AT).state == "live"


def test_where_nobody_is_asked_a_finished_story_is_live_at_once_or_on_its_day(draft, sofia, dai):
    firm_asks(0)
    assert actions.submit_story(actor=sofia, story=draft, at=AT).state == "live"
    assert kinds(draft) == ["story_made", "story_submitted", "story_asked_nobody", "story_live"]
    later = actions.make_story(actor=sofia, words=words(live_from=TOMORROW), captions=[CaptionWords("Later.")], at=AT)
    assert actions.submit_story(actor=sofia, story=later, at=AT).state == "approved"
    assert not Notice.objects.exists()


def test_a_regulated_firm_always_asks_somebody(draft, sofia):
    firm_asks(0, regulated=True)
    assert actions.submit_story(actor=sofia, story=draft, at=AT).state == "in_review"


def test_two_different_people_approve_where_two_are_asked(in_review, sofia, dai):
    firm_asks(2)
    katrin = MemberFactory(roles=["curator"])
    assert actions.approve_story(actor=dai, story=in_review, at=AT).state == "in_review"
    with pytest.raises(MovedOn, match="already"):
        actions.approve_story(actor=dai, story=stored(in_review), at=AT)
    with pytest.raises(NotAllowed):
        actions.approve_story(actor=sofia, story=stored(in_review), at=AT)
    assert actions.approve_story(actor=katrin, story=stored(in_review), at=AT + HOUR).state == "live"
    given = [(one.by, one.edition, one.at) for one in Approval.objects.all()]
    assert given == [(dai, in_review.edition, AT), (katrin, in_review.edition, AT + HOUR)]


def test_a_change_after_the_first_approval_asks_both_again(in_review, sofia, dai):
    firm_asks(2)
    katrin = MemberFactory(roles=["curator"])
    actions.approve_story(actor=dai, story=in_review, at=AT)
    story = actions.send_back_story(actor=sofia, story=stored(in_review), at=AT)
    actions.edit_story(actor=sofia, story=story, words=words(title="Other words"), at=AT)
    story = actions.submit_story(actor=sofia, story=stored(story), at=AT + HOUR)
    assert actions.approve_story(actor=katrin, story=story, at=AT + HOUR).state == "in_review"
    assert actions.approve_story(actor=dai, story=stored(story), at=AT + HOUR).state == "live"


def test_a_member_can_do_none_of_it(draft, mina, sofia, dai):
    acts = [
        ("draft", lambda story: actions.submit_story(actor=mina, story=story, at=AT)),
        ("in_review", lambda story: actions.approve_story(actor=mina, story=story, at=AT)),
        ("in_review", lambda story: actions.send_back_story(actor=mina, story=story, reason="No", at=AT)),
        ("approved", lambda story: actions.put_live(actor=mina, story=story, at=AT)),
        ("live", lambda story: actions.withdraw_story(actor=mina, story=story, reason="No", at=AT)),
        ("expired", lambda story: actions.reopen_story(actor=mina, story=story, at=AT)),
        (
            "live",
            lambda story: actions.reschedule_story(actor=mina, story=story, live_from=None, expires_at=None, at=AT),
        ),
    ]
    for state, act in acts:
        Story.objects.filter(pk=draft.pk).update(state=state)
        with pytest.raises(NotAllowed):
            act(stored(draft))
        assert stored(draft).state == state


def test_what_is_missing_is_said_all_at_once(sofia):
    story = actions.make_story(actor=sofia, words=words(picture="stories/a.jpg", expires_at=AT), at=AT)
    with pytest.raises(NotReady) as caught:
        actions.submit_story(actor=sofia, story=story, at=AT)
    assert all(word in caught.value.sentence for word in ("suggestion", "picture", "end"))
    assert stored(story).state == "draft"


def test_with_an_embargo_it_waits_for_its_time(draft, sofia, dai):
    actions.edit_story(actor=sofia, story=draft, words=words(live_from=TOMORROW), at=AT)
    actions.submit_story(actor=sofia, story=draft, at=AT)
    assert actions.approve_story(actor=dai, story=draft, at=AT).state == "approved"
    assert actions.turn_stories(at=TOMORROW - HOUR) == (0, 0)
    assert actions.turn_stories(at=TOMORROW) == (1, 0)
    assert (stored(draft).state, stored(draft).live_at) == ("live", TOMORROW)


def test_an_approved_story_can_be_put_live_before_its_time(draft, sofia, dai):
    actions.edit_story(actor=sofia, story=draft, words=words(live_from=TOMORROW), at=AT)
    actions.submit_story(actor=sofia, story=draft, at=AT)
    actions.approve_story(actor=dai, story=draft, at=AT)
    assert actions.put_live(actor=sofia, story=draft, at=AT + HOUR).live_at == AT + HOUR


def test_a_live_story_expires(live):
    Story.objects.filter(pk=live.pk).update(expires_at=TOMORROW)
    assert actions.turn_stories(at=TOMORROW) == (0, 1)
    assert stored(live).state == "expired" and kinds(live)[-1] == "story_expired"


def test_a_story_whose_whole_time_has_passed_is_never_seen_live(draft):
    Story.objects.filter(pk=draft.pk).update(state="approved", live_from=AT, expires_at=AT + HOUR)
    assert actions.turn_stories(at=TOMORROW) == (1, 1)
    assert stored(draft).state == "expired"


def test_turning_twice_does_nothing_twice(live):
    Story.objects.filter(pk=live.pk).update(expires_at=TOMORROW)
    assert actions.turn_stories(at=TOMORROW) == (0, 1)
    assert actions.turn_stories(at=TOMORROW) == (0, 0)


def test_an_approval_counts_only_for_what_was_read(in_review, sofia, dai):
    read = in_review.edition
    actions.send_back_story(actor=sofia, story=in_review, at=AT)
    actions.edit_story(actor=sofia, story=in_review, words=words(title="Other words"), at=AT)
    actions.submit_story(actor=sofia, story=in_review, at=AT)
    with pytest.raises(EditedMeanwhile):
        actions.approve_story(actor=dai, story=in_review, edition=read, at=AT)
    assert stored(in_review).state == "in_review"


def test_two_approvals_at_once_are_one(in_review, dai):
    other = stored(in_review)
    actions.approve_story(actor=dai, story=in_review, at=AT)
    with pytest.raises(MovedOn):
        actions.approve_story(actor=dai, story=other, at=AT)
    assert kinds(in_review).count("story_approved") == 1


def test_a_reviewer_says_what_should_change(in_review, sofia, dai):
    with pytest.raises(NotReady):
        actions.send_back_story(actor=dai, story=in_review, reason=" ", at=AT)
    actions.send_back_story(actor=dai, story=in_review, reason="Name the bakery.", at=AT)
    assert (stored(in_review).state, stored(in_review).sent_back_reason) == ("draft", "Name the bakery.")
    assert "Dai Evans asks for a change" in Notice.objects.get(member=sofia).text


def test_whoever_sent_it_may_take_it_back_without_a_word(in_review, sofia):
    assert actions.send_back_story(actor=sofia, story=in_review, at=AT).state == "draft"
    assert not Notice.objects.filter(member=sofia).exists()


def test_a_live_story_is_not_sent_back(live, dai):
    with pytest.raises(MovedOn):
        actions.send_back_story(actor=dai, story=live, reason="Too late", at=AT)


def test_curators_are_told_what_waits_and_in_their_language(draft, sofia, dai, mina):
    actions.submit_story(actor=sofia, story=draft, at=AT)
    assert [notice.member for notice in Notice.objects.all()] == [dai]
    actions.approve_story(actor=dai, story=draft, at=AT)
    assert "Dai Evans approved" in Notice.objects.get(member=sofia).text


def test_withdrawing_rings_after_the_commit(live, sofia, django_capture_on_commit_callbacks):
    heard = []
    story_withdrawn.connect(
        lambda **ring: heard.append((ring["story_id"], ring["at"])), weak=False, dispatch_uid="heard"
    )
    try:
        with django_capture_on_commit_callbacks(execute=True):
            actions.withdraw_story(actor=sofia, story=live, reason="Recalled.", at=AT)
            assert heard == []
        assert heard == [(live.pk, AT)]
    finally:
        story_withdrawn.disconnect(dispatch_uid="heard")
    assert (stored(live).state, stored(live).withdrawn_reason) == ("withdrawn", "Recalled.")


def test_a_live_story_is_withdrawn_only_with_a_reason(live, sofia):
    with pytest.raises(NotReady):
        actions.withdraw_story(actor=sofia, story=live, at=AT)
    assert stored(live).state == "live"


def test_a_draft_is_discarded_without_one(draft, sofia):
    assert actions.withdraw_story(actor=sofia, story=draft, at=AT).state == "withdrawn"


def test_a_story_can_be_made_a_draft_again_without_its_past_times(live, sofia):
    Story.objects.filter(pk=live.pk).update(live_from=AT - HOUR, expires_at=AT)
    actions.turn_stories(at=AT)
    story = actions.reopen_story(actor=sofia, story=stored(live), at=AT + HOUR)
    assert (story.state, story.live_from, story.expires_at, story.approved_by) == ("draft", None, None, None)


def test_after_approval_only_the_times_change(live, sofia):
    story = actions.reschedule_story(actor=sofia, story=live, live_from=TOMORROW, expires_at=TOMORROW, at=AT)
    assert (story.live_from, story.expires_at) == (None, TOMORROW)
    with pytest.raises(NotReady):
        actions.reschedule_story(actor=sofia, story=live, live_from=None, expires_at=AT - HOUR, at=AT)


def test_the_runner_role_may_do_all_of_it(draft, sofia, dai, as_runner):
    with as_runner():
        actions.submit_story(actor=sofia, story=draft, at=AT)
        actions.approve_story(actor=dai, story=draft, at=AT)
    assert stored(draft).state == "live"
