"""What the composer refuses, it says once, and only as long as it holds."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from shares.models import Share
from tests.factories import LinkedAccountFactory, MemberFactory, StoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> User:
    return MemberFactory()


@pytest.fixture
def browser(client: Client, member: User) -> Client:
    client.force_login(member)
    return client


def sent(member: User, *platforms: str, **fields: Any) -> dict[str, Any]:
    accounts = [LinkedAccountFactory(member=member, connector=key).pk for key in platforms]
    return {"when": "now", "key": str(uuid4()), "words": "I was there.", "accounts": accounts, **fields}


def test_what_holds_for_every_account_is_said_once(browser: Client, member: User) -> None:
    given = sent(member, "linkedin", "x", "mastodon", "bluesky", when="later", due_at="2001-01-01T10:00")
    page = browser.post(reverse("shares:compose", args=[StoryFactory().pk]), given).content.decode()
    assert page.count("That time has already passed") == 1 and "I was there." in page
    assert not Share.objects.exists()


def test_the_refusal_goes_when_the_words_fit_again(browser: Client, member: User) -> None:
    story = StoryFactory()
    given = sent(member, "x", "bluesky", words="word " * 80)
    page = browser.post(reverse("shares:compose", args=[story.pk]), given).content.decode()
    box = page.partition('id="refused"')[2].partition("</form>")[0]
    assert "too many for X" in box and "too many for Bluesky" in box
    typing = {"HX-Request": "true"}
    draft = reverse("shares:draft", args=[story.pk])
    assert 'id="refused"' not in browser.post(draft, given, headers=typing).content.decode()
    part = browser.post(draft, given | {"words": "Short."}, headers=typing).content.decode()
    assert '<div id="refused" hx-swap-oob="true" hidden></div>' in part


def test_a_refused_time_stays_while_words_are_typed(browser: Client, member: User) -> None:
    given = sent(member, "x", when="later", due_at="2001-01-01T10:00")
    page = browser.post(reverse("shares:compose", args=[StoryFactory().pk]), given).content.decode()
    assert "already passed" in page.partition('<div id="refused" hidden>')[0]
