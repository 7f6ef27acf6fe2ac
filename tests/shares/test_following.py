"""The quiet line, two hours after a post is up: once, off with a tap, and only of what is still up."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from notifications.choosing import choose_channels
from notifications.delivering import deliver_due
from notifications.models import Delivery, Mail, Notice
from shares import actions
from shares.models import Share, Told
from tests.factories import ShareFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
OFFICE = [[540, 1020]] * 5 + [None, None]


def up(ago: timedelta = 3 * HOUR, **fields: Any) -> Share:
    published = {"published_at": MONDAY - ago, "post_url": "https://town.example/@ines/1", "post_id": "1"}
    return ShareFactory(**{"state": "published", **published, **fields})


def test_it_is_said_once_with_the_posts_own_page_behind_it(client: Client) -> None:
    share = up()
    for _ in range(3):
        actions.tell_what_is_up(at=MONDAY)
    notice = Notice.objects.get(kind="share.up")
    assert notice.text == "Your post on Mastodon is up: see who answered." and notice.member == share.member
    with pytest.raises(IntegrityError), transaction.atomic():
        Told.objects.create(share=share, kind=Told.UP, at=MONDAY)
    client.force_login(share.member)
    assert "Not again" in client.get("/me/notices/").content.decode()
    assert share.post_url in client.get(notice.url).content.decode()
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"ago": HOUR},
        {"ago": 27 * HOUR},
        {"state": "deleted"},
        {"state": "deleting"},
        {"post_url": ""},
        {"account__member__is_active": False},
        {"story__state": "withdrawn"},
    ],
)
def test_not_too_early_not_too_late_and_not_where_it_makes_no_sense(fields: dict[str, Any]) -> None:
    up(**fields)
    assert actions.tell_what_is_up(at=MONDAY) == 0


def test_who_wants_to_hear_nothing_hears_nothing() -> None:
    share = up()
    choose_channels(actor=share.member, channels={"up": []})
    assert actions.tell_what_is_up(at=MONDAY) == 0


def test_by_mail_only_in_working_hours_and_not_at_all_after_a_day() -> None:
    wants = {"account__member__working_hours": OFFICE}
    now, weekend = up(**wants), up(**wants)
    weekend.member.working_hours = [None] * 5 + [[540, 1020], None]  # works on Saturdays only
    weekend.member.save()
    unknown = up()  # no hours chosen
    for share in (now, weekend, unknown):
        choose_channels(actor=share.member, channels={"up": ["page", "mail"]})
    actions.tell_what_is_up(at=MONDAY)
    deliver_due(at=MONDAY)
    mail = Mail.objects.get()
    assert (mail.to, mail.due_at) == (now.member.email, MONDAY) and now.post_url in mail.text
    evening = up(**wants, published_at=MONDAY + 6 * HOUR)
    choose_channels(actor=evening.member, channels={"up": ["page", "mail"]})
    actions.tell_what_is_up(at=MONDAY + 8 * HOUR)
    late = Delivery.objects.get(member=evening.member)
    assert late.due_at == datetime(2026, 11, 24, 9, tzinfo=UTC)
