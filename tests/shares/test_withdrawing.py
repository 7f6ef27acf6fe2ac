"""Withdrawn means withdrawn: what is planned ends, what is out is offered for deletion, and each is said once."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import queries
from accounts.models import Organisation
from accounts.queries import forget_kept
from content.actions import withdraw_story
from content.models import Story
from core import clock
from notifications.models import Notice
from shares import actions, tasks
from shares.models import Share, Told
from tests.factories import LinkedAccountFactory, MemberFactory, ShareFactory, StoryFactory
from tests.shares.conftest import Stage

pytestmark = pytest.mark.django_db
WHY = "A figure in it was wrong."


def withdraw(story: Story) -> None:
    curator = MemberFactory(roles=["curator"])
    withdraw_story(actor=curator, story=Story.objects.get(pk=story.pk), reason=WHY, at=clock.now())


def out(**fields: Any) -> Share:
    fields = {"state": "published", "post_id": "1", "published_at": clock.now()} | fields
    return ShareFactory(**fields)


def texts(share: Share, kind: str) -> list[str]:
    return list(Notice.objects.filter(member=share.member, kind=kind).values_list("text", flat=True))


def test_a_withdrawn_story_rings_at_once(django_capture_on_commit_callbacks: Any, monkeypatch: Any) -> None:
    rung: list[str] = []
    monkeypatch.setattr("shares.receivers.wake.ring", rung.append)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(StoryFactory())
    assert rung == ["shares.tasks.settle"]


def test_plans_end_and_their_members_read_why_in_one_line() -> None:
    account = LinkedAccountFactory()
    first = ShareFactory(account=account)
    second = ShareFactory(
        account=LinkedAccountFactory(member=account.member, connector="bluesky"), story=first.story, state="held"
    )
    withdraw(first.story)
    tasks.settle()
    assert set(Share.objects.values_list("state", flat=True)) == {"cancelled"}
    (said,) = texts(first, "share.cancelled")
    assert WHY in said and first.story.title in said and second.story == first.story


def test_what_is_out_is_asked_about_once_and_left_to_its_member() -> None:
    share = out()
    by_hand = out(state="said_posted", account=None, member=share.member, connector="facebook", story=share.story)
    elsewhere = out()
    withdraw(share.story)
    for _ in range(3):
        actions.speak_of_withdrawn(at=clock.now())
    (said,) = texts(share, "share.withdrawn")
    assert WHY in said and "delete there yourself" in said
    assert {row.share_id for row in Told.objects.all()} == {share.pk, by_hand.pk}
    share.refresh_from_db()
    assert share.state == "published" and not texts(elsewhere, "share.withdrawn")


def test_a_plan_that_ended_and_a_post_that_is_out_are_one_line_which_goes_with_the_post() -> None:
    share = out()
    planned = ShareFactory(account=LinkedAccountFactory(member=share.member, connector="bluesky"), story=share.story)
    withdraw(share.story)
    tasks.settle()
    (unread,) = share.member.notices.filter(read_at=None)
    assert "had planned" in unread.text and "with one tap" in unread.text and planned.member == share.member
    Share.objects.filter(pk=share.pk).update(state="deleting")
    share = Share.objects.select_related("account", "member", "story").get(pk=share.pk)
    connector = queries.connectors()["mastodon"]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(type(connector), "delete", lambda *_: None)
        actions.finish_deleting(share=share, at=clock.now())
    assert not share.member.notices.filter(read_at=None).exists()


def test_a_post_that_turns_up_later_is_asked_about_then() -> None:
    share = out(state="uncertain")
    withdraw(share.story)
    assert actions.speak_of_withdrawn(at=clock.now()) == 0
    Share.objects.update(state="published", published_at=clock.now())
    assert actions.speak_of_withdrawn(at=clock.now()) == 1
    assert "with one tap" in texts(share, "share.withdrawn")[0]


def test_a_regulated_firm_deletes_at_once_and_says_so() -> None:
    Organisation.objects.create(regulated=True)
    forget_kept()
    share, unreachable = out(), out(post_id="")
    Share.objects.filter(pk=unreachable.pk).update(story=share.story)
    withdraw(share.story)
    actions.speak_of_withdrawn(at=clock.now())
    states = dict(Share.objects.values_list("pk", "state"))
    assert states == {share.pk: "deleting", unreachable.pk: "published"}
    assert "is being deleted" in texts(share, "share.withdrawn")[0]
    assert "delete there yourself" in texts(unreachable, "share.withdrawn")[0]


def test_the_pages_offer_one_tap_or_say_where_to_go(client: Client) -> None:
    share = out(post_url="https://town.example/@ines/1")
    client.force_login(share.member)
    withdraw(share.story)
    pages = ["/shares/", reverse("shares:share", args=[share.pk])]
    for page in pages:
        shown = client.get(page).content.decode()
        assert "Delete my post" in shown and WHY in shown, page
    Share.objects.update(post_id="")
    for page in pages:
        shown = client.get(page).content.decode()
        assert "Delete my post" not in shown and "on Mastodon itself" in shown and share.post_url in shown, page


def test_what_came_up_while_another_worker_spoke_is_spoken_of_too() -> None:
    first = out()
    late = out(
        account=LinkedAccountFactory(member=first.member, connector="bluesky"), story=first.story, member=first.member
    )
    withdraw(first.story)
    said: list[Told] = []

    def another_worker_is_quicker(execute: Any, sql: str, *rest: Any) -> Any:
        if not said and sql.startswith("INSERT") and "shares_told" in sql:
            said.append(Told(share=first, kind=Told.WITHDRAWN, at=clock.now()))
            said[0].save()
        return execute(sql, *rest)

    with connection.execute_wrapper(another_worker_is_quicker):
        actions.speak_of_withdrawn(at=clock.now())
    assert said and Told.objects.filter(share=late).exists()
    assert len(texts(late, "share.withdrawn")) == 1


def test_what_was_deleted_is_known_to_be_deleted(stage: Stage) -> None:
    share = stage.send(stage.plan(stage.account("mastodon")))
    assert share.state == "published" and len(stage.posts(share)) == 1
    withdraw(share.story)
    actions.delete_post(actor=share.member, share=share, at=clock.now())
    stage.town.break_next("mastodon", "delete", "500_before")
    stage.tick(share)
    share.refresh_from_db()
    assert share.state == "deleting" and len(stage.posts(share)) == 1
    assert stage.settle(share, rests=("deleted", "published")).state == "deleted"
    assert stage.posts(share) == []


def test_a_deletion_that_has_to_wait_for_tomorrow_is_told_at_once(stage: Stage) -> None:
    stage.at_noon()
    share = stage.send(stage.plan(stage.account("linkedin")))
    stage.town.break_next("linkedin", "delete", "429")  # its day ends at midnight
    actions.delete_post(actor=share.member, share=share, at=clock.now())
    actions.settle_share(share_id=share.pk, at=clock.now())
    share.refresh_from_db()
    assert share.state == "published" and len(stage.posts(share)) == 1
    assert "still up" in texts(share, "share.not_deleted")[0]


def test_a_deletion_the_platform_refuses_is_told_and_the_post_counts_as_up(stage: Stage) -> None:
    share = stage.send(stage.plan(stage.account("mastodon")))
    stage.town.control("POST", "/revoke", platform="mastodon", remote_id=share.account.remote_id)
    actions.delete_post(actor=share.member, share=share, at=clock.now())
    actions.settle_share(share_id=share.pk, at=clock.now())
    share.refresh_from_db()
    assert share.state == "published" and "could not be deleted" in share.reason
    assert "still up" in texts(share, "share.not_deleted")[0]
