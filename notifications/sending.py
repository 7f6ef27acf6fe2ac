"""Handing one mail to the mail server, and reading what comes back."""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import Message
from email.utils import formatdate
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.signing import Signer

from notifications.models import Mail

MESSAGE_ID = re.compile(r"<mail\.(\d+)\.([\w-]+)@")


class Refused(Exception):
    """The mail server will not take it, and asking again will not help."""


class NotNow(Exception):
    """It may go later."""


def open_line() -> Any:
    """A line to the mail server, kept open from one mail to the next; Django opens it with the first."""
    return get_connection("django.core.mail.backends.smtp.EmailBackend")


@contextmanager
def line() -> Iterator[Any]:
    kept = open_line()
    try:
        with suppress(smtplib.SMTPException, OSError):
            if settings.EMAIL_HOST:
                kept.open()  # otherwise it would be closed after each mail; a fault shows again with the first
        yield kept
    finally:
        with suppress(smtplib.SMTPException, OSError):
            kept.close()


def hand_over(mail: Mail, line: Any = None) -> None:
    """One SMTP conversation, on `line` where there is one. Raises Refused or NotNow."""
    line = line or open_line()
    if not settings.EMAIL_HOST:
        return  # the demo, where /outbox/ shows it
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        settings.DEFAULT_FROM_EMAIL,
        [mail.to],
        headers={
            "Message-ID": message_id(mail),
            "Date": formatdate(mail.created_at.timestamp()),
            # Out-of-office replies are not for us.
            "Auto-Submitted": "auto-generated",
            **mail.headers,
        },
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    try:
        line.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise (Refused if code >= 500 else NotNow)(readable(said)) from error
    except smtplib.SMTPResponseException as error:
        lasting = error.smtp_code >= 500 and not isinstance(error, smtplib.SMTPAuthenticationError)
        raise (Refused if lasting else NotNow)(readable(error.smtp_error)) from error
    except (smtplib.SMTPException, OSError) as error:
        with suppress(smtplib.SMTPException, OSError):
            line.close()  # whatever is wrong with it, the next mail gets a fresh one
        raise NotNow(str(error)[:200] or type(error).__name__) from error


def readable(said: bytes | str) -> str:
    return (said.decode(errors="replace") if isinstance(said, bytes) else said)[:200]


def message_id(mail: Mail) -> str:
    """Signed, so that nobody can have another mail taken for bounced."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    return f"<mail.{mail.pk}.{signature(mail.pk)}@{domain}>"


def signature(number: int) -> str:
    return Signer(salt="notifications.mail").signature(str(number))[:20]


def mail_that_bounced(report: Message) -> tuple[Mail | None, str]:
    """Which mail a delivery report (RFC 3464) is about, and its reason; None where it is not about one of ours."""
    reason, number = "", None
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status":
            for fields in part.get_payload():  # type: ignore[union-attr]
                if isinstance(fields, Message) and (fields.get("Action") or "").lower() == "failed":
                    reason = str(fields.get("Diagnostic-Code") or fields.get("Status") or "").partition(";")[2]
                    reason = reason.strip() or str(fields.get("Status") or "")
    for found, signed in MESSAGE_ID.findall(report.as_string()):
        if signed == signature(int(found)):
            number = int(found)
    if not reason or number is None:
        return None, reason
    return Mail.objects.filter(pk=number).first(), reason
