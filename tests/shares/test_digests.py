"""The digest: at the member's own hour, three stories, nobody two, and a link that opens and never signs in."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from content.models import Caption
from notifications.choosing import change, choose_channels, choose_digest, pause_messages
from notifications.models import Delivery, Mail, Notice, Wishes
from shares import actions, opening
from shares.models import Digest, Share
from tests.factories import PASSWORD, MemberFactory, ShareFactory, StoryFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def reader(**fields: Any) -> User:
    """Who wants stories every working day at half past eight."""
    member = MemberFactory(**fields)
    choose_digest(actor=member, every="day", weekday=0, minute=510, at=MONDAY - MINUTE)
    return member


def stories(number: int) -> list[Any]:
    return [StoryFactory(live_at=MONDAY - (place + 1) * MINUTE, created_by=None) for place in range(number)]


def test_three_stories_go_to_who_asked_and_the_next_comes_tomorrow() -> None:
    member, _nobody = reader(), MemberFactory()
    stories(5)
    assert actions.send_digests(at=MONDAY - MINUTE) == 0
    assert actions.send_digests(at=MONDAY) == 1
    mail = Mail.objects.get()
    assert mail.to == member.email and mail.bulk and "List-Unsubscribe" in mail.headers
    assert mail.text.count("/open/") == 3 and mail.html.count("Share this story") == 3
    assert Wishes.objects.get(member=member).digest_due_at == MONDAY + DAY
    assert Delivery.objects.get().state == "gone"  # counted among the most a day


def test_nobody_gets_two_however_often_it_runs() -> None:
    member = reader()
    stories(5)
    for _ in range(3):
        actions.send_digests(at=MONDAY)
        Wishes.objects.update(digest_due_at=MONDAY)  # as if the run had died before it wrote when the next is due
    assert Mail.objects.count() == Digest.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Digest.objects.create(member=member, day=MONDAY.date(), at=MONDAY)


def test_what_was_told_or_sent_before_is_not_sent_again() -> None:
    member = reader()
    told, *others = stories(5)
    ShareFactory(member=member, account__member=member, story=told, state="published")
    actions.send_digests(at=MONDAY)
    actions.send_digests(at=MONDAY + DAY)
    first, second = Digest.objects.order_by("day")
    assert told.pk not in first.stories + second.stories and len(first.stories) == 3
    assert set(first.stories + second.stories) == {story.pk for story in others}
    actions.send_digests(at=MONDAY + 2 * DAY)
    assert Digest.objects.count() == 2  # nothing new is nothing to say


@pytest.mark.parametrize(
    "how",
    [
        lambda member: pause_messages(actor=member, at=MONDAY - DAY),
        lambda member: change(member, most_a_day=0),
        lambda member: choose_channels(actor=member, channels={"digest": []}),
        lambda member: User.objects.filter(pk=member.pk).update(email=None),
        lambda member: User.objects.filter(pk=member.pk).update(is_active=False),
        lambda member: User.objects.filter(pk=member.pk).update(working_hours=[None, *[[540, 1020]] * 4, None, None]),
    ],
)
def test_nothing_is_sent_in_a_pause_over_the_limit_or_outside_of_working_hours(how: Any) -> None:
    member = reader()
    stories(3)
    how(member)
    assert actions.send_digests(at=MONDAY) == 1
    assert not Mail.objects.exists() and Wishes.objects.get().digest_due_at != MONDAY


def test_one_that_is_hours_late_is_left_out() -> None:
    reader()
    stories(3)
    actions.send_digests(at=MONDAY + timedelta(hours=5))
    assert not Mail.objects.exists() and Wishes.objects.get().digest_due_at == MONDAY + DAY


def test_it_is_offered_once_in_a_life_and_changes_nothing_by_itself() -> None:
    noon = MONDAY + timedelta(hours=6)
    up = {"published_at": noon - timedelta(hours=3), "post_url": "https://town.example/1"}
    first = ShareFactory(state="published", **up)
    ShareFactory(state="published", member=first.member, account__member=first.member, **up)
    actions.tell_what_is_up(at=noon)
    assert Notice.objects.filter(kind="other.digest").count() == 1
    assert Wishes.objects.get(member=first.member).digest == ""


def path_of(mail: Mail) -> str:
    found = re.search(r"/open/\S+", mail.text)
    assert found
    return found.group()


def sent(client: Client) -> tuple[User, str]:
    member = reader()
    (story,) = stories(1)
    Caption.objects.create(story=story, text="I saw it work.")
    actions.send_digests(at=MONDAY)
    return member, path_of(Mail.objects.get())


@pytest.fixture
def on_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.clock.now", lambda: MONDAY + MINUTE)


def test_a_link_opens_the_composer_filled_and_signs_nobody_in(client: Client, on_monday: None) -> None:
    member, path = sent(client)
    page = client.get(path)
    text = page.content.decode()
    assert "I saw it work." in text and "I work at" in text and member.name not in text and member.email not in text
    assert "sessionid" not in page.cookies and client.get("/").status_code == 302
    assert not Share.objects.exists() and page.headers["Cache-Control"].count("no-store") == 1


def test_what_was_typed_is_there_after_the_sign_in_and_gone_with_the_draft(client: Client, on_monday: None) -> None:
    member, path = sent(client)
    story = Digest.objects.get().stories[0]
    answer = client.post(path, {"words": "My own <words>."})
    assert answer.status_code == 302 and "login" in answer["Location"] and "share%2F" in answer["Location"]
    client.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
    assert "My own &lt;words&gt;." in client.get(f"/stories/{story}/share/").content.decode()
    client.post(f"/stories/{story}/draft/", {"words": "Shorter."})
    page = client.get(f"/stories/{story}/share/").content.decode()
    assert "Shorter." in page and "My own" not in page


def test_who_is_signed_in_lands_in_their_own_composer(client: Client, on_monday: None) -> None:
    _member, path = sent(client)
    client.force_login(MemberFactory())
    assert client.get(path)["Location"].endswith("/share/")


def test_forged_old_or_withdrawn_is_said_kindly_and_shows_nothing(client: Client, on_monday: None) -> None:
    member, path = sent(client)
    story = StoryFactory(live_at=MONDAY)
    old = opening.address(story, member, MONDAY - timedelta(days=22)).partition("/open/")[2]
    for wrong in (path[:-4] + "AAA/", "/open/nonsense/", f"/open/{old}"):
        answer = client.get(wrong)
        assert answer.status_code == 410 and "Nothing has happened" in answer.content.decode()
        assert client.post(wrong, {"words": "x"}).status_code == 410
    story_id = Digest.objects.get().stories[0]
    type(story).objects.filter(pk=story_id).update(state="withdrawn")
    assert client.get(path).status_code == 410 and "I saw it work." not in client.get(path).content.decode()
