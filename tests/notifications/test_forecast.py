"""What is counted beforehand is what comes of it: the same answer for each member as when the message is due."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from accounts.models import User
from notifications.actions import Said, tell_all
from notifications.delivering import deliver_due
from notifications.forecast import forecast
from notifications.kinds import BY_KEY
from notifications.models import Delivery, Mail, Notice, Wishes
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)  # Monday
OFFICE, NIGHT, SUNDAY = [[540, 1020]] * 5 + [None] * 2, [[0, 60]] * 7, [None] * 6 + [[60, 120]]


def everybody() -> list[User]:
    """Every combination of hours, zone, pause, limit, address and choice."""
    made = []
    ways = ({}, {"launch": []}, {"launch": ["page"]}, {"launch": ["mail"]})
    for hours, zone, paused, most, chosen in product(
        (OFFICE, NIGHT, SUNDAY, [None] * 7, None), ("Europe/London", "Asia/Kolkata", "Not/AZone"), (False, True),
        (None, 1), ways,
    ):  # fmt: skip
        member = MemberFactory(working_hours=hours, time_zone=zone, team=None)
        Wishes.objects.create(
            member=member, channels=chosen, most_a_day=most, paused_until=NOW + timedelta(days=9) if paused else None
        )
        if most:
            Delivery.objects.create(
                member=member, channel="mail", kind="share.up", subject="x", created_at=NOW, due_at=NOW, state="gone",
                state_at=NOW - timedelta(minutes=5),
            )  # fmt: skip
        made.append(member)
    return [*made, MemberFactory(email=None, working_hours=OFFICE), MemberFactory(working_hours=OFFICE)]


def test_the_forecast_is_what_then_happens() -> None:
    members = everybody()
    found = forecast(User.objects.all(), BY_KEY["launch"], at=NOW)
    untold = tell_all(
        members=members, kind="launch.campaign", about="launch:1", words=lambda _language: Said("It begins"), url="/",
        at=NOW,
    )  # fmt: skip
    while deliver_due(at=NOW):
        pass
    assert found.people == len(members) and found.page == Notice.objects.count()
    assert found.nothing == sum(reason == "chosen" for reason in untold.values())
    assert found.mail.counts["now"] == Mail.objects.count() > 0
    rows = Delivery.objects.filter(about="launch:1")
    assert found.mail.counts["later"] <= rows.filter(state="waiting").count()
    assert found.mail.counts["now"] + found.mail.counts["later"] + found.mail.counts["chosen"] > 0
    assert sum(found.mail.counts.values()) == sum(found.push.counts.values()) == len(members)
    due = rows.filter(state="dropped").values_list("reason", flat=True)
    assert {"paused", "most"} == set(due)


def test_it_is_one_question_whatever_the_number(django_assert_num_queries) -> None:
    MemberFactory.create_batch(3)
    with django_assert_num_queries(2):
        forecast(User.objects.all(), BY_KEY["urgent"], at=NOW)
