"""What an operator sees: platforms, flows, errors by the hour, and posts that need a person. Numbers, states and error
classes only: no words, no names, no accounts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncHour
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import budgets
from accounts import queries as accounts
from accounts.models import PlatformApp
from advocacy import metrics
from advocacy.operations import watch, wording
from core.charts import Chart, Heat
from core.flow import FlowModel
from core.models import Alert
from shares.models import Attempt, Share

HOURS = 24
RECENT = timedelta(days=7)  # older failures are history
LONG = timedelta(days=3)
SLACK = timedelta(minutes=10)  # beyond its cut-off by so much, a share is stuck
SHOWN = 20

OUTCOMES = {
    Attempt.PUBLISHED: gettext_lazy("Posted"),
    "RateLimited": gettext_lazy("Slowed down"),
    "Unavailable": gettext_lazy("Unavailable"),
    "NeedsRelink": gettext_lazy("Reconnect"),
    "Rejected": gettext_lazy("Refused"),
    "OutcomeUnknown": gettext_lazy("Answer lost"),
    Attempt.ABSENT: gettext_lazy("Not there"),
    "": gettext_lazy("No answer yet"),
}


FLOWS = {
    "accounts.invitation": gettext_lazy("Invitations"),
    "accounts.linkedaccount": gettext_lazy("Connected accounts"),
    "accounts.quiettime": gettext_lazy("Pauses of sharing"),
    "core.alert": gettext_lazy("Alerts"),
    "core.job": gettext_lazy("Long work"),
    "content.campaign": gettext_lazy("Campaigns"),
    "content.feed": gettext_lazy("Feeds"),
    "content.launch": gettext_lazy("Campaigns and urgent stories being told"),
    "content.told": gettext_lazy("People who are told of them"),
    "content.maker": gettext_lazy("People asked about their work"),
    "content.suggestion": gettext_lazy("Suggestions"),
    "content.story": gettext_lazy("Stories"),
    "guidelines.case": gettext_lazy("Cases proposed for the case book"),
    "guidelines.due": gettext_lazy("Guidelines to be signed"),
    "guidelines.pack": gettext_lazy("Packs for auditors"),
    "guidelines.question": gettext_lazy("Questions to somebody who helps"),
    "guidelines.version": gettext_lazy("Versions of guidelines"),
    "learning.writtenlesson": gettext_lazy("Lessons that curators write"),
    "notifications.delivery": gettext_lazy("Messages on their way"),
    "notifications.hook": gettext_lazy("Channels in Slack and Teams"),
    "notifications.hookmessage": gettext_lazy("Messages to channels"),
    "notifications.mail": gettext_lazy("Mails"),
    "notifications.pushaddress": gettext_lazy("Browsers that show messages"),
    "shares.share": gettext_lazy("Posts"),
    "shares.wordsapproval": gettext_lazy("Own words to be approved"),
}


@dataclass(frozen=True)
class Platform:
    """`state` is open, slowed, paused or off. `waiting` posts wait because a platform asked their accounts to."""

    key: str
    name: str
    state: str
    until: datetime | None
    why: str
    waiting: int = 0
    money: str = ""  # what posts there have cost this month, where they cost anything


@dataclass(frozen=True)
class ShownAlert:
    title: str
    sentence: str
    step: str
    since: datetime | None
    until: datetime | None = None


def alerts(at: datetime) -> tuple[list[ShownAlert], list[ShownAlert]]:
    """Those that are open, with what only a page can see; and those that ended lately, newest first."""
    seen = [_alert(finding, None) for finding in watch.findings(at, watch.SEEN_FROM_OUTSIDE)]
    rows = Alert.objects.filter(state="open").order_by("begun_at", "pk")
    over = Alert.objects.filter(state="over", state_at__gt=at - RECENT).order_by("-state_at")[:5]
    ended = [_alert(row, row.begun_at, row.state_at) for row in over]
    return [*seen, *(_alert(row, row.begun_at) for row in rows)], ended


def _alert(said: wording.Said, since: datetime | None, until: datetime | None = None) -> ShownAlert:
    return ShownAlert(wording.title(said), wording.sentence(said), wording.step(said), since, until)


def platforms(at: datetime) -> list[Platform]:
    rows = {row.connector: row for row in PlatformApp.objects.filter(origin="")}
    slowed = {key: (count, until) for key, count, until in _slowed(at)}
    found = [
        _platform(key, rows.get(key), slowed.get(key), usable=accounts.is_usable(connector), at=at)
        for key, connector in accounts.connectors().items()
    ]
    return [replace(platform, money=money_sentence(platform.key, at)) for platform in found]


def money_sentence(key: str, at: datetime) -> str:
    money = budgets.money(key, at=at)
    if money is None:
        return ""
    used = budgets.shown(money.taken, money.prices.currency)
    if not money.allowed:
        return _("By hand only until a monthly budget is set")
    allowed = budgets.shown(money.allowed, money.prices.currency)
    return _("%(used)s of this month’s %(allowed)s used") % {"used": used, "allowed": allowed}


def _slowed(at: datetime) -> Any:
    due = Share.objects.filter(state__in=["scheduled", "retrying"], due_at__lte=at, account__paused_until__gt=at)
    return due.values_list("connector").annotate(Count("pk"), Max("account__paused_until")).order_by("connector")


def _platform(
    key: str, row: PlatformApp | None, slowed: tuple[int, datetime] | None, *, usable: bool, at: datetime
) -> Platform:
    name = accounts.connectors()[key].name
    if row and row.paused_until and row.paused_until > at:
        return Platform(key, name, "paused", row.paused_until, row.pause_reason)
    if not usable:
        return Platform(key, name, "off", None, "")
    if slowed:
        return Platform(key, name, "slowed", slowed[1], "", slowed[0])
    return Platform(key, name, "open", None, "")


@dataclass(frozen=True)
class FlowCount:
    """Rows per state of one flow, those that are none left out; `due_at` of the row that is due first, if any is."""

    name: str
    states: list[tuple[str, int]]
    due_at: datetime | None
    late: bool


def flows(at: datetime) -> list[FlowCount]:
    counted = metrics.rows_per_state()
    return [_flow(model, counted[model._meta.label_lower], at) for model in metrics.flows()]


def _flow(model: type[FlowModel], counted: Mapping[str, int], at: datetime) -> FlowCount:
    due_at = metrics.oldest_due_at(model) if model.due_field else None
    name = str(FLOWS.get(model._meta.label_lower, model._meta.verbose_name_plural))
    late = due_at is not None and due_at < at - SLACK
    return FlowCount(
        name, [(state.replace("_", " "), count) for state, count in counted.items() if count], due_at, late
    )


def attempts_by_hour(at: datetime) -> list[Chart]:
    """One drawing for each platform that was called within a day: outcomes by the hour."""
    first = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=HOURS - 1)
    cells: dict[str, dict[str, list[float | None]]] = defaultdict(lambda: defaultdict(lambda: [None] * HOURS))
    hour = TruncHour("started_at", tzinfo=UTC)
    for platform, outcome, began, calls in metrics.attempts_since(first, hour=hour):
        place = int((began - first) / timedelta(hours=1))
        if place < HOURS:
            cells[platform][outcome][place] = calls
    names = {key: connector.name for key, connector in accounts.connectors().items()}
    return [_heat(names.get(platform, platform), rows, first) for platform, rows in sorted(cells.items())]


def _heat(name: str, rows: dict[str, list[float | None]], first: datetime) -> Chart:
    order = list(OUTCOMES)
    outcomes = sorted(rows, key=lambda outcome: order.index(outcome) if outcome in order else len(order))
    calls = int(sum(count or 0 for counts in rows.values() for count in counts))
    out = int(sum(count or 0 for count in rows.get(Attempt.PUBLISHED, [])))
    sentence = ngettext(
        "%(n)s call in %(hours)s hours, %(out)s posted.", "%(n)s calls in %(hours)s hours, %(out)s posted.", calls
    )
    said = sentence % {"n": calls, "hours": HOURS, "out": out}
    return Heat(
        title=f"{name}: {said}",
        sentence=said,
        rows=[str(OUTCOMES.get(outcome, outcome)) for outcome in outcomes],
        columns=[timezone.localtime(first + timedelta(hours=hour)).strftime("%H") for hour in range(HOURS)],
        cells=[rows[outcome] for outcome in outcomes],
        corner=_("Calls, by hour"),
    ).chart()


@dataclass(frozen=True)
class Needing:
    """Posts in one kind of trouble: how many, and those that have been in it longest."""

    title: str
    note: str
    count: int
    shares: Sequence[Share]

    @property
    def more(self) -> int:
        return self.count - len(self.shares)


def needing_a_person(at: datetime) -> list[Needing]:
    beyond = Share.objects.filter(cut_off_at__lt=at - SLACK)
    kinds: list[tuple[str, str, QuerySet[Share]]] = [
        (
            _("Stuck beyond their time"),
            _("They should have gone out or ended by now."),
            beyond.filter(state__in=["scheduled", "retrying"], due_at__lt=at)
            | beyond.filter(state__in=["sending", "uncertain"]),
        ),
        (
            _("Asked"),
            _("The answer was lost and only the member can look. They have been told."),
            Share.objects.filter(state="asked"),
        ),
        (
            _("Failed within a week"),
            _("While the time the member chose is not over, you can try again. Afterwards only they can."),
            Share.objects.filter(state="failed", state_at__gt=at - RECENT),
        ),
        (
            _("Held for more than three days"),
            _("They wait for a reconnection or for their owner’s decision, and end by themselves."),
            Share.objects.filter(state="held", state_at__lt=at - LONG),
        ),
    ]
    return [_needing(title, note, shares) for title, note, shares in kinds]


def _needing(title: str, note: str, shares: QuerySet[Share]) -> Needing:
    found = list(operated(shares).order_by("state_at")[:SHOWN])
    return Needing(title, note, shares.count() if len(found) == SHOWN else len(found), found)


def operated(shares: QuerySet[Share]) -> QuerySet[Share]:
    """Only what an operator needs; whatever else a template asked for would be one more question, and a test counts."""
    last = Attempt.objects.filter(share=OuterRef("pk")).order_by("-number").values("outcome")[:1]
    fields = ("connector", "state", "state_at", "due_at", "cut_off_at", "held_for", "held_until", "attempts_made")
    return shares.only(*fields).annotate(last_outcome=Subquery(last))


def outcome_word(share: Any) -> str:
    """The error class of the last attempt, in words; empty where none was made."""
    return str(OUTCOMES.get(share.last_outcome, share.last_outcome)) if share.attempts_made else ""
