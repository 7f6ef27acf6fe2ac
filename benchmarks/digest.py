"""The digest of everybody: picked among 5,000 stories and 200 audiences, written in two languages, and handed to a mail
server on this machine. DIGESTS=5000 for fewer people.

A builder is killed in the middle of a batch; whoever goes on must finish, and nobody may get two. The installation's
own worker stands still meanwhile: it has no mail server and would hand its mails to nobody.
"""

import os
import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
django.setup()

from accounts.models import User  # noqa: E402
from benchmarks.feed import STORIES, make_audiences, make_firm, make_stories  # noqa: E402
from benchmarks.figures import Figure  # noqa: E402
from content.models import Following, Story  # noqa: E402
from core import clock  # noqa: E402
from notifications.models import Mail, Wishes  # noqa: E402
from tests import staging  # noqa: E402
from tests.chaos.trouble import pid_of  # noqa: E402

PEOPLE = int(os.environ.get("DIGESTS", "50000"))
PROCESSES = 2
PROMISED = 600.0
BEGIN = """
import os, sys, django
django.setup()
from django.conf import settings
settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", int(sys.argv[1]), False
from core import clock
from notifications.tasks import send_mails
from notifications.models import Mail
from shares.actions import send_digests
"""
BUILD = f"{BEGIN}while send_digests(at=clock.now()): pass"
LOOP = f"""{BEGIN}
while send_digests(at=clock.now()) or Mail.objects.filter(state__in=["queued", "sending"]).exists():
    send_mails()
"""


class Sink(socketserver.ThreadingTCPServer):
    """Says yes to everything and counts to whom; nothing is kept but that."""

    allow_reuse_address = daemon_threads = True
    request_queue_size = 64
    got: Counter[str]


class Conversation(socketserver.StreamRequestHandler):
    server: Sink

    def handle(self) -> None:
        to = ""
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline() not in (b".\r\n", b""):
                    pass
                self.server.got[to] += 1
            if word == b"RCPT":
                to = line.split(b"<")[1].split(b">")[0].decode()
            self.wfile.write(b"250 fine\r\n")
            if word == b"QUIT":
                return


def main() -> list[Figure]:
    people = make_everything()
    with Sink(("127.0.0.1", 0), Conversation) as sink, standing_still("worker"), standing_still("beat"):
        sink.got = Counter()
        threading.Thread(target=sink.serve_forever, daemon=True).start()
        began = time.monotonic()
        kill_one_midway(sink)
        run(sink)
        took = time.monotonic() - began
        sink.shutdown()
    missing = people - set(sink.got)
    print(f"digest: people={len(people)} stories={STORIES} processes={PROCESSES} seconds={took:.0f}")
    return [
        Figure("digest, people", len(people)),
        # Of fewer people a share of the ten minutes.
        Figure("digest, built and handed over", took, "s", at_most=PROMISED * len(people) / 50_000),
        Figure("digest, a second", len(people) / took),
        Figure("digest, people who got none", len(missing), at_most=0),
        Figure("digest, people who got two", sum(times > 1 for times in sink.got.values()), at_most=0),
    ]


def make_everything() -> set[str]:
    """The addresses of all who wait for a digest."""
    at = clock.now()
    Wishes.objects.update(digest="", digest_due_at=None)
    Mail.objects.filter(state="queued").update(state="sent")
    Story.objects.filter(state="live").update(state="withdrawn")
    teams, topics = make_firm()
    make_stories(STORIES, topics, make_audiences(teams))
    readers = list(User.objects.filter(email__endswith="@bench.example", is_active=True).order_by("pk")[:PEOPLE])
    User.objects.filter(pk__in=[one.pk for one in readers[::3]]).update(language="de")
    Following.objects.bulk_create(
        (
            Following(member=one, topic=topics[(one.pk + step) % len(topics)], since=at)
            for one in readers for step in (0, 5)
        ),
        batch_size=5000, ignore_conflicts=True,
    )  # fmt: skip
    Wishes.objects.bulk_create(
        (Wishes(member=one, digest="day", digest_due_at=at) for one in readers), batch_size=5000,
        update_conflicts=True, unique_fields=["member"], update_fields=["digest", "digest_due_at"],
    )  # fmt: skip
    staging.as_owner("ANALYZE")  # what autovacuum does in time
    return {str(one.email) for one in readers}


@contextmanager
def standing_still(program: str) -> Iterator[None]:
    pid = pid_of(program)
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def start(sink: Sink, loop: str = LOOP) -> subprocess.Popen[bytes]:
    port: Any = sink.server_address[1]
    return subprocess.Popen([sys.executable, "-c", loop, str(port)])


def kill_one_midway(sink: Sink) -> None:
    """One that builds dies in the middle of a batch: what it had not committed is begun again. (Of one that hands over,
    the single mail in its hands may go out twice: notifications/tasks.py says why.)"""
    victim = start(sink, BUILD)
    while Mail.objects.filter(bulk=True, state="queued").count() < min(200, PEOPLE // 4):
        time.sleep(0.2)
    victim.send_signal(signal.SIGKILL)
    victim.wait()


def run(sink: Sink) -> None:
    workers = [start(sink) for _ in range(PROCESSES)]
    for worker in workers:
        worker.wait()


if __name__ == "__main__":
    main()
