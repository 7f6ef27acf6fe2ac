"""What leaves with a post of each kind of story, and what does not."""

import pytest
from django.test import Client

from connectors.base import OutcomeUnknown
from content.models import Attachment
from core import clock
from shares import actions, drafts, gates
from shares.actions import CannotPlan
from shares.models import Share
from tests.factories import LinkedAccountFactory, MemberFactory, ShareFactory, StoryFactory
from tests.shares.test_planning import plan

pytestmark = pytest.mark.django_db


def sent(share: Share) -> drafts.Draft:
    return drafts.thaw(drafts.freeze(share, at=clock.now()), picture=b"bytes")


def test_a_story_of_words_goes_out_without_link_or_card() -> None:
    share = plan(LinkedAccountFactory(connector="bluesky"), StoryFactory(kind="words", url=""))
    draft = sent(share)
    assert share.link is None and draft.link is None and draft.marker.short_url == ""
    assert "http" not in drafts.accounts.connector_of(share.account).written(draft)


def test_without_a_link_a_lost_post_is_never_taken_for_another_one() -> None:
    """Where a platform is searched by the link, having none means that nobody can say."""
    share = plan(LinkedAccountFactory(connector="x"), StoryFactory(kind="words", url=""))
    with pytest.raises(OutcomeUnknown):
        drafts.accounts.connector_of(share.account).must_be_recognisable(sent(share))


def test_what_is_for_reading_only_is_never_planned() -> None:
    story, account = StoryFactory(kind="internal"), LinkedAccountFactory()
    with pytest.raises(CannotPlan, match="reading here only"):
        plan(account, story)
    with pytest.raises(CannotPlan, match="reading here only"):
        actions.plan_assisted(actor=account.member, story=story, target="email", words="Look.", at=clock.now())
    assert not Share.objects.exists()


def test_what_became_internal_after_planning_does_not_go_out() -> None:
    share = ShareFactory(story__kind="internal", state="scheduled")
    assert gates.ask(share, clock.now()).verdict is gates.Verdict.NO


def test_a_picture_we_may_only_link_to_is_never_sent() -> None:
    story = StoryFactory(picture="stories/a.jpg", picture_rights="link")
    Attachment.objects.create(story=story, position=0, kind="picture", file="stories/b.jpg", alt="A van")
    share = ShareFactory(story=story, account__connector="bluesky", connector="bluesky")
    body = drafts.freeze(share, at=clock.now())
    assert (body["picture"], body["media"]) == ("", []) and drafts.picture_bytes(share) is None


def test_the_composer_of_what_is_for_reading_only_is_a_kind_page_and_the_feed_has_no_button() -> None:
    member, story = MemberFactory(), StoryFactory(kind="internal", title="The new canteen")
    browser = Client()
    browser.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = browser.get(f"/stories/{story.pk}/share/")
    assert answer.status_code == 404 and "is for reading here only" in answer.content.decode()
    for part in ("draft", "by-hand"):
        assert browser.post(f"/stories/{story.pk}/{part}/", {"target": "email", "words": "x"}).status_code == 404
    page = browser.get("/").content.decode()
    assert "The new canteen" in page and f"/stories/{story.pk}/share/" not in page


def test_the_composer_says_that_the_video_itself_is_not_sent_and_offers_no_bare_link_for_words() -> None:
    account = LinkedAccountFactory()
    browser = Client()
    browser.force_login(account.member, backend="allauth.account.auth_backends.AuthenticationBackend")
    video, alone = StoryFactory(kind="video"), StoryFactory(kind="words", url="")
    assert "The video itself is not sent" in browser.get(f"/stories/{video.pk}/share/").content.decode()
    page = browser.get(f"/stories/{alone.pk}/share/").content.decode()
    assert 'value="facebook"' not in page and 'value="email"' in page and "preview-card" not in page
