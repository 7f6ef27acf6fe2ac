import email
import io
import socketserver
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import send_mail as django_send_mail
from django.core.management import call_command
from django.db import connection
from django.test import Client

from core import clock
from core.flow import claim
from notifications.actions import note_bounce, read_notices, send_mail, tell
from notifications.models import Mail, Notice
from notifications.sending import mail_that_bounced, message_id
from notifications.tasks import send_mails
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


class Server(socketserver.ThreadingTCPServer):
    """The least of a mail server: answers each command as told and keeps what it was given."""

    allow_reuse_address = daemon_threads = True
    answers: dict[str, str]
    kept: list[str]
    meanwhile: Callable[[], None]  # what happens while it thinks about a mail


class Conversation(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].split(":")[0].upper()
            self.say(self.server.answers.get(word, "354 go on" if word == "DATA" else "250 fine"))
            if word == "QUIT":
                return
            if word == "DATA":
                body = []
                while (part := self.rfile.readline().decode()) != ".\r\n":
                    body.append(part)
                self.server.kept.append("".join(body))
                self.server.meanwhile()
                self.say("250 kept")

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Conversation) as server:
        server.answers, server.kept, server.meanwhile = {}, [], lambda: None
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_USE_TLS = False
        yield server
        server.shutdown()


def write(to: str = "ada@firm.example", **more: str) -> Mail:
    return send_mail(to=to, subject="A line\nwith a break", text="Hello, 你好", at=clock.now(), **more)


def state_of(mail: Mail) -> str:
    mail.refresh_from_db()
    return mail.state


def test_a_mail_is_a_row_and_leaves_by_the_task(server: Server) -> None:
    mail = write(html="<p>Hello</p>")
    assert not server.kept and mail.subject == "A line with a break"
    send_mails()
    assert state_of(mail) == "sent"
    message = email.message_from_string(server.kept[0])
    assert message["To"] == "ada@firm.example" and message["Message-ID"] == message_id(mail)
    assert message["Auto-Submitted"] == "auto-generated" and message.is_multipart()
    send_mails()
    assert len(server.kept) == 1


def test_an_address_that_does_not_exist_ends_it(server: Server) -> None:
    server.answers["RCPT"] = "550 no such person"
    mail = write()
    send_mails()
    assert state_of(mail) == "failed" and "no such person" in mail.reason


def test_a_busy_server_is_asked_again_later(server: Server, own_clock: None) -> None:
    server.answers["RCPT"] = "451 try later"
    mail = write()
    send_mails()
    assert state_of(mail) == "queued" and mail.tries == 1 and mail.due_at > clock.now()
    server.answers.clear()
    send_mails()
    assert state_of(mail) == "queued"
    clock.advance(61)
    send_mails()
    assert state_of(mail) == "sent"


@pytest.fixture
def own_clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("CLOCK_FILE", raising=False)
    yield
    clock.set_offset(0)


@pytest.mark.django_db(transaction=True)
def test_a_slow_mail_server_makes_no_second_worker_send_the_same(server: Server, own_clock: None) -> None:
    def fifteen_seconds_pass_and_another_worker_looks() -> None:
        server.meanwhile = lambda: None
        clock.advance(15)
        send_mails()
        connection.close()
        server.meanwhile = fifteen_seconds_pass_and_another_worker_looks

    mails = [write(f"ada{number}@firm.example") for number in range(25)]
    server.meanwhile = fifteen_seconds_pass_and_another_worker_looks
    send_mails()
    send_mails()
    assert {state_of(mail) for mail in mails} == {"sent"}
    assert len(server.kept) == len({email.message_from_string(text)["To"] for text in server.kept}) == 25


@pytest.mark.django_db(transaction=True)
def test_behind_a_slow_mail_somebody_who_waits_for_a_code_is_not_kept_waiting(server: Server, own_clock: None) -> None:
    def a_code_is_asked_for() -> None:
        clock.advance(15)
        server.meanwhile = lambda: None
        write("code@firm.example")
        connection.close()

    for number in range(5):
        write(f"ada{number}@firm.example")
    Mail.objects.update(bulk=True)
    server.meanwhile = a_code_is_asked_for
    send_mails()
    order = [email.message_from_string(text)["To"] for text in server.kept]
    assert len(order) == 6 and order[1] == "code@firm.example"


@pytest.mark.django_db(transaction=True)
def test_a_mail_taken_back_in_the_middle_does_not_keep_the_others(server: Server) -> None:
    def somebody_takes_it_back() -> None:
        server.meanwhile = lambda: None
        Mail.objects.filter(pk=first.pk).update(state="queued", due_at=clock.now() + timedelta(hours=1))
        connection.close()

    first, second = write(), write("grace@firm.example")
    server.meanwhile = somebody_takes_it_back
    send_mails()
    assert (state_of(first), state_of(second)) == ("queued", "sent")


def test_after_many_tries_it_is_given_up(settings: Any, own_clock: None) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    mail = write()
    for _ in range(10):
        send_mails()
        clock.advance(24 * 3600)
    assert state_of(mail) == "failed" and mail.tries == 6


def test_without_a_mail_server_mails_wait_and_none_is_given_up(settings: Any, own_clock: None) -> None:
    settings.EMAIL_HOST, settings.DEMO, settings.SANDBOX = "", False, False
    mail = write()
    for _ in range(10):
        send_mails()
        clock.advance(24 * 3600)
    assert state_of(mail) == "queued" and mail.tries == 0


def test_the_demo_needs_no_mail_server(settings: Any) -> None:
    settings.EMAIL_HOST, settings.DEMO = "", True
    mail = write()
    send_mails()
    assert state_of(mail) == "sent"


def test_two_workers_do_not_take_the_same_mail() -> None:
    write()
    at = clock.now()
    assert len(claim(Mail.objects.all(), "sending", at=at, limit=5, due_at=at + timedelta(minutes=2))) == 1
    assert claim(Mail.objects.all(), "sending", at=at, limit=5) == []


def test_a_mail_in_the_hands_of_a_dead_worker_goes_out_in_the_end(server: Server) -> None:
    mail = write()
    at = clock.now() - timedelta(minutes=10)
    Mail.objects.update(state="sending", due_at=at)
    send_mails()
    assert state_of(mail) == "sent"


def test_whatever_django_sends_becomes_a_row(settings: Any) -> None:
    settings.EMAIL_BACKEND = "notifications.backend.RowBackend"
    django_send_mail("Subject", "Text", None, ["Ada@firm.example", "bob@firm.example"], html_message="<b>Text</b>")
    assert sorted(Mail.objects.values_list("to", "html")) == [
        ("ada@firm.example", "<b>Text</b>"), ("bob@firm.example", "<b>Text</b>"),
    ]  # fmt: skip


REPORT = """\
From: MAILER-DAEMON@mail.example
To: advocacy@firm.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; ada@firm.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
--b
Content-Type: message/rfc822

Message-ID: {number}
To: ada@firm.example
Subject: Hello

Hello
--b--
"""


def bounced(mail: Mail, action: str = "failed", number: str = "") -> str:
    return REPORT.format(action=action, number=number or message_id(mail))


def test_a_delivery_report_is_noted_on_its_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    mail = write()
    Mail.objects.update(state="sent")
    raw = io.TextIOWrapper(io.BytesIO(bounced(mail).encode()))
    monkeypatch.setattr(sys, "stdin", raw)
    out = io.StringIO()
    call_command("note_bounce", stdout=out)
    assert state_of(mail) == "bounced" and "no such user" in mail.reason and "came back" in out.getvalue()


@pytest.mark.parametrize("report", ["", "Subject: hello\n\nhello", "\x00\xff not a mail"])
def test_anything_else_is_no_report(report: str) -> None:
    assert mail_that_bounced(email.message_from_string(report))[0] is None


def test_a_delay_is_no_bounce_and_a_made_up_number_counts_for_nothing() -> None:
    mail = write()
    assert mail_that_bounced(email.message_from_string(bounced(mail, action="delayed")))[0] is None
    forged = bounced(mail, number=f"<mail.{mail.pk}.aaaaaaaaaaaaaaaaaaaa@firm.example>")
    assert mail_that_bounced(email.message_from_string(forged))[0] is None


def test_a_bounce_is_noted_once() -> None:
    mail = write()
    assert not note_bounce(mail=mail, reason="too early", at=clock.now())
    Mail.objects.update(state="sent")
    mail.refresh_from_db()
    assert note_bounce(mail=mail, reason="550", at=clock.now())
    assert not note_bounce(mail=mail, reason="550", at=clock.now())


def test_the_outbox_is_readable_in_the_demo_only(settings: Any) -> None:
    mail = send_mail(to="ada@firm.example", subject="Hello", text="Open http://127.0.0.1:8000/join/x/", at=clock.now())
    settings.DEMO = True
    assert "Hello" in Client().get("/outbox/").content.decode()
    page = Client().get(f"/outbox/{mail.pk}/").content.decode()
    assert 'href="http://127.0.0.1:8000/join/x/"' in page
    settings.DEMO = False
    assert Client().get("/outbox/").status_code == 404
    assert Client().get(f"/outbox/{mail.pk}/").status_code == 404


def test_what_stands_in_a_mail_is_shown_as_text(settings: Any) -> None:
    settings.DEMO = True
    mail = send_mail(to="a@b.example", subject="<b>", text="<script>alert(1)</script>", at=clock.now())
    assert "<script>alert" not in Client().get(f"/outbox/{mail.pk}/").content.decode()


def test_a_notice_is_said_once_until_it_is_read() -> None:
    member, at = MemberFactory(), clock.now()
    for _ in range(2):
        tell(member=member, kind="relink", text="Please connect again.", url="/me/accounts/", at=at)
    assert Notice.objects.count() == 1
    read_notices(actor=member, at=at)
    tell(member=member, kind="relink", text="Please connect again.", url="/me/accounts/", at=at)
    assert Notice.objects.count() == 2


def test_everybody_reads_their_own_notices_only() -> None:
    mine, other = MemberFactory(), MemberFactory()
    tell(member=mine, kind="a", text="For me", at=clock.now())
    theirs = tell(member=other, kind="a", text="For somebody else", at=clock.now())
    browser = Client()
    assert browser.get("/me/notices/").status_code == 302
    browser.force_login(mine)
    page = browser.get("/me/notices/").content.decode()
    assert "For me" in page and "For somebody else" not in page
    browser.post("/me/notices/read/", {"notice": theirs.pk, "next": "https://evil.example/"})
    theirs.refresh_from_db()
    assert theirs.read_at is None
    assert browser.post("/me/notices/read/")["Location"] == "/me/notices/"
    assert not Notice.objects.filter(member=mine, read_at=None).exists()


def test_an_unread_notice_stands_on_the_next_page_for_one_query(django_assert_num_queries: Any) -> None:
    member = MemberFactory()
    browser = Client()
    browser.force_login(member)
    browser.get("/me/hours/")
    with django_assert_num_queries(3):  # session, member, notices
        assert "notice-line" not in browser.get("/me/hours/").content.decode()
    for number in range(4):
        tell(member=member, kind="a", text=f"Thing {number}", url="/me/accounts/", at=clock.now())
    with django_assert_num_queries(3):
        page = browser.get("/me/hours/").content.decode()
    assert page.count("notice-line") == 1 and "Thing 3" in page and "3 more" in page
    browser.post("/me/notices/read/", {"notice": Notice.objects.get(text="Thing 3").pk, "next": "/me/hours/"})
    assert "Thing 3" not in browser.get("/me/hours/").content.decode()
