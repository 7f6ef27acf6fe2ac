import os
import subprocess
import sys

import pytest
from django.test import Client

from advocacy import metrics
from core import clock
from core.models import Pulse
from tests.advocacy.processes import ROOT

pytestmark = pytest.mark.django_db


def test_alive_asks_the_database_nothing(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_ready_needs_database_and_migrations_and_tells_the_rest(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "database": "ok",
        "migrations": "ok",
        "broker": "ok",
        "beat": "not seen yet",
    }


def test_a_database_that_is_down_is_said_and_the_process_stays_alive(tmp_path) -> None:
    program = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "for page in ('/healthz', '/readyz'): answer = Client().get(page); print(answer.status_code, answer.content)"
    )
    env = {**os.environ, "DATABASE_ROLE": "", "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines() == ["200 b'ok\\n'", """503 b'{"ready": false, "database": "unreachable"}'"""]


@pytest.mark.parametrize("broker", ["redis://127.0.0.1:1/0", "amqp://nobody:nothing@127.0.0.1:1//"])
def test_a_broker_that_is_down_does_not_take_the_node_out(client: Client, settings, broker: str) -> None:
    settings.BROKER_URL = broker
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["broker"]) == (200, "unreachable")


def test_a_beat_that_fell_silent_is_told_and_does_not_take_the_node_out(client: Client) -> None:
    Pulse.objects.create(name="beat", at=clock.now())
    assert client.get("/readyz").json()["beat"] == "ok"
    clock.advance(300)
    try:
        answer = client.get("/readyz")
    finally:
        clock.set_offset(0)
    assert answer.status_code == 200
    assert answer.json()["beat"].startswith("last seen 30")


def test_a_migration_that_waits_makes_it_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    from advocacy import health

    monkeypatch.setattr(health, "_applied", False)
    MigrationRecorder(connection).record_unapplied("analytics", "0001_initial")
    MigrationRecorder(connection).record_unapplied("recognition", "0001_initial")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (503, False)


def test_metrics_count_every_flow_and_name_nobody(client: Client) -> None:
    answer = client.get("/metrics")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    for flow in metrics.flows():
        for state in flow.flow.states:
            assert f'advocacy_rows{{flow="{flow._meta.label_lower}",state="{state}"}} 0\n' in text
    assert "advocacy_broker_up 1\n" in text
    assert 'advocacy_oldest_due_seconds{flow="shares.share"} 0\n' in text


def test_labels_cannot_break_out_of_their_quotes() -> None:
    sample = metrics.Sample("advocacy_rows", 1, {"platform": 'a"b\\c\nd'})
    assert metrics.line(sample) == 'advocacy_rows{platform="a\\"b\\\\c\\nd"} 1'


@pytest.mark.parametrize("page", ["/healthz", "/readyz", "/metrics"])
def test_machines_only_read(client: Client, page: str) -> None:
    assert client.post(page).status_code == 405
