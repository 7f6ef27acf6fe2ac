"""Words that try to hide the line that says who is speaking, or to bring the page down."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.queries import connectors
from core import clock
from shares import drafts
from shares.models import SavedDraft, Share
from tests.factories import LinkedAccountFactory, StoryFactory

pytestmark = pytest.mark.django_db
TURNED = "Great \u202enews\u2066 for\u2069 all\u202c\x07\x1b[2J of\ufeff us"


@pytest.fixture
def account():
    return LinkedAccountFactory(connector="mastodon", origin="https://town.example")


@pytest.fixture
def browser(client, account):
    client.force_login(account.member)
    return client


def send(browser, story, words, **fields):
    fields = {"words": words, "when": "now", "key": str(uuid4()), **fields}
    return browser.post(reverse("shares:compose", args=[story.pk]), fields)


def test_marks_nobody_sees_are_left_out_of_the_words_and_never_reach_a_platform(browser, account) -> None:
    assert send(browser, StoryFactory(), TURNED, accounts=account.pk).status_code == 302
    share = Share.objects.get()
    assert share.words == "Great news for all[2J of us"
    Share.objects.update(words=TURNED, disclosure="\u202eI work here.")  # as an older version may have kept them
    draft = drafts.thaw(drafts.freeze(Share.objects.get(), at=clock.now()), picture=None)
    for connector in connectors().values():
        written = connector.written(draft)
        assert "I work here." in written and all(char.isprintable() or char in "\n\t" for char in written)


def test_words_of_such_marks_alone_are_no_words(browser, account) -> None:
    answer = send(browser, StoryFactory(), "\u202e\u2066\x07", accounts=account.pk)
    assert answer.status_code == 422 and "Write a few words first" in answer.content.decode()
    assert not Share.objects.exists()


def test_a_hundred_thousand_characters_are_refused_in_a_sentence_and_kept_in_the_field(browser, account) -> None:
    story, words = StoryFactory(), "🇩🇪" * 50_000
    answer = send(browser, story, words, accounts=account.pk)
    page = answer.content.decode()
    assert answer.status_code == 422 and "longer than any platform takes (15000" in page and words in page
    by_hand = {"words": words, "target": "facebook"}
    answer = browser.post(reverse("shares:by_hand", args=[story.pk]), by_hand, follow=True)
    assert "longer than any platform takes" in answer.content.decode()
    assert browser.post(reverse("shares:draft", args=[story.pk]), {"words": words}).status_code == 302
    assert not Share.objects.exists() and len(SavedDraft.objects.get().content["words"]) == 15_000
