"""A campaign told to everybody. LAUNCHED=5000 for fewer people.

Of the members nine in ten chose working hours, one in ten paused, one in ten has a limit that is reached, one in twenty
wants no such message. Somebody who tells is killed in the middle; whoever goes on must finish, and nobody may be told
twice. The workers of the installation write the mails meanwhile.
"""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, reset_queries  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.rules import PROVED_AT  # noqa: E402
from benchmarks.feed import make_stories  # noqa: E402
from benchmarks.figures import Figure  # noqa: E402
from content.actions import begin_launch  # noqa: E402
from content.models import Campaign, Launch, Story  # noqa: E402
from core import clock  # noqa: E402
from notifications.models import Delivery, Mail, Notice, Wishes  # noqa: E402
from tests import staging  # noqa: E402

PEOPLE = int(os.environ.get("LAUNCHED", "50000"))
PROCESSES = 2
PAGE_SECONDS, BEGIN_SECONDS, TOLD_SECONDS, MAILED_SECONDS = 1.0, 5.0, 180.0, 600.0
ALWAYS = [[0, 1439]] * 7
TELL = """
import django
django.setup()
from core import clock
from content.actions import tell_next
while tell_next(at=clock.now()): pass
"""
DELIVER = """
import django
django.setup()
from core import clock
from notifications.delivering import deliver_due
while deliver_due(at=clock.now()): pass
"""


def main() -> list[Figure]:
    campaign, curator = make_everything()
    page, asked = open_page(curator, f"/curate/campaigns/{campaign.pk}/launch/")
    began = time.monotonic()
    launch = begin_launch(actor=curator, campaign=campaign, shown=10 * PEOPLE + 10_000, at=clock.now())
    written = time.monotonic() - began
    took = tell(launch)
    followed, _asked = open_page(curator, f"/curate/launches/{launch.pk}/")
    mailed = deliver()
    of_it = Notice.objects.filter(kind="launch.campaign", member__email__endswith="@launch.example")
    twice = of_it.values("member").annotate(times=Count("pk")).filter(times__gt=1).count()
    mails = Mail.objects.filter(bulk=True, to__endswith="@launch.example")
    mailed_twice = mails.values("to").annotate(times=Count("pk")).filter(times__gt=1).count()
    left = launch.told.filter(state="waiting").count()
    share = PEOPLE / 50_000
    return [
        Figure("launch, people", launch.people),
        Figure("launch, the page that prepares it", page, "s", at_most=PAGE_SECONDS),
        Figure("launch, its queries", asked, at_most=40),
        Figure("launch, everybody written down", written, "s", at_most=BEGIN_SECONDS),
        Figure("launch, everybody told", took, "s", at_most=TOLD_SECONDS * share),
        Figure("launch, told a second", launch.people / took),
        Figure("launch, the page that follows it", followed, "s", at_most=PAGE_SECONDS),
        Figure("launch, mails", mails.count()),
        Figure("launch, the last mail written after that", mailed, "s", at_most=MAILED_SECONDS * share),
        Figure("launch, people who were not told", left, at_most=0),
        Figure("launch, people who were told twice", twice + mailed_twice, at_most=0),
    ]


def make_everything() -> tuple[Campaign, User]:
    at = clock.now()
    User.objects.filter(email__endswith="@launch.example").delete()
    Campaign.objects.filter(name="Bench").delete()
    Story.objects.filter(state="live").update(state="withdrawn")
    Delivery.objects.filter(state="waiting").update(state="dropped")
    make_stories(5)
    days = {"starts_on": at.date(), "ends_on": at.date() + timedelta(days=9)}
    campaign = Campaign.objects.create(name="Bench", state="open", state_at=at, **days)
    Story.objects.filter(state="live").update(campaign=campaign)
    made = User.objects.bulk_create(
        (
            User(
                name=f"Reader {place}", email=f"reader{place}@launch.example", joined_at=at,
                working_hours=ALWAYS if place % 10 else None, language="de" if place % 3 else "en",
            )
            for place in range(PEOPLE)
        ),
        batch_size=5000,
    )  # fmt: skip
    Wishes.objects.bulk_create((wishes for place, one in enumerate(made) if (wishes := wish(place, one))), 5000)
    full = [one for place, one in enumerate(made) if place % 10 == 2]  # noqa: PLR2004
    said = {"channel": "mail", "kind": "share.up", "subject": "x", "created_at": at, "due_at": at, "state": "gone"}
    Delivery.objects.bulk_create((Delivery(member=one, state_at=at, **said) for one in full), 5000)
    staging.as_owner("ANALYZE")  # what autovacuum does in time
    curator = User.objects.create_user(
        "curator@launch.example", name="A curator", roles=["curator"], joined_at=at, welcomed_at=at
    )
    return campaign, curator


def wish(place: int, member: User) -> Wishes | None:
    at = clock.now()
    if place % 10 == 1:
        return Wishes(member=member, paused_until=at + timedelta(days=3))
    if place % 10 == 2:  # noqa: PLR2004
        return Wishes(member=member, most_a_day=1)
    return Wishes(member=member, channels={"launch": []}) if place % 20 == 3 else None  # noqa: PLR2004


def open_page(curator: User, path: str) -> tuple[float, int]:
    """Seconds and queries, the second time: the first one reads templates."""
    browser = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    browser.force_login(curator, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = browser.session
    session[PROVED_AT] = clock.now().timestamp()
    session.save()
    browser.get(path)
    settings.DEBUG = True  # so that Django counts the queries
    reset_queries()
    began = time.monotonic()
    answer = browser.get(path)
    took, asked = time.monotonic() - began, len(connection.queries)
    settings.DEBUG = False
    assert answer.status_code == 200, (path, answer.status_code)
    return took, asked


def tell(launch: Launch) -> float:
    """One that tells dies in the middle of a batch; two go on."""
    began = time.monotonic()
    victim = start(TELL)
    while launch.told.filter(state="told").count() < min(2000, PEOPLE // 4):
        time.sleep(0.1)
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    while Launch.objects.filter(pk=launch.pk, state="telling").exists():
        for worker in [start(TELL) for _ in range(PROCESSES)]:
            worker.wait()
    return time.monotonic() - began


def deliver() -> float:
    began = time.monotonic()
    for worker in [start(DELIVER) for _ in range(PROCESSES)]:
        worker.wait()
    return time.monotonic() - began


def start(loop: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", loop])


if __name__ == "__main__":
    main()
