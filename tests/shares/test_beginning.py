"""The composer for who comes without a story: the first of today's that they may share."""

import pytest
from django.urls import reverse

from core import clock
from shares.models import SavedDraft
from tests.factories import MemberFactory, StoryFactory

pytestmark = pytest.mark.django_db
BEGIN = "/stories/begin/"


@pytest.fixture
def browser(client):
    client.force_login(MemberFactory(language="en"))
    return client


def test_it_leads_to_a_story_of_today_and_keeps_nothing(browser):
    story = StoryFactory(live_at=clock.now())
    assert browser.get(BEGIN)["Location"] == reverse("shares:compose", args=[story.pk])
    assert not SavedDraft.objects.exists()


def test_what_is_for_reading_only_is_passed_over(browser):
    StoryFactory(live_at=clock.now(), kind="internal")
    page = browser.get(BEGIN, follow=True)
    assert page.request["PATH_INFO"] in ("/", reverse("accounts:welcome"))
    assert "There is no story to share just now." in page.content.decode()


def test_the_signed_out_are_led_to_the_sign_in(client):
    assert "/accounts/" in client.get(BEGIN)["Location"]
