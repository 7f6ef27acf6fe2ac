"""A message as an e-mail: a greeting, the words, one button, and where to choose which mails come."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from notifications import mjml, stopping

# The firm's name, which an app above this one knows; it says so when it is ready.
firm_name: list[Callable[[], str]] = []


def firm() -> str:
    return firm_name[0]() if firm_name else ""


def letter(member: Any, *, text: str, url: str, topic: str) -> tuple[str, str, dict[str, str]]:
    """The plain words, the same in HTML, and the headers by which a mail program offers to end such mails."""
    stop = stopping.address(member, topic)
    with override(member.language):
        choose = settings.BASE_URL + reverse("accounts:messages")
        plain = [
            _("Hello %(name)s,") % {"name": member.name},
            text,
            settings.BASE_URL + url,
            firm(),
            _("Which mails you get, you choose here: %(address)s") % {"address": choose},
        ]
        shown = {
            "member": member, "text": text, "url": settings.BASE_URL + url, "firm": firm(), "choose": choose,
            "stop": stop,
        }  # fmt: skip
        html = mjml.to_html(render_to_string("emails/message.mjml", shown), language=member.language)
    return "\n\n".join(filter(None, plain)), html, stopping.headers(stop)
