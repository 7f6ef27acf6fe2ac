"""What must not stay as it is: each kind of trouble looked for by its own question, and said once to administrators.

Looking costs a few queries with an index each. The page of operations and /metrics look themselves, so that they tell
the truth when beat or every worker is gone and nobody runs the watch.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import override

from accounts import queries as accounts
from accounts.models import LinkedAccount, PlatformApp, User
from advocacy import metrics
from advocacy.operations.wording import sentence, step, title
from content.models import Feed
from core import alerts, audit
from core.alerts import Finding
from core.models import Alert, Pulse
from links.queries import waiting_clicks
from notifications.actions import tell
from notifications.models import Mail
from notifications.queries import mail_leaves
from shares import actions as shares
from shares.models import Share

SLACK = timedelta(minutes=10)
TWO_MONTHS = timedelta(days=61)
BEAT_LATE = timedelta(seconds=60)
UNCERTAIN_LONG = timedelta(hours=26)  # looked for during a day, then its member is asked
DELETING_LONG = timedelta(hours=1)
CLICKS_LATE = timedelta(minutes=2)  # normally they are in the database within seconds


def shares_overdue(at: datetime) -> Iterator[Finding]:
    """Due, allowed to go, and nobody sends them. Paused platforms and accounts are left out."""
    late = shares.due(at).filter(due_at__lte=at - SLACK)
    if count := late.count():
        yield Finding("shares_overdue", data={"n": count})


def shares_stuck(at: datetime) -> Iterator[Finding]:
    """Beyond the time at which each state ends by itself."""
    before = at - SLACK
    stuck = Share.objects.filter(
        Q(state__in=["scheduled", "retrying"], due_at__lte=at, cut_off_at__lt=before)
        | Q(state="sending", due_at__lt=before)
        | Q(state="uncertain", due_at__lt=before)
        | Q(state="uncertain", due_at__lt=at + timedelta(days=1), state_at__lt=at - UNCERTAIN_LONG)
        | Q(state="deleting", due_at__lt=before)
        | Q(state="deleting", due_at__lt=at + timedelta(days=1), state_at__lt=at - DELETING_LONG)
        | Q(state="held", due_at__lt=before)
    )
    if count := stuck.count():
        yield Finding("shares_stuck", data={"n": count})


def withdrawn_and_up(at: datetime) -> Iterator[Finding]:
    """Only in a regulated firm, where such posts are deleted without asking."""
    if not accounts.organisation().regulated:
        return
    if count := shares.still_up(at).filter(story__state_at__lt=at - SLACK, state="published").count():
        yield Finding("withdrawn_and_up", data={"n": count})


def mails_waiting(at: datetime) -> Iterator[Finding]:
    late = Mail.objects.filter(state__in=["queued", "sending"], due_at__lt=at - SLACK)
    if accounts.quiet_time(at):
        late = late.filter(about="")  # those of launches wait until sharing goes on
    if mail_leaves() and (count := late.count()):
        yield Finding("mails_waiting", data={"n": count})


def feeds_waiting(at: datetime) -> Iterator[Finding]:
    if count := Feed.objects.exclude(state="stopped").filter(due_at__lt=at - timedelta(hours=2)).count():
        yield Finding("feeds_waiting", data={"n": count})


def platforms_paused(at: datetime) -> Iterator[Finding]:
    """By a fault of ours, such as a version that died or credit that is used up; not by an administrator."""
    for app in PlatformApp.objects.filter(paused_until__gt=at, pause_is_fault=True).order_by("pk"):
        yield Finding("platform_paused", app.connector, {"why": app.pause_reason})


def renewals_failing(at: datetime) -> Iterator[Finding]:
    """Tokens that should have been renewed and were not, by platform. A refused one asks its member."""
    late = LinkedAccount.objects.filter(state="healthy", expires_at__lt=at - SLACK).exclude(refresh="")
    counted = late.values_list("connector").annotate(several=Count("pk")).order_by("connector")
    for connector, several in counted:
        if connector in accounts.connectors():
            yield Finding("renewals_failing", connector, {"n": several})


def versions_ending(at: datetime) -> Iterator[Finding]:
    for key, connector in accounts.connectors().items():
        dies_on = connector.version_dies_on()
        if dies_on is not None and dies_on <= (at + TWO_MONTHS).date() and accounts.is_usable(connector):
            yield Finding("version_ending", key, {"day": dies_on.isoformat()})


def clicks_on_disk(at: datetime) -> Iterator[Finding]:
    """Of this machine: where web runs on others, their /metrics tell."""
    oldest_at = waiting_clicks().oldest_at
    if oldest_at and oldest_at < at - CLICKS_LATE:
        yield Finding("clicks_on_disk", data={"n": (at - oldest_at) // timedelta(minutes=1)})


def audit_unsealed(at: datetime) -> Iterator[Finding]:
    if audit.unsealed_before(at - SLACK):
        yield Finding("audit_unsealed")


def no_beat(at: datetime) -> Iterator[Finding]:
    """Seen by who looks; a watch that runs proves the contrary."""
    pulse = Pulse.objects.filter(name="beat").first()
    if pulse is None or pulse.at < at - BEAT_LATE:
        yield Finding("no_beat")


def no_broker(at: datetime) -> Iterator[Finding]:
    if settings.REDIS_URL and not metrics.broker_answers():
        yield Finding("no_broker")


Question = Callable[[datetime], Iterator[Finding]]
QUESTIONS: list[Question] = [
    shares_overdue,
    shares_stuck,
    withdrawn_and_up,
    platforms_paused,
    renewals_failing,
    versions_ending,
    mails_waiting,
    feeds_waiting,
    clicks_on_disk,
    audit_unsealed,
]
# What makes the watch itself stop, and is therefore looked for by the pages only.
SEEN_FROM_OUTSIDE: list[Question] = [no_beat, no_broker]


def findings(at: datetime, questions: list[Question] | None = None) -> list[Finding]:
    asked = QUESTIONS if questions is None else questions
    return [finding for question in asked for finding in question(at)]


def watch(*, at: datetime) -> None:
    """Once a minute."""
    alerts.keep(findings(at), at=at, tell=lambda alert: _tell_administrators(alert, at))


def _tell_administrators(alert: Alert, at: datetime) -> None:
    for administrator in User.objects.filter(is_active=True, roles__contains=["administrator"]):
        with override(administrator.language):
            text = f"{sentence(alert)} {step(alert)}"
            tell(member=administrator, kind="alert", text=text, url="/operations/", at=at, subject=title(alert))
