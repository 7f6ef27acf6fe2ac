"""Pictures of a story on their way to each platform, and what members choose besides words."""

import json
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from accounts.models import LinkedAccount
from accounts.queries import forget_kept
from content import actions as content
from content.models import Attachment
from content.queries.fetching import file_behind
from core import clock
from shares import drafts
from shares.models import SavedDraft, Share
from tests.content.test_pictures import picture
from tests.core.serving import Line, serving
from tests.factories import LinkedAccountFactory, ShareFactory, StoryFactory

PDF = b"%PDF-1.7\n%%EOF\n"


def attach(story, count=1, document=False):
    files = [picture(400 + n, 300) for n in range(count)] if not document else [PDF]
    for position, content_ in enumerate(files):
        one = content.take_attachment(content_, name="What we measured.pdf")
        Attachment.objects.create(
            story=story, position=position, kind=one.kind, file=one.file, alt=one.alt or f"Picture {position}",
            width=one.width, height=one.height,
        )  # fmt: skip
    return story


@pytest.fixture
def ours(settings):
    """This installation as a stand-in reaches it: what an address hands out is what stands behind it."""

    def hand_out(line: Line) -> None:
        token = line.read().split(b" ")[1].decode().removeprefix("/handed-out/")
        with default_storage.open(file_behind(token, at=clock.now())) as file:
            line.answer(file.read(), headers="Content-Type: image/jpeg\r\n")

    with serving(hand_out) as server:
        settings.BASE_URL = server.origin
        yield server


@pytest.mark.parametrize("platform", ["linkedin", "x", "mastodon", "bluesky", "threads"])
def test_the_pictures_of_a_story_go_out_once_with_the_post(stage, platform, ours):
    attach(stage.story, 5)
    share = stage.send(stage.plan(stage.account(platform)))
    share = stage.send(share) if share.state == "sending" else share
    assert (share.state, share.reason) == ("published", "")
    [post] = stage.posts(share)
    [attempt] = share.attempts.all()
    assert attempt.body["prepared"] and len(attempt.body["media"]) == {"linkedin": 5, "threads": 5}.get(platform, 4)
    assert drafts.draft_of(attempt).link.url in post["text"]


def test_a_picture_that_is_gone_fails_the_share_in_words_and_posts_nothing(stage):
    share = stage.plan(stage.account("mastodon"))
    attach(stage.story)
    default_storage.delete(stage.story.attachments.get().file.name)
    share = stage.send(share)
    assert (share.state, stage.posts(share)) == ("failed", [])
    assert "no longer there" in share.reason


@pytest.mark.django_db
class TestComposer:
    @pytest.fixture
    def page(self, client, settings):
        settings.SANDBOX = True
        member = LinkedAccountFactory().member
        for platform in ("x", "linkedin"):
            LinkedAccountFactory(member=member, connector=platform)
        client.force_login(member)
        forget_kept()
        story = StoryFactory()
        return client, story, reverse("shares:compose", args=[story.pk])

    def test_it_says_before_anything_is_typed_what_a_platform_does_not_take(self, page):
        client, story, address = page
        attach(story, 5)
        shown = client.get(address).content.decode()
        assert "X takes 4 pictures: the first 4 go out." in shown and "LinkedIn takes" not in shown
        assert shown.count('alt="Picture 4"') == 1 and shown.count('alt="Picture 3"') == 3
        story.attachments.all().delete()
        attach(story, document=True)
        assert "X takes no documents: the link goes out with its card." in client.get(address).content.decode()

    def test_who_may_see_it_and_a_warning_are_kept_while_typing_and_frozen_with_the_share(self, page):
        client, story, address = page
        accounts = [row.pk for row in LinkedAccount.objects.all()]
        more = {"visibility_linkedin": "connections", "visibility_mastodon": "followers", "warning": "Heights"}
        typed = {
            "words": "We tried it.",
            "accounts": accounts,
            "when": "now",
            "key": str(uuid4()),
            **more,
        }
        client.post(reverse("shares:draft", args=[story.pk]), typed, headers={"HX-Request": "true"})
        assert SavedDraft.objects.get().content["more"] == more
        shown = client.get(address).content.decode()
        assert "Heights" in shown and '<option value="followers" selected>' in shown
        assert client.post(address, typed).status_code == 302
        assert {share.connector: share.options for share in Share.objects.all()} == {
            "linkedin": {"visibility": "connections"},
            "mastodon": {"visibility": "followers", "warning": "Heights"},
            "x": {},
        }
        share = Share.objects.get(connector="mastodon")
        frozen = drafts.freeze(share, at=clock.now())
        assert (frozen["visibility"], frozen["warning"]) == ("followers", "Heights")
        assert json.loads(json.dumps(frozen)) == frozen
        own = client.get(reverse("shares:share", args=[share.pk])).content.decode()
        assert "Only people who follow me" in own and "Content warning: Heights" in own

    def test_a_choice_the_platform_does_not_have_is_refused_and_nothing_planned(self, page):
        client, story, address = page
        accounts = [row.pk for row in LinkedAccount.objects.all()]
        typed = {"words": "We tried it.", "accounts": accounts, "when": "now", "visibility_linkedin": "followers"}
        assert client.post(address, typed).status_code == 422
        assert not Share.objects.exists()

    def test_the_phone_is_handed_the_pictures_of_a_post_by_hand(self, page):
        client, story, _ = page
        attach(story, 2)
        client.post(reverse("shares:by_hand", args=[story.pk]), {"target": "device", "words": "We tried it."})
        shown = client.get(reverse("shares:share", args=[Share.objects.get().pk])).content.decode()
        names = [one.file.url for one in story.attachments.all()]
        assert f'data-share-pictures="{" ".join(names)}"' in shown


@pytest.mark.django_db
def test_a_story_that_rewards_sharing_wears_the_label_where_there_is_one():
    story = StoryFactory(partnership=True)
    shares = [ShareFactory(story=story, account__connector=platform) for platform in ("x", "mastodon")]
    assert [drafts.freeze(share, at=clock.now())["partnership"] for share in shares] == [True, False]
