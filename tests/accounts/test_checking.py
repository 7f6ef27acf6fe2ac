"""Accounts stay usable, or their member hears of it once, early, in words, and by mail only in working hours."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.actions import mark_needs_relink
from accounts.actions.checking import spread_checks
from accounts.models import LinkedAccount, User
from accounts.tasks import check_accounts, warn_of_ends
from connectors.mastodon import Mastodon
from core import clock
from core.hours import next_working
from notifications.delivering import deliver_due
from notifications.models import Delivery, Mail, Notice, Wishes
from tests.accounts.conftest import link
from tests.contract.town import Town
from tests.factories import LinkedAccountFactory

pytestmark = pytest.mark.django_db
OFFICE = [[540, 1020]] * 5 + [None, None]  # nine to five, Monday to Friday
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def at_work(**fields: Any) -> dict[str, Any]:
    return {"member__working_hours": OFFICE, "member__time_zone": "Europe/Berlin", **fields}


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T09:30", "2026-11-23T09:30"),  # Monday, half past ten in Berlin
        ("2026-11-23T05:00", "2026-11-23T08:00"),
        ("2026-11-23T16:00", "2026-11-24T08:00"),  # five o'clock there: over
        ("2026-11-27T20:00", "2026-11-30T08:00"),  # over the weekend
        ("2026-03-27T20:00", "2026-03-30T07:00"),  # and over the change of the clocks
    ],
)
def test_a_working_moment_is_this_one_or_the_next(moment: str, expected: str) -> None:
    at, wanted = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (moment, expected))
    assert next_working(OFFICE, "Europe/Berlin", at) == wanted
    assert next_working(None, "Europe/Berlin", at) is None and next_working([None] * 7, "UTC", at) is None


def test_checks_are_spread_over_the_day_and_each_account_is_taken_once(monkeypatch: Any) -> None:
    asked: list[str] = []
    monkeypatch.setattr(Mastodon, "who", lambda self, credentials: asked.append(credentials.remote_id))
    at = clock.now()
    due = LinkedAccountFactory(check_due_at=at - MINUTE)
    LinkedAccountFactory(check_due_at=at - MINUTE, worked_at=at - timedelta(hours=1))  # proved by work
    LinkedAccountFactory(check_due_at=at - MINUTE, connector="x")  # on the bill, and renewed every two hours anyway
    LinkedAccountFactory(check_due_at=at - MINUTE, state="needs_relink")
    LinkedAccountFactory.create_batch(3)
    for _ in range(2):
        check_accounts()
    assert asked == [due.remote_id]
    due.refresh_from_db()
    assert due.worked_at and due.check_due_at > at + timedelta(hours=22)
    waiting = LinkedAccount.objects.filter(check_due_at__gt=at, check_due_at__lte=at + DAY + MINUTE)
    assert waiting.count() >= 3 and spread_checks(at=at) == 0


def test_what_a_member_revoked_is_noticed_within_a_day_and_said_once(town: Town) -> None:
    person = town.person("mastodon", "kira")
    account = LinkedAccountFactory(
        remote_id=person["remote_id"], token=person["access_token"], check_due_at=clock.now(), **at_work()
    )
    town.break_next("mastodon", "who", "500_before")
    check_accounts()
    account.refresh_from_db()
    assert account.state == "healthy"  # trouble of the platform says nothing about the account
    town.control("POST", "/revoke", platform="mastodon", remote_id=account.remote_id)
    LinkedAccount.objects.update(check_due_at=clock.now())
    for _ in range(2):
        check_accounts()
    account.refresh_from_db()
    assert account.state == "needs_relink"
    assert Notice.objects.get().text.startswith(account.handle)
    waiting = Delivery.objects.get()
    assert waiting.due_at == next_working(OFFICE, "Europe/Berlin", waiting.created_at)
    deliver_due(at=waiting.due_at)
    mail = Mail.objects.get()
    assert "waits a week" in mail.text and "/me/messages/" in mail.text


def test_sixty_days_are_said_before_linking_and_warned_of_once_from_day_fifty(
    member: User, browser: Client, town: Town
) -> None:
    User.objects.update(working_hours=OFFICE)
    assert "every 60 days. We tell you in time" in browser.get("/me/accounts/linkedin/").content.decode()
    assert "every 60 days" not in browser.get("/me/accounts/mastodon/").content.decode()
    link(browser, town, "linkedin")
    clock.advance(49 * 86_400)
    warn_of_ends()
    assert not Notice.objects.exists()
    clock.advance(1.1 * 86_400)
    for _ in range(3):
        warn_of_ends()
    (notice,) = Notice.objects.all()
    assert "in 9 days" in notice.text and "LinkedIn" in notice.text and Delivery.objects.count() == 1
    link(browser, town, "linkedin")
    assert not Notice.objects.filter(read_at=None).exists()
    warn_of_ends()
    assert Notice.objects.count() == 1
    clock.advance(51 * 86_400)
    warn_of_ends()
    assert Notice.objects.count() == 2  # of the new connection, once too
    mark_needs_relink(account=LinkedAccount.objects.get(), sentence="It ended.", at=clock.now())
    assert Notice.objects.filter(read_at=None).count() == 1


@pytest.mark.parametrize(
    "how", [{"member__working_hours": None}, {"member__is_active": False}, {"member__email": None}]
)
def test_no_mail_without_hours_or_an_address(how: dict[str, Any]) -> None:
    mark_needs_relink(account=LinkedAccountFactory(**at_work(**how)), sentence="It ended.", at=clock.now())
    assert not Delivery.objects.exists() and Notice.objects.count() == 1


def test_members_choose_what_they_are_told(member: User, browser: Client) -> None:
    page = browser.get("/me/messages/").content.decode()
    assert "alerts_mail" not in page and "up_push" in page and "posts_page" not in page  # what is always said
    assert browser.post("/me/messages/", {"digest": "sometimes"}).status_code == 422
    browser.post(
        "/me/messages/", {"up_mail": "on", "most_a_day": "3", "digest": "week", "weekday": "3", "hour": "07:15"}
    )
    wishes = Wishes.objects.get(member=member)
    off = dict.fromkeys(["accounts", "digest", "guideline", "launch", "mishap", "question", "urgent"], [])
    assert wishes.channels == {"up": ["mail"], **off}
    assert (wishes.most_a_day, wishes.digest, wishes.digest_weekday, wishes.digest_minute) == (3, "week", 3, 435)
    assert browser.get("/me/messages/after-posts/off/").status_code == 405
    browser.post("/me/messages/after-posts/off/", {"next": "https://elsewhere.example/"})
    wishes.refresh_from_db()
    assert wishes.channels["up"] == []


def test_a_pause_has_an_end_that_is_shown_and_can_be_ended(member: User, browser: Client) -> None:
    browser.post("/me/messages/pause/")
    until = Wishes.objects.get(member=member).paused_until
    assert until and timedelta(days=13) < until - clock.now() <= timedelta(days=14)
    assert "Paused until" in browser.get("/me/messages/").content.decode()
    assert "Paused until" in browser.get("/me/").content.decode()
    browser.post("/me/messages/pause/", {"end": "1"})
    assert Wishes.objects.get(member=member).paused_until is None
