"""Incoming web hooks of Slack and Microsoft Teams: keeping their addresses, and one call to one of them.

What an answer means, after api.slack.com/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks and what the
workflows of Microsoft Teams answer (202 where they took it; 401 and 404 where the workflow is gone or switched off).
"""

import functools
import ipaddress
import uuid
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from core.http import Answer, Door, HttpError, NotSent, Policy, Refused, origin_of
from core.http.guard import is_public
from core.secrets import Unopenable
from notifications.models import Hook
from notifications.payloads import Words, payload
from notifications.sealing import keyring

LONGEST_ADDRESS = 2000
LONGEST_WAIT = timedelta(days=1)
GONE_WORDS = ("no_service", "no_team", "no_active_hooks", "channel_not_found", "channel_is_archived", "invalid_token")
HOSTS = {
    Hook.SLACK: ("slack.com", "slack-gov.com"),
    Hook.TEAMS: ("logic.azure.com", "powerplatform.com", "webhook.office.com"),
}
# The hook itself needs a person; everything else passes, or is about one message.
BREAKS = ("removed", "forbidden", "private", "unopenable")


class BadAddress(ValueError):
    """What was typed is no address of a hook. `sentence` says why, and never holds it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class HookError(Exception):
    """The message did not get through, or nobody knows. `reason` is a word of SENTENCES, with the status where one
    came."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def breaks(self) -> bool:
        return self.reason.partition(":")[0] in BREAKS


class NotNow(HookError):
    """It may be sent again, not before `until` where the other side says so."""

    def __init__(self, reason: str, until: datetime | None = None) -> None:
        super().__init__(reason)
        self.until = until


class Unsure(HookError):
    """It left, and no answer came."""


def sentence_of(reason: str, name: str) -> str:
    """A reason, as the person reads it who keeps the hook. `name` is Slack or Microsoft Teams."""
    word, _colon, status = reason.partition(":")
    sentences = {
        "removed": _(
            "%(name)s says that this hook, or its channel, is no longer there (%(status)s). Please make a new one "
            "there and give its address here."
        ),
        "forbidden": _(
            "%(name)s does not let us in with this address any more (%(status)s). Please make a new hook there and "
            "give its address here."
        ),
        "private": _("We do not call this address: it is inside a private network, or not encrypted."),
        "unopenable": _("The keys of this installation do not open the address any more. Please give it again."),
        "busy": _("%(name)s asks us to wait (%(status)s)."),
        "down": _("%(name)s has a fault at the moment (%(status)s)."),
        "unreachable": _("%(name)s could not be reached."),
        "unsure": _("A message left, but no answer came. It is not sent twice: please look into the channel."),
        "unwanted": _("%(name)s did not take the message (%(status)s)."),
    }
    return sentences.get(word, "") % {"name": name, "status": status}


def checked(address: str, kind: str) -> str:
    """The address as it is kept. Raises BadAddress."""
    address = address.strip()
    try:
        origin, parts = origin_of(address), urlsplit(address)
        host = (parts.hostname or "").lower()
    except (Refused, ValueError):
        raise BadAddress(_("This is not a web address. It starts with https://.")) from None
    if len(address) > LONGEST_ADDRESS or not address.isascii() or any(sign.isspace() for sign in address):
        raise BadAddress(_("This is not one web address. Please copy it once more."))
    if origin not in allowed():
        if parts.scheme != "https":
            raise BadAddress(_("The address has to start with https://."))
        if is_inside(host):
            raise BadAddress(_("This address is inside a private network, which we do not call."))
    if any(belongs(host, known) for other, names in HOSTS.items() if other != kind for known in names):
        raise BadAddress(_("This address belongs to the other of the two. Please choose where the channel is."))
    if len(parts.path.strip("/")) + len(parts.query) < 8:
        raise BadAddress(_("This is not the whole address. Please copy it once more."))
    return address


def belongs(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def is_inside(host: str) -> bool:
    """As far as the address itself says so; where a name leads is looked at with every call."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or belongs(host, "localhost")
    return not is_public(host)


def is_taken(address: str, but: Hook | None = None) -> bool:
    return Hook.objects.filter(address_hash=hash_of(address)).exclude(pk=but.pk if but else None).exists()


def hash_of(address: str) -> str:
    return sha256(address.encode()).hexdigest()


def sealed_fields(address: str) -> dict[str, Any]:
    """What is kept of a checked address."""
    key = uuid.uuid4()
    return {
        "key": key, "sealed": keyring().seal(address, about=f"hook:{key}"), "address_hash": hash_of(address),
        "host": (urlsplit(address).hostname or "")[:200], "ending": address[-4:],
    }  # fmt: skip


def call(hook: Hook, words: Words, *, at: datetime, total: float = 15.0) -> None:
    """Send one message. Raises HookError where it surely, NotNow where it for now, Unsure where it perhaps did not get
    through."""
    try:
        address = keyring().open(hook.sealed, about=f"hook:{hook.key}")
    except Unopenable:
        raise HookError("unopenable") from None
    try:
        body = payload(hook.kind, words)
        answer = door().request("POST", address, json=body, total=total, max_bytes=20_000)
    except Refused:
        # Its own sentence may hold the address.
        raise HookError("private") from None
    except NotSent:
        raise NotNow("unreachable") from None
    except HttpError:
        raise Unsure("unsure") from None
    if not answer.ok:
        raise error_of(answer, at)


def error_of(answer: Answer, at: datetime) -> HookError:
    status = answer.status
    if status in (404, 410) or (status < 500 and answer.text.strip()[:40].startswith(GONE_WORDS)):
        return HookError(f"removed:{status}")
    if status in (401, 403):
        return HookError(f"forbidden:{status}")
    if status == 429:
        return NotNow(f"busy:{status}", wait(answer, at))
    if status >= 500:
        return NotNow(f"down:{status}", wait(answer, at))
    return HookError(f"unwanted:{status}")


def wait(answer: Answer, at: datetime) -> datetime | None:
    seconds = answer.headers.get("retry-after", "")
    return at + min(timedelta(seconds=int(seconds[:9])), LONGEST_WAIT) if seconds.isdecimal() else None


def allowed() -> frozenset[str]:
    """Private addresses an administrator allowed, such as a chat server of their own; in the demo the stand-in."""
    stand_in = [settings.SANDBOX_URL] if settings.SANDBOX and settings.SANDBOX_URL else []
    return frozenset(origin_of(origin) for origin in [*settings.ALLOWED_ORIGINS, *stand_in])


def door() -> Door:
    return _door(allowed())


@functools.cache
def _door(allowed: frozenset[str]) -> Door:
    return Door(Policy(allowed_origins=allowed))
