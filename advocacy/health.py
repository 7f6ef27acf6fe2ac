"""Three pages for machines: is the process alive, is it ready for people, and what it is doing."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from advocacy import metrics
from core import clock
from core.models import Pulse

BEAT_LATE_SECONDS = 60
Answer = Callable[[HttpRequest], HttpResponse]


def answer_machines(get_response: Answer) -> Answer:
    """A middleware before sessions and people: these pages must answer when the database does not."""
    pages = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics_page}

    def answer(request: HttpRequest) -> HttpResponse:
        return pages.get(request.path_info, get_response)(request)

    return answer


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked, so that a slow database does not get web nodes killed."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Ready is database and migrations. Broker and beat are told, but one blip must not take every node out."""
    try:
        waiting = unapplied_migrations()
        beat_age = seconds_since_beat()
    except DatabaseError:
        return JsonResponse({"ready": False, "database": "unreachable"}, status=503)
    answer = {
        "ready": waiting == 0,
        "database": "ok",
        "migrations": "ok" if waiting == 0 else f"{waiting} to apply",
        "broker": "ok" if metrics.broker_answers() else "unreachable",
        "beat": beat_in_words(beat_age),
    }
    return JsonResponse(answer, status=200 if waiting == 0 else 503)


# Once applied they stay applied while this process runs: a newer version comes with a new process.
_applied = False


def unapplied_migrations() -> int:
    global _applied
    connection.ensure_connection()
    if _applied:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return 0
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    _applied = waiting == 0
    return waiting


def seconds_since_beat() -> float | None:
    pulse = Pulse.objects.filter(name="beat").first()
    return (clock.now() - pulse.at).total_seconds() if pulse else None


def beat_in_words(age: float | None) -> str:
    if age is None:
        return "not seen yet"
    return "ok" if age < BEAT_LATE_SECONDS else f"last seen {age:.0f} s ago"


@require_safe
def metrics_page(request: HttpRequest) -> HttpResponse:
    """Prometheus text. Counts only, nothing about a person."""
    return HttpResponse(metrics.render(at=clock.now()), content_type="text/plain; version=0.0.4; charset=utf-8")
