"""A story that ends while somebody writes of it: what was typed is never lost, and nothing more is told."""

import pytest
from django.urls import reverse

from audiences.models import Audience
from content.models import Story
from core import clock
from shares.models import SavedDraft, Share
from tests.factories import LinkedAccountFactory, MemberFactory, StoryFactory

pytestmark = pytest.mark.django_db
WORDS = "I rode behind her with a camera, and my hands still smell of it."
DOORS = {"compose": {}, "draft": {}, "by_hand": {"target": "xing"}}


@pytest.fixture
def member():
    return MemberFactory(place="Hull")


@pytest.fixture
def browser(client, member):
    LinkedAccountFactory(member=member)
    client.force_login(member)
    return client


@pytest.fixture
def story():
    return StoryFactory(title="A vet on a bike", live_at=clock.now())


def send(browser, story, door: str, words: str = WORDS, **headers: str):
    return browser.post(reverse(f"shares:{door}", args=[story.pk]), {"words": words, **DOORS[door]}, **headers)


def change(story, **fields) -> None:
    Story.objects.filter(pk=story.pk).update(**fields)


@pytest.mark.parametrize("door", DOORS)
def test_withdrawn_meanwhile_the_words_come_back_with_why(browser, story, door) -> None:
    browser.get(reverse("shares:compose", args=[story.pk]))
    change(story, state="withdrawn", withdrawn_reason="The figure was wrong.")
    answer = send(browser, story, door)
    page = answer.content.decode()
    assert answer.status_code == 410 and WORDS in page
    assert "was withdrawn" in page and "The figure was wrong." in page and not Share.objects.exists()
    again = browser.get(reverse("shares:compose", args=[story.pk]))
    assert again.status_code == 410 and WORDS in again.content.decode()


def test_a_part_of_the_page_leads_to_the_words(browser, story) -> None:
    change(story, state="expired")
    answer = send(browser, story, "draft", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == reverse("shares:compose", args=[story.pk])
    page = browser.get(answer["HX-Redirect"]).content.decode()
    assert WORDS in page and "has come to its end" in page


def test_words_for_single_accounts_come_back_too(browser, story, member) -> None:
    change(story, state="expired")
    each = {f"words_{member.linked_accounts.get().pk}": "Shorter."}
    page = browser.post(reverse("shares:compose", args=[story.pk]), {"words": WORDS, **each}).content.decode()
    assert WORDS in page and "Shorter." in page


def test_of_a_story_that_is_for_others_now_not_even_the_title_is_told(browser, story) -> None:
    send(browser, story, "draft")
    terms = {"in": [{"kind": "place", "values": ["Lyon"]}], "who": [], "except": []}
    change(story, audience=Audience.objects.create(terms=terms, made_at=clock.now()), title="Lyon closes")
    answer = send(browser, story, "compose")
    page = answer.content.decode()
    assert answer.status_code == 410 and WORDS in page and "Lyon closes" not in page
    assert "for other colleagues now" in page


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "withdrawn"])
def test_nobody_learns_by_writing_that_a_story_is_there(browser, door, state) -> None:
    story = StoryFactory(state=state, live_at=None, title="Not out yet")
    answer = send(browser, story, door)
    assert answer.status_code == 404 and "Not out yet" not in answer.content.decode()
    assert not SavedDraft.objects.exists()


def test_nothing_typed_is_nothing_to_come_back(browser, story) -> None:
    change(story, state="withdrawn")
    assert send(browser, story, "compose", words="  ").status_code == 404


def test_the_words_can_be_thrown_away_and_only_ones_own(browser, story, client) -> None:
    change(story, state="withdrawn")
    send(browser, story, "compose")
    other = SavedDraft.objects.create(
        member=MemberFactory(), story=story, content={"words": "Mine"}, saved_at=clock.now()
    )
    assert browser.post(reverse("shares:throw_away", args=[story.pk]))["Location"] == "/"
    assert list(SavedDraft.objects.all()) == [other]
