"""A story as a made-up person of its audience would see it, and a page of today."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import User
from audiences.queries import made_up
from content.models import Caption, DisclosureRule
from core import clock
from shares import queries
from shares.models import Mark, SavedDraft
from tests.content.conftest import signed_in
from tests.factories import AudienceFactory, MemberFactory, StoryFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser():
    return signed_in(MemberFactory(name="Sofia Lind", roles=["curator"]))


def page_of(story, **asked):
    return reverse("shares:story_seen_as", args=[story.pk]) + "?" + "&".join(f"{k}={v}" for k, v in asked.items())


def text_of(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def told(**fields):
    story = StoryFactory(title="Forty wheels", **fields)
    Caption.objects.create(story=story, text="I turned these wheels.", language="en")
    Caption.objects.create(story=story, text="Ich habe diese Räder gedreht.", language="de")
    return story


def test_the_card_says_why_and_where_it_would_stand(browser):
    page = text_of(browser, page_of(told(urgent_until=clock.now() + timedelta(days=1))))
    assert "Wanted soon" in page and "place 1 of what is picked" in page
    assert 'it is urgent <span class="num">100</span>' in page


def test_the_suggestion_is_in_the_language_of_who_looks(browser):
    story = told()
    german, english = text_of(browser, page_of(story, language="de")), text_of(browser, page_of(story, language="en"))
    assert "Ich habe diese Räder gedreht." in german and "In Deutsch, one of 2 suggestions" in german
    assert "I turned these wheels." in english and "Ich habe" not in english


def test_the_line_is_that_of_their_country(browser):
    MemberFactory(country="DE")
    DisclosureRule.objects.create(country="DE", wordings=["Werbung: ich arbeite hier"], before=True)
    assert "Werbung: ich arbeite hier" in text_of(browser, page_of(told(), country="DE"))
    assert "Werbung: ich arbeite hier" not in text_of(browser, page_of(told(), country="GB"))


def test_somebody_outside_does_not_see_a_closed_story(browser):
    team, other = TeamFactory(), TeamFactory()
    story = told(audience=AudienceFactory(team=[str(team.pk)]))
    assert "Forty wheels</a></h2>" in text_of(browser, page_of(story))
    page = text_of(browser, page_of(story, team=other.pk))
    assert "This person does not see it" in page and "I turned these wheels." not in page


def test_a_draft_is_shown_as_if_it_went_live_now(browser):
    page = text_of(browser, page_of(told(state="draft", live_at=None)))
    assert "not live yet" in page and ">New</p>" in page


def test_no_colleague_is_read_or_named_and_nothing_is_kept(browser):
    MemberFactory(name="Noor Haddad", place="Porto")
    story = told()
    known = User.objects.count()
    page = text_of(browser, page_of(story))
    assert "Noor" not in page and "A made-up colleague" in page
    assert not Mark.objects.exists() and not SavedDraft.objects.exists()
    assert User.objects.count() == known


def test_its_own_forms_lead_nowhere_else(browser):
    story = told()
    main = text_of(browser, page_of(story)).split("<main")[1].split("</main")[0]
    assert 'method="post"' not in main and reverse("shares:compose", args=[story.pk]) not in main


def test_the_page_of_today_is_what_the_feed_would_pick(browser):
    team = TeamFactory()
    audience = AudienceFactory(team=[str(team.pk)], name="Repair")
    for n in range(9):
        StoryFactory(title=f"Story {n}", live_at=clock.now() - timedelta(days=n))
    StoryFactory(title="For Repair", audience=audience)
    StoryFactory(title="For others", audience=AudienceFactory(team=[str(TeamFactory().pk)]))
    address = reverse("shares:audience_seen_as", args=[audience.pk])
    page = text_of(browser, address)
    person = made_up({"team": str(team.pk), "language": "en", "country": "GB"})
    expected = [card.title for card in queries.today(person, at=clock.now(), limit=queries.TODAY)]
    assert "For Repair" in expected and all(title in page for title in expected) and "For others" not in page
    assert "/curate/seen-as/stories/" in page and f"team={team.pk}" in page


@pytest.mark.parametrize("roles", [[], ["hr"], ["administrator"]])
def test_only_curators_look_through_such_eyes(roles):
    other = signed_in(MemberFactory(roles=roles))
    addresses = [page_of(told()), reverse("shares:audience_seen_as", args=[AudienceFactory(team=["1"]).pk])]
    assert {other.get(address).status_code for address in addresses} == {403}


def test_the_number_of_questions_does_not_grow_with_the_stories(browser, django_assert_max_num_queries):
    story = told()
    with django_assert_max_num_queries(45) as first:
        browser.get(page_of(story))
    for _ in range(20):
        StoryFactory()
    with django_assert_max_num_queries(len(first)):
        browser.get(page_of(story))
