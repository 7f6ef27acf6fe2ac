"""What the installation is doing, as Prometheus text. Read from the rows themselves: they are the queue."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import redis
from django.apps import apps
from django.conf import settings
from django.db.models import Count, Min, QuerySet, Value
from kombu import Connection

from core.flow import FlowModel
from core.models import Alert, Pulse
from links.queries import waiting_clicks
from shares.models import Attempt

BROKER_SECONDS = 0.3
LOOK_BACK = timedelta(hours=1)
UNANSWERED = "unanswered"


@dataclass(frozen=True)
class Sample:
    name: str
    value: float
    labels: Mapping[str, str]


HELP = {
    "advocacy_rows": "Rows in each state of each flow.",
    "advocacy_oldest_due_seconds": "How long the oldest row that is due has been waiting.",
    "advocacy_attempts_last_hour": "Calls to platforms in the last hour, by outcome.",
    "advocacy_clicks_waiting_bytes": "Clicks on this machine's disk that are not in the database yet.",
    "advocacy_clicks_waiting_seconds": "How long the oldest of them has been waiting.",
    "advocacy_broker_up": "1 when the broker answers.",
    "advocacy_pulse_age_seconds": "Since a periodic part last showed itself.",
    "advocacy_alerts_open": "Alerts that need somebody, by kind; see /operations/.",
}


def render(*, at: datetime) -> str:
    lines: list[str] = []
    named: dict[str, list[Sample]] = {}
    for sample in samples(at=at):
        named.setdefault(sample.name, []).append(sample)
    for name, found in named.items():
        lines += [f"# HELP {name} {HELP[name]}", f"# TYPE {name} gauge", *(line(sample) for sample in found)]
    return "\n".join(lines) + "\n"


def line(sample: Sample) -> str:
    labels = ",".join(f'{name}="{escaped(text)}"' for name, text in sample.labels.items())
    return f"{sample.name}{{{labels}}} {sample.value:g}" if labels else f"{sample.name} {sample.value:g}"


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def samples(*, at: datetime) -> Iterator[Sample]:
    for flow, states in rows_per_state().items():
        for state, rows in states.items():
            yield Sample("advocacy_rows", rows, {"flow": flow, "state": state})
    for model in flows():
        yield from oldest_due(model, at=at)
    yield from outcomes(at=at)
    yield from clicks_waiting(at=at)
    yield Sample("advocacy_broker_up", float(broker_answers()), {})
    for kind, count in Alert.objects.filter(state="open").values_list("kind").annotate(Count("pk")).order_by("kind"):
        yield Sample("advocacy_alerts_open", count, {"kind": kind})
    for pulse in Pulse.objects.order_by("name"):
        yield Sample("advocacy_pulse_age_seconds", (at - pulse.at).total_seconds(), {"part": pulse.name})


def clicks_waiting(*, at: datetime) -> Iterator[Sample]:
    clicks = waiting_clicks()
    waited = (at - clicks.oldest_at).total_seconds() if clicks.oldest_at else 0.0
    yield Sample("advocacy_clicks_waiting_bytes", clicks.size, {})
    yield Sample("advocacy_clicks_waiting_seconds", max(waited, 0.0), {})


def flows() -> list[type[FlowModel]]:
    return [model for model in apps.get_models() if issubclass(model, FlowModel)]


def rows_per_state() -> dict[str, dict[str, int]]:
    """Of each flow, by its model's label, how many rows are in each of its states; one statement for all of them."""
    known = {model._meta.label_lower: model for model in flows()}
    first, *others = [
        model._base_manager.order_by().annotate(flow=Value(label)).values_list("flow", "state").annotate(Count("pk"))
        for label, model in known.items()
    ]
    counted = {(flow, state): rows for flow, state, rows in first.union(*others, all=True)}
    return {
        label: {state: counted.get((label, state), 0) for state in model.flow.states} for label, model in known.items()
    }


def oldest_due(model: type[FlowModel], *, at: datetime) -> Iterator[Sample]:
    if model.due_field:
        oldest = oldest_due_at(model)
        waited = (at - oldest).total_seconds() if oldest else 0.0
        yield Sample("advocacy_oldest_due_seconds", max(waited, 0.0), {"flow": model._meta.label_lower})


def oldest_due_at(model: type[FlowModel]) -> datetime | None:
    """When the row that has been due longest, or comes first, is due."""
    found = [rows.aggregate(at=Min(model.due_field))["at"] for rows in due_rows(model)]
    return min((at for at in found if at), default=None)


def due_rows(model: type[FlowModel]) -> Iterable["QuerySet[FlowModel]"]:
    """The partial indexes over the due column say which states wait: they were made for the claiming queries."""
    for index in model._meta.indexes:
        if index.condition is not None and index.fields == [model.due_field]:
            yield model._base_manager.filter(index.condition)


def outcomes(*, at: datetime) -> Iterator[Sample]:
    for platform, outcome, count in attempts_since(at - LOOK_BACK):
        labels = {"platform": platform, "outcome": outcome or UNANSWERED}
        yield Sample("advocacy_attempts_last_hour", count, labels)


def attempts_since(since: datetime, **also: Any) -> "QuerySet[Attempt, tuple[Any, ...]]":
    """(platform, outcome, …, calls) of the attempts begun since then, counted; `also` are further groups by name."""
    groups = ("share__connector", "outcome", *also)
    recent = Attempt.objects.filter(started_at__gte=since).annotate(**also).order_by(*groups)
    return recent.values_list(*groups).annotate(calls=Count("pk"))


def broker_answers() -> bool:
    return rabbit_answers() if settings.BROKER_URL.startswith("amqp") else redis_answers()


def rabbit_answers() -> bool:
    try:
        with Connection(settings.BROKER_URL, connect_timeout=BROKER_SECONDS) as broker:
            return bool(broker.connect())
    except (*Connection(settings.BROKER_URL).connection_errors, OSError):
        return False


def redis_answers() -> bool:
    try:
        with redis.Redis.from_url(
            settings.BROKER_URL, socket_timeout=BROKER_SECONDS, socket_connect_timeout=BROKER_SECONDS
        ) as client:
            return bool(client.ping())
    except (redis.RedisError, OSError, ValueError):
        return False
