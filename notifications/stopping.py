"""Ending one kind of mail from the mail itself (RFC 8058): a signed address that works without signing in, for ever."""

from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from notifications.kinds import BY_KEY

SALT = "notifications.stop"


class Unknown(Exception):
    """Nobody signed this, or not whole."""


def address(member: Any, topic: str) -> str:
    token = Signer(salt=SALT).sign(f"{member.pk}.{topic}")
    return settings.BASE_URL + reverse("notifications:stop", args=[token.replace(":", "~")])


def read(token: str) -> tuple[int, str]:
    """Whose, and which topic."""
    try:
        number, _, topic = Signer(salt=SALT).unsign(token.replace("~", ":")).partition(".")
    except BadSignature:
        raise Unknown from None
    if topic not in BY_KEY or not number.isdecimal():
        raise Unknown
    return int(number), topic


def headers(address: str) -> dict[str, str]:
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
