import pytest

from content import rules
from content.models import Story
from tests.factories import MemberFactory, StoryFactory

STATES = ["draft", "in_review", "approved", "live", "expired", "withdrawn"]


@pytest.mark.parametrize("state", STATES)
def test_members_see_live_stories_only(mina, state):
    assert rules.can_see(mina, StoryFactory(state=state)) is (state == "live")


@pytest.mark.parametrize("state", STATES)
def test_curators_see_all_and_edit_drafts(sofia, state):
    story = StoryFactory(state=state)
    assert rules.can_see(sofia, story)
    assert rules.can_edit(sofia, story) is (state == "draft")


@pytest.mark.parametrize("roles", [[], ["hr"], ["administrator"], ["council"]])
def test_no_other_role_curates(db, roles):
    member, story = MemberFactory(roles=roles), StoryFactory.build(state="draft", created_by=None)
    allowed = [rules.can_curate(member), rules.can_edit(member, story), rules.can_withdraw(member, story)]
    assert allowed == [False, False, False]


def test_a_curator_who_left_can_do_nothing(db):
    left = MemberFactory(roles=["curator"], is_active=False)
    assert not rules.can_approve(left, Story(state="in_review")) and not rules.can_see(left, Story(state="draft"))


def test_who_sent_a_story_does_not_approve_it(sofia, dai):
    story = StoryFactory(state="in_review", submitted_by=sofia)
    assert not rules.can_approve(sofia, story) and rules.can_approve(dai, story)
    assert not rules.can_approve(dai, StoryFactory(state="draft", submitted_by=sofia))
