"""Django's mail backend: whatever sends through Django (allauth's mails, say) becomes a row like every other mail."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from core import clock
from notifications.actions import send_mail


class RowBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            html = next((str(body) for body, kind in getattr(message, "alternatives", []) if kind == "text/html"), "")
            for to in message.recipients():
                send_mail(to=to, subject=message.subject, text=message.body, html=html, at=clock.now())
        return len(email_messages)
