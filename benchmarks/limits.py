"""A burst with the platforms' real limits on, at both ends: nothing is refused, and all are out when they could be.

Many stories due in the same second, each to one account of every platform, so that the limits of an account bite. The
clock, which the stand-ins share, leaps to whatever is due next. The time by which all can be out is computed from the
limits alone: a window takes so many, so the last one goes in the last window needed.
"""

import os
import time
from datetime import datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
django.setup()

from django.db.models import Max, Min  # noqa: E402

from accounts import queries as accounts  # noqa: E402
from accounts.models import LinkedAccount, Team  # noqa: E402
from benchmarks.figures import Figure  # noqa: E402
from connectors.base import Connector  # noqa: E402
from content.models import Story  # noqa: E402
from core import clock, wake  # noqa: E402
from core.buckets import Bucket  # noqa: E402
from shares import actions  # noqa: E402
from shares.models import Share  # noqa: E402
from tests import staging  # noqa: E402
from tests.control import control  # noqa: E402

STORIES = int(os.environ.get("STORIES", "320"))
PATIENCE = 600.0
OPEN = ["scheduled", "retrying", "sending", "uncertain", "held"]
SLACK = timedelta(minutes=2)


def main() -> list[Figure]:
    control("POST", "/latency", platform="*", ms=20)
    control("POST", "/limits", on=True)
    plan()
    began = make_due()
    expected = {key: out_by(connector, began) for key, connector in accounts.connectors().items()}
    let_time_pass()
    refused = control("GET", "/stats")["refused"]
    published = Share.objects.filter(state="published")
    ended = dict(published.values_list("connector").annotate(Max("published_at")).order_by())
    figures = [
        Figure("shares due in one second, limits on", float(Share.objects.count())),
        Figure("… published", float(published.count()), at_least=float(Share.objects.count())),
        Figure("… refused by a platform's limit", float(sum(refused.values())), at_most=0),
    ]
    for key, by in sorted(expected.items()):
        late = (ended.get(key, began) - by).total_seconds() / 60
        took = (ended.get(key, began) - began).total_seconds() / 60
        name = f"… {key}: last one out after, {(by - began).total_seconds() / 60:,.0f} min computed"
        figures.append(Figure(name, took, "min"))
        figures.append(Figure(f"… {key}: later than computed", late, "min", at_most=SLACK.total_seconds() / 60))
    return figures


def out_by(connector: Connector, began: datetime) -> datetime:
    """When the window begins in which the last post of one account fits; the latest of all its limits."""
    ends = [began]
    for limit in connector.limits:
        if limit.post:
            windows = -(-STORIES * limit.post // (limit.allowed // limit.post * limit.post)) - 1
            first = Bucket("", limit.allowed, limit.window).over_at(began) - limit.window
            ends.append(first + windows * limit.window)
    return max(ends)


def plan() -> None:
    staging.pay()
    at, team = clock.now(), Team.objects.create(name="Limits")
    people = [
        staging.link(control("POST", "/accounts", platform=key, name="limits", count=1)["accounts"][0], key, team, 0)
        for key in accounts.connectors()
    ]
    for number in range(STORIES):
        story = Story.objects.create(
            title=f"Story {number}", url=f"https://blog.example/{number}", state="live", state_at=at, live_at=at,
            created_at=at,
        )  # fmt: skip
        for account in people:
            plan_one(account, story, number, at)


def plan_one(account: LinkedAccount, story: Story, number: int, at: datetime) -> None:
    words = f"What we learnt in part {number}, in words of our own."
    due_at = at + timedelta(days=1)
    actions.plan_share(actor=account.member, story=story, account=account, words=words, due_at=due_at, at=at)


def make_due() -> datetime:
    """Everything in the same second, and wanted for days, so that each may wait for its turn."""
    staging.as_owner("ANALYZE")
    at = clock.now()
    Share.objects.update(wanted_at=at, due_at=at, cut_off_at=at + timedelta(days=7))
    wake.ring("shares.tasks.send")
    return at


def let_time_pass() -> None:
    """Leap to what is due next, as soon as nothing is under way."""
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up and (left := Share.objects.filter(state__in=OPEN)).exists():
        next_at = left.filter(state__in=["scheduled", "retrying"]).aggregate(at=Min("due_at"))["at"]
        if next_at and next_at > clock.now() and not left.filter(state__in=["sending", "uncertain"]).exists():
            clock.advance((next_at - clock.now()).total_seconds() + 1)
            wake.ring("shares.tasks.send")
        time.sleep(0.25)
