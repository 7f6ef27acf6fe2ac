"""Stories for some of us: what everybody else meets on the way to a post, and what becomes of a plan whose member has
left the audience meanwhile."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Team, User
from audiences.models import Audience
from content.models import Story
from core import clock
from notifications.models import Notice
from shares import actions, gates
from shares.actions import CannotPlan
from shares.actions.sending import begin_attempts
from shares.models import SavedDraft, Share
from tests.content.conftest import signed_in
from tests.factories import AudienceFactory, LinkedAccountFactory, MemberFactory, StoryFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return StoryFactory(title="A lathe of our own", audience=AudienceFactory(team=[TeamFactory(name="Repair").pk]))


@pytest.fixture
def theirs(story: Story) -> User:
    return MemberFactory(team=Team.objects.get(name="Repair"))


@pytest.fixture
def other() -> User:
    return MemberFactory()


def test_nothing_of_it_is_on_anybody_elses_first_page(story: Story, theirs: User, other: User) -> None:
    for query in ("/", "/?all", "/?all&page=1"):
        assert story.title in signed_in(theirs).get(query).content.decode()
        assert story.title not in signed_in(other).get(query).content.decode()


@pytest.mark.parametrize("page", ["story", "compose"])
def test_its_pages_are_not_there_for_anybody_else(story: Story, theirs: User, other: User, page: str) -> None:
    address = reverse(f"shares:{page}", args=[story.pk])
    assert signed_in(theirs).get(address).status_code == 200
    refused, missing = signed_in(other).get(address), signed_in(other).get(address.replace(str(story.pk), "987654"))
    assert refused.status_code == missing.status_code == 404
    assert story.title not in refused.content.decode()


@pytest.mark.parametrize("door", ["compose", "draft", "by_hand"])
def test_nothing_can_be_sent_to_it_either(story: Story, other: User, door: str) -> None:
    sent = {"words": "I was there.", "target": "email", "accounts": [], "when": "now"}
    assert signed_in(other).post(reverse(f"shares:{door}", args=[story.pk]), sent).status_code == 404
    assert not Share.objects.exists() and not SavedDraft.objects.exists()


def test_it_cannot_be_planned_or_handed_over_by_anybody_else(story: Story, other: User) -> None:
    account = LinkedAccountFactory(member=other)
    with pytest.raises(CannotPlan, match="not open to you"):
        actions.plan_share(actor=other, story=story, account=account, words="We built it.", due_at=None, at=clock.now())
    with pytest.raises(CannotPlan, match="not open to you"):
        actions.plan_assisted(actor=other, story=story, target="email", words="We built it.", at=clock.now())
    assert not Share.objects.exists()


def test_a_curator_reads_it_without_being_offered_to_share_it(story: Story) -> None:
    curator = MemberFactory(roles=["curator"])
    page = signed_in(curator).get(reverse("shares:story", args=[story.pk]))
    assert "You read this as a curator" in page.content.decode() and "Share this story" not in page.content.decode()
    assert signed_in(curator).get(reverse("shares:compose", args=[story.pk])).status_code == 404


@pytest.fixture
def planned(story: Story, theirs: User) -> Share:
    account = LinkedAccountFactory(member=theirs)
    return actions.plan_share(
        actor=theirs, story=story, account=account, words="We built it.", due_at=None, at=clock.now()
    )


def send(share: Share) -> Share:
    begin_attempts(at=share.due_at, limit=10)
    share.refresh_from_db()
    return share


def test_who_belongs_to_the_audience_shares_it(planned: Share) -> None:
    assert send(planned).state == "sending"


def test_a_plan_ends_in_words_when_its_member_has_left_the_audience(planned: Share, theirs: User) -> None:
    User.objects.filter(pk=theirs.pk).update(team=TeamFactory())
    assert send(planned).state == "cancelled"
    assert "for other colleagues now" in planned.reason
    assert "for other colleagues now" in Notice.objects.get(member=theirs).text
    assert not planned.attempts.exists()


def test_a_plan_ends_when_the_audience_was_written_anew(planned: Share, story: Story) -> None:
    Audience.objects.filter(pk=story.audience_id).update(terms=AudienceFactory(team=[TeamFactory().pk]).terms)
    assert send(planned).state == "cancelled"


def test_who_comes_back_later_is_not_surprised_by_an_old_plan(planned: Share, theirs: User) -> None:
    team = theirs.team_id
    User.objects.filter(pk=theirs.pk).update(team=None)
    send(planned)
    User.objects.filter(pk=theirs.pk).update(team=team)
    assert send(planned).state == "cancelled"


def test_plans_for_open_stories_ask_nothing_more(django_assert_num_queries: Any) -> None:
    account = LinkedAccountFactory()
    share = actions.plan_share(
        actor=account.member, story=StoryFactory(), account=account, words="Held.", due_at=None, at=clock.now()
    )
    with django_assert_num_queries(0):
        assert gates.story_is_for_them(share, clock.now()) == gates.YES
