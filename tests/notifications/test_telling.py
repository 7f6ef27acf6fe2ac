"""One door: a line in the page, and by the member's table a mail or a push, within their hours and their limits."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from core.flow import move
from notifications import stopping
from notifications.actions import settle_notices, tell
from notifications.choosing import change, choose_channels, choose_digest, pause_messages
from notifications.delivering import deliver_due
from notifications.kinds import ALWAYS, CHANNELS, MAIL, NEVER, PAGE, PUSH, TOPICS, topic_of
from notifications.models import Delivery, Mail, Notice, Wishes
from notifications.queries import next_digest
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
OFFICE = [[540, 1020]] * 5 + [None, None]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def at_work(**fields: Any) -> Any:
    return MemberFactory(working_hours=OFFICE, time_zone="Europe/London", **fields)


def relink(member: Any, at: datetime = MONDAY, text: str = "It has to be connected again.") -> Notice | None:
    return tell(member=member, kind="relink", text=text, url="/me/accounts/", at=at)


@pytest.mark.parametrize(
    ("kind", "topic"),
    [
        ("share.up", "up"), ("share.waits", "posts"), ("share.not_deleted", "posts"), ("relink_soon", "accounts"),
        ("story_to_review", "review"), ("alert", "alerts"), ("digest.stories", "digest"),
        ("suggestion.thanks", "other"),
    ],
)  # fmt: skip
def test_every_kind_belongs_to_one_row_of_the_table(kind: str, topic: str) -> None:
    assert topic_of(kind).key == topic


@given(st.sampled_from(TOPICS), st.lists(st.sampled_from(CHANNELS)))
def test_what_always_stands_in_the_page_cannot_be_switched_off_and_the_rest_is_as_chosen(topic: Any, ways: Any) -> None:
    told = topic.channels({topic.key: ways})
    assert told - {PAGE} == set(ways) - {PAGE}
    assert (PAGE in told) is (topic.page == ALWAYS or (topic.page != NEVER and PAGE in ways))
    assert topic.channels({}) == topic.usual


def test_within_the_hours_a_mail_goes_at_once_with_a_way_to_end_such_mails() -> None:
    member = at_work()
    relink(member)
    assert Notice.objects.get().member == member and not Mail.objects.exists()
    assert deliver_due(at=MONDAY) == 1 and deliver_due(at=MONDAY) == 0
    mail = Mail.objects.get()
    assert mail.to == member.email and member.name in mail.text and "/me/messages/" in mail.text
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click" and "It has to be" in mail.html


def test_outside_of_them_it_waits_and_before_hours_are_chosen_nothing_is_sent() -> None:
    relink(at_work(), at=MONDAY + 8 * HOUR)
    relink(MemberFactory())
    (waiting,) = Delivery.objects.all()
    assert waiting.due_at == datetime(2026, 11, 24, 9, tzinfo=UTC) and Notice.objects.count() == 2
    assert deliver_due(at=MONDAY + 9 * HOUR) == 0


def test_hours_that_changed_meanwhile_hold_when_it_is_due() -> None:
    member = at_work()
    relink(member)
    member.working_hours = [None, [540, 1020], *[None] * 5]
    member.save()
    deliver_due(at=MONDAY)
    waiting = Delivery.objects.get()
    assert not Mail.objects.exists() and waiting.due_at == datetime(2026, 11, 24, 9, tzinfo=UTC)


def test_the_same_unread_line_is_said_once_by_every_way() -> None:
    member = at_work()
    for _ in range(3):
        relink(member)
    assert Notice.objects.count() == Delivery.objects.count() == 1


def test_in_a_pause_only_the_page_says_it_and_nothing_comes_after() -> None:
    member = at_work()
    pause_messages(actor=member, at=MONDAY)
    relink(member)
    deliver_due(at=MONDAY)
    assert not Mail.objects.exists() and Notice.objects.count() == 1 and Delivery.objects.get().state == "dropped"
    deliver_due(at=MONDAY + 15 * DAY)
    assert not Mail.objects.exists()
    relink(member, MONDAY + 14 * DAY, "Another account has.")
    deliver_due(at=MONDAY + 14 * DAY)
    assert Mail.objects.count() == 1


def test_never_more_than_the_members_limit_in_one_day() -> None:
    member = at_work()
    change(member, most_a_day=2)
    for number in range(4):
        relink(member, text=f"Account {number}.")
    deliver_due(at=MONDAY)
    assert Mail.objects.count() == 2 and Notice.objects.count() == 4
    assert sorted(Delivery.objects.values_list("state", "reason"))[:2] == [("dropped", "most")] * 2
    relink(member, MONDAY + DAY, "Account five.")
    deliver_due(at=MONDAY + DAY)
    assert Mail.objects.count() == 3


def test_what_is_settled_before_it_left_is_not_sent() -> None:
    member = at_work()
    relink(member, at=MONDAY + 8 * HOUR)
    settle_notices(member=member, url="/me/accounts/", at=MONDAY + 9 * HOUR)
    deliver_due(at=MONDAY + 2 * DAY)
    assert not Mail.objects.exists()


def test_a_worker_that_died_with_one_in_hand_does_not_lose_it() -> None:
    relink(at_work())
    move(Delivery.objects.get(), "going", at=MONDAY, due_at=MONDAY + HOUR)
    deliver_due(at=MONDAY + HOUR)
    deliver_due(at=MONDAY + HOUR)
    assert Mail.objects.count() == 1


def test_trouble_of_the_installation_knows_no_hours_but_a_leaver_hears_nothing() -> None:
    tell(member=MemberFactory(roles=["administrator"]), kind="alert", text="Stuck.", url="/operations/", at=MONDAY)
    gone = at_work(is_active=False)
    relink(gone)
    deliver_due(at=MONDAY)
    assert Mail.objects.get().to != gone.email


def test_one_post_ends_one_kind_of_mail_and_looking_changes_nothing(client: Client) -> None:
    member = at_work()
    address = stopping.address(member, "accounts").partition("testserver")[2] or stopping.address(member, "accounts")
    path = "/stop/" + address.partition("/stop/")[2]
    answer = client.get(path)
    assert "Send me no more of these" in answer.content.decode() and not Wishes.objects.exists()
    answer = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and Wishes.objects.get().channels == {"accounts": ["page"]}
    relink(member)
    deliver_due(at=MONDAY)
    assert not Mail.objects.exists() and Notice.objects.count() == 1


@pytest.mark.parametrize("token", ["1.accounts~forged", "nonsense", "1.accounts", "99999.digest~x"])
def test_a_forged_address_ends_nothing_and_says_so_kindly(client: Client, token: str) -> None:
    MemberFactory()
    answer = client.post(f"/stop/{token}/")
    assert answer.status_code == 410 and "Nothing has changed" in answer.content.decode()
    assert not Wishes.objects.exists()


def test_the_digest_is_stopped_as_a_whole(client: Client) -> None:
    member = at_work()
    choose_digest(actor=member, every="day", weekday=0, minute=540, at=MONDAY)
    assert Wishes.objects.get().digest_due_at == datetime(2026, 11, 24, 9, tzinfo=UTC)
    client.post("/stop/" + stopping.address(member, "digest").partition("/stop/")[2])
    assert (Wishes.objects.get().digest, Wishes.objects.get().digest_due_at) == ("", None)


@pytest.mark.parametrize(
    ("every", "minute", "hours", "zone", "due"),
    [
        ("day", 510, None, "Europe/Berlin", "2026-11-24T07:30"),
        ("day", 510, OFFICE, "Europe/Berlin", "2026-11-24T08:00"),  # never before they begin
        ("day", 1200, OFFICE, "Europe/Berlin", "2026-11-24T08:00"),  # and after the end means the next morning
        ("week", 600, None, "America/New_York", "2026-11-24T15:00"),
        ("day", 780, None, "Europe/London", "2026-11-23T13:00"),  # still today
        ("week", 600, [None] * 2 + [[540, 1020]] + [None] * 4, "Europe/London", "2026-11-25T09:00"),
        ("", 600, OFFICE, "Europe/London", ""),
    ],
)
def test_a_digest_comes_at_the_members_own_hour_and_zone(
    every: str, minute: int, hours: Any, zone: str, due: str
) -> None:
    member = MemberFactory(working_hours=hours, time_zone=zone)
    wishes = Wishes(member=member, digest=every, digest_weekday=1, digest_minute=minute)
    expected = datetime.fromisoformat(due).replace(tzinfo=UTC) if due else None
    assert next_digest(wishes, member, MONDAY) == expected


def test_choices_are_kept_only_where_they_differ() -> None:
    member = MemberFactory()
    choose_channels(actor=member, channels={"accounts": [MAIL], "up": [PAGE], "posts": [PUSH]})
    assert Wishes.objects.get().channels == {"posts": [PUSH]}


def test_a_notice_whose_page_was_looked_at_is_read_and_does_not_stand_above_it(client: Client) -> None:
    member = MemberFactory()
    for url in ("/me/hours/", "/me/messages/#digest", "/shares/?story=3", "/me/accounts/"):
        tell(member=member, kind="a", text=f"Look at {url}", url=url, at=MONDAY)
    client.force_login(member)
    unread = Notice.objects.filter(read_at=None)
    assert client.get("/me/hours/", headers={"HX-Request": "true"}).status_code == 200 and unread.count() == 4
    assert client.get("/me/hours/", headers={"Sec-Purpose": "prefetch"}).status_code == 200 and unread.count() == 4
    assert "Look at /me/hours/" not in client.get("/me/hours/").content.decode()
    assert client.get("/me/messages/").status_code == client.get("/shares/").status_code == 200
    assert [one.url for one in unread] == ["/me/accounts/"]
    client.force_login(MemberFactory())
    client.get("/me/accounts/")
    assert unread.count() == 1, "somebody else's look reads nothing"
