"""What can go wrong around one share, on demand: each fault says at which step it strikes, and counts itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from threading import Event
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection, connections
from PIL import Image

from accounts import queries as accounts
from connectors.base import Connector, ConnectorError
from core import clock, wake
from shares import actions
from shares.actions import answers, turns
from shares.actions.sending import Called, begin_attempts, call_platform
from shares.models import Attempt, Share
from tests.shares.conftest import AtOnce, Stage

Patch = Any  # pytest's monkeypatch


@dataclass(frozen=True)
class Fault:
    """`strike` sends the share with the fault and returns how often it fired; `unless` says why a platform has none."""

    key: str
    what: str
    step: str
    strike: Callable[[Stage, Share, Patch], int]
    unless: Callable[[Connector], str] = lambda connector: ""
    restarts_database: bool = False


def at_the_platform(kind: str, **more: Any) -> Callable[[Stage, Share, Patch], int]:
    """The call that makes the post goes wrong once, as the stand-in is told."""

    def strike(stage: Stage, share: Share, patch: Patch) -> int:
        before = struck(stage, kind)
        stage.town.break_next(share.connector, "publish", kind, **more)
        stage.send(share)
        return struck(stage, kind) - before

    return strike


def struck(stage: Stage, kind: str) -> int:
    return int(stage.town.control("GET", "/stats")["faults"].get(kind, 0))


def revoked(stage: Stage, share: Share, patch: Patch) -> int:
    done = stage.town.control("POST", "/revoke", platform=share.connector, remote_id=share.account.remote_id)
    stage.send(share)
    return int(done is not None)


def renewal_used_twice(stage: Stage, share: Share, patch: Patch) -> int:
    """A worker renewed the token and died before it saved the new pair; the next one uses the old pair again."""
    account = share.account
    accounts.connectors()[share.connector].refresh(accounts.credentials_of(account))
    type(account).objects.filter(pk=account.pk).update(expires_at=clock.now() - timedelta(minutes=1))
    stage.send(share)
    return 1


def clocks_apart(stage: Stage, share: Share, patch: Patch) -> int:
    """Our clock is ten minutes ahead, and the answer is lost, so that the look-up has to compare times."""
    offset = clock.offset
    patch.setattr(clock, "offset", lambda: offset() + 600.0)
    return at_the_platform("drop_after")(stage, share, patch)


def killed_before_the_call(stage: Stage, share: Share, patch: Patch) -> int:
    return len(begin_attempts(at=clock.now(), limit=1)[0])


def killed_after_preparing(stage: Stage, share: Share, patch: Patch) -> int:
    """The picture is over and saved with the attempt; the post itself was not sent."""
    picture(stage, share.connector)
    [(attempt, credentials)], _stale = begin_attempts(at=clock.now(), limit=1)
    called = call_platform(attempt, credentials)
    assert not isinstance(called.answer, ConnectorError), called.answer
    attempt.body["prepared"] = dict(called.answer)  # type: ignore[arg-type]
    return Attempt.objects.filter(pk=attempt.pk).update(body=attempt.body)


def picture(stage: Stage, connector: str) -> None:
    out = BytesIO()
    Image.new("RGB", (96, 50), "teal").save(out, "JPEG")
    stage.story.picture.save("teal.jpg", ContentFile(out.getvalue()))
    # Where a card shows none of ours, the post itself holds it; a platform that fetches it makes a container anyway.
    known = accounts.connectors()[connector]
    if not known.sends_picture and not known.carries.fetches:
        stage.story.attachments.create(
            position=0, kind="picture", alt="Teal", width=96, height=50, file=ContentFile(out.getvalue(), "teal.jpg")
        )


def killed_during_the_call(stage: Stage, share: Share, patch: Patch) -> int:
    """The platform has the post, and the answer dies with the worker."""
    [(attempt, credentials)], _stale = begin_attempts(at=clock.now(), limit=1)
    return int(isinstance(call_platform(attempt, credentials), Called))


def killed_before_the_move(stage: Stage, share: Share, patch: Patch) -> int:
    """The answer is written to the attempt, and the worker dies before the share moves."""
    written = []

    def nothing_more(receipts: list[Any], at: Any) -> list[Any]:
        written.extend(receipts)
        return []

    with patch.context() as patched:
        patched.setattr(answers, "_publish_together", nothing_more)
        actions.send_due(using=AtOnce())
    return len(written)


def redis_gone(stage: Stage, share: Share, patch: Patch) -> int:
    """A bell that nobody hears costs no more than the time until the next beat."""
    refused = Event()

    def refuse(*_args: object, **_how: object) -> None:
        refused.set()
        raise ConnectionRefusedError

    patch.setattr(wake, "QUIET_SECONDS", 0.0)
    patch.setattr("django.conf.settings.WAKE_SILENT", False)
    patch.setattr("celery.current_app.send_task", refuse)
    wake.ring("shares.tasks.send", share.pk)
    fired = refused.wait(5)
    stage.send(share)
    return int(fired)


def postgres_restarted(stage: Stage, share: Share, patch: Patch) -> int:
    """The server ends our connection while the platform answers."""
    ended = []
    write = turns.record_answers

    def ended_before_writing(answers: Any, *, at: Any) -> None:
        if answers and not ended:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                ended.append(cursor.fetchone()[0])
            other = connections.create_connection("default")
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s)", [ended[0]])
            other.close()
        write(answers, at=at)

    patch.setattr(turns, "record_answers", ended_before_writing)
    patch.setattr(turns, "RETRY_SECONDS", 0)
    stage.send(share)
    return len(ended)


def needs_renewal(connector: Connector) -> str:
    return "" if connector.can_refresh else "its tokens are not renewed"


def needs_preparing(connector: Connector) -> str:
    return "" if type(connector).prepare is not Connector.prepare else "nothing is sent before the post"


CALL = "the call that makes the post"
FAULTS = [
    Fault("drop_before", "connection dropped before it was acted on", CALL, at_the_platform("drop_before")),
    Fault("drop_after", "connection dropped after the post was made", CALL, at_the_platform("drop_after")),
    Fault("500_before", "answers 500 and made nothing", CALL, at_the_platform("500_before")),
    Fault("500_after", "answers 500 and made the post", CALL, at_the_platform("500_after")),
    Fault("slow", "answers after we have given up", CALL, at_the_platform("slow", seconds=1.5)),
    Fault("drip", "sends its answer byte by byte", CALL, at_the_platform("drip", seconds=1.5)),
    Fault("html", "answers a web page instead of JSON", CALL, at_the_platform("html")),
    Fault("429", "asks us to wait, in its own headers", CALL, at_the_platform("429")),
    Fault("401", "refuses the token once", CALL, at_the_platform("401")),
    Fault("revoked", "the member has revoked us there", "before the call", revoked),
    Fault("refresh", "a renewal token is used twice", "the renewal before the call", renewal_used_twice, needs_renewal),
    Fault("skew", "our clock is ten minutes ahead, and the answer is lost", "call and look-up", clocks_apart),
    Fault("kill_claim", "worker killed", "after the claim, before the call", killed_before_the_call),
    Fault(
        "kill_prepare", "worker killed", "after the picture, before the post", killed_after_preparing, needs_preparing
    ),
    Fault("kill_call", "worker killed", "after the post was made, before its answer", killed_during_the_call),
    Fault("kill_written", "worker killed", "after the answer was written", killed_before_the_move),
    Fault("redis", "Redis is gone", "the bell", redis_gone),
    Fault(
        "postgres", "PostgreSQL is restarted", "while the platform answers", postgres_restarted, restarts_database=True
    ),
]
