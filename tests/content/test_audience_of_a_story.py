"""Whom a story is for, in the editor."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import Team, User
from audiences.models import Audience
from content.models import Story
from tests.content.conftest import signed_in
from tests.factories import AudienceFactory, MemberFactory, TeamFactory

pytestmark = pytest.mark.django_db
TYPED = {"title": "A bakery sold its van", "url": "https://blog.example/van", "language": "en", "do": "save"}


@pytest.fixture
def desk(sofia: User) -> Client:
    return signed_in(sofia)


@pytest.fixture
def repair() -> Team:
    team = TeamFactory(name="Repair")
    MemberFactory(team=team)
    return team


def saved(desk: Client, story: Story | None = None, **sent: Any) -> Any:
    address = f"/curate/stories/{story.pk}/" if story else "/curate/stories/new/"
    edition = {"edition": story.edition} if story else {}
    return desk.post(address, TYPED | edition | sent)


def test_a_story_is_for_everybody_a_named_audience_or_one_chosen_here(desk: Client, repair: Team) -> None:
    kept = AudienceFactory(name="The bench", team=[repair.pk])
    assert saved(desk, **{"for": "everybody"}).status_code == 302
    assert Story.objects.latest("pk").audience is None
    saved(desk, **{"for": kept.pk})
    assert Story.objects.latest("pk").audience == kept
    saved(desk, **{"for": "composed", "for-in-team": [repair.pk]})
    made = Story.objects.latest("pk").audience
    assert made is not None and made.name == "" and made.terms == kept.terms


def test_what_is_saved_is_chosen_when_the_page_opens_again(desk: Client, repair: Team) -> None:
    saved(desk, **{"for": "composed", "for-in-team": [repair.pk]})
    page = desk.get(f"/curate/stories/{Story.objects.latest('pk').pk}/").content.decode()
    assert 'value="composed" checked' in page and f'name="for-in-team" value="{repair.pk}" checked' in page
    assert "Everyone in Repair" in page


def test_a_form_without_this_part_leaves_a_story_closed(desk: Client, repair: Team) -> None:
    saved(desk, **{"for": "composed", "for-in-team": [repair.pk]})
    story = Story.objects.latest("pk")
    assert saved(desk, story, title="Another title").status_code == 302
    story.refresh_from_db()
    assert story.title == "Another title" and story.audience is not None


def test_an_audience_that_is_gone_is_never_taken_for_everybody(desk: Client) -> None:
    page = saved(desk, **{"for": "987654"})
    assert page.status_code == 422 and "not there any more" in page.content.decode()
    assert "A bakery sold its van" in page.content.decode() and not Story.objects.exists()


def test_choosing_some_of_us_without_saying_whom_is_refused(desk: Client) -> None:
    page = saved(desk, **{"for": "composed"})
    assert page.status_code == 422 and "Nothing is chosen below yet" in page.content.decode()


def test_counting_by_the_button_saves_nothing(desk: Client, repair: Team) -> None:
    page = saved(desk, **{"for": "composed", "for-in-team": [repair.pk], "do": "count"})
    assert page.status_code == 200 and "1 of" in page.content.decode()
    assert not Story.objects.exists() and not Audience.objects.exists()


def test_a_draft_for_nobody_is_saved_with_a_warning(desk: Client) -> None:
    page = desk.post("/curate/stories/new/", TYPED | {"for": "composed", "for-in-place": ["Atlantis"]}, follow=True)
    assert "Nobody belongs to the audience of this story" in page.content.decode()
    assert Story.objects.latest("pk").state == "draft"


def test_curators_read_whom_a_story_is_for_and_members_in_kind_words(desk: Client, sofia: User, repair: Team) -> None:
    saved(desk, **{"for": "composed", "for-in-team": [repair.pk], "for-except-role": ["hr"]})
    story = Story.objects.latest("pk")
    Story.objects.filter(pk=story.pk).update(state="live", live_at=story.created_at)
    assert "For: Everyone in Repair, except HR" in desk.get(f"/curate/stories/{story.pk}/").content.decode()
    page = signed_in(repair.members.get()).get(f"/stories/{story.pk}/").content.decode()
    assert "This story is for Repair." in page and not re.search(r"\bHR\b", page)  # a token may hold the letters
