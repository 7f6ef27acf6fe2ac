"""Web push (RFC 8030, 8291, 8292): encrypted and signed here, carried by our own door to the browsers' makers."""

import functools
import json
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.utils.translation import override
from py_vapid import Vapid02
from pywebpush import WebPusher, WebPushException

from core.flow import LostRace, move
from core.http import Answer, Door, HttpError, Policy, Refused, origin_of
from core.secrets import Unopenable
from notifications.kinds import topic_of
from notifications.models import Delivery, PushAddress
from notifications.sealing import keyring

# A push service keeps it for so long while the phone is off; a day later it is no news.
KEPT_SECONDS = 24 * 3600
TOKEN_LASTS = timedelta(hours=12)  # RFC 8292: at most 24 hours
P256_POINT = 65
SECRET = 16


class NotNow(Exception):
    """The push service asks us to come again, at `until` where it says when."""

    def __init__(self, why: str, until: datetime | None = None) -> None:
        super().__init__(why)
        self.until = until


class BadAddress(ValueError):
    """What a browser sent is no push address."""


def is_possible() -> bool:
    return bool(settings.VAPID_KEY)


@functools.cache
def signer(key: str) -> Any:
    return Vapid02.from_raw(key.encode())


def public_key() -> str:
    """What the browser asks its push service for; empty where this installation has no key."""
    if not is_possible():
        return ""
    point = signer(settings.VAPID_KEY).public_key.public_numbers()
    raw = b"\x04" + point.x.to_bytes(32, "big") + point.y.to_bytes(32, "big")
    return urlsafe_b64encode(raw).decode().rstrip("=")


def bytes_of(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def checked(endpoint: str, p256dh: str, auth: str) -> dict[str, Any]:
    """A subscription as the library takes it. BadAddress unless it could really be one."""
    try:
        origin = origin_of(endpoint)
        point = bytes_of(p256dh)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        if not origin.startswith("https://") and origin not in allowed():
            raise BadAddress
        if len(point) != P256_POINT or len(bytes_of(auth)) != SECRET or len(endpoint) > 1000:
            raise BadAddress
    except (Refused, ValueError, UnicodeError):
        raise BadAddress from None
    return {"endpoint": endpoint, "keys": {"p256dh": p256dh, "auth": auth}}


def allow_browser(*, actor: Any, endpoint: str, p256dh: str, auth: str, browser: str, at: datetime) -> PushAddress:
    """The member said yes in this browser. The same browser again replaces what we knew of it, whoever it was."""
    info = checked(endpoint, p256dh, auth)
    key = uuid.uuid4()
    fields = {
        "key": key, "member_id": actor.pk, "browser": " ".join(browser.split())[:60], "made_at": at,
        "sealed": keyring().seal(json.dumps(info), about=f"push:{key}"), "state": "open", "state_at": at,
    }  # fmt: skip
    address, _made = PushAddress.objects.update_or_create(endpoint_hash=hash_of(endpoint), defaults=fields)
    return address


def hash_of(endpoint: str) -> str:
    return sha256(endpoint.encode()).hexdigest()


def forget_browser(*, actor: Any, number: int) -> int:
    deleted, _rows = PushAddress.objects.filter(member_id=actor.pk, pk=number).delete()
    return deleted


def push(row: Delivery, *, at: datetime) -> int:
    """To each browser of this member; how many took it. NotNow where one has to be tried again."""
    body, reached, later = payload(row), 0, None
    for address in PushAddress.objects.filter(member_id=row.member_id, state="open"):
        try:
            reached += send(address, body, at)
        except NotNow as error:
            later = error
    if later and not reached:
        raise later
    return reached


def payload(row: Delivery) -> bytes:
    """What a locked screen may show: the general sentence of its topic, or a story's title, which is public."""
    topic = topic_of(row.kind)
    with override(row.member.language):
        title = str(topic.push_line)
    body = row.subject if topic.key == "digest" else ""
    shown = {"title": title, "body": body, "url": row.url or "/", "tag": topic.key}
    return json.dumps(shown, ensure_ascii=False).encode()


def send(address: PushAddress, body: bytes, at: datetime) -> bool:
    try:
        info = json.loads(keyring().open(address.sealed, about=f"push:{address.key}"))
        answer = call(info, body, at)
    except (Unopenable, WebPushException, Refused, ValueError):
        return end(address, at)
    except HttpError as error:
        raise NotNow(str(error)) from error
    if answer.status in (404, 410):
        return end(address, at)
    if answer.status == 429 or answer.status >= 500:
        raise NotNow(f"The push service answered {answer.status}.", wait(answer, at))
    return answer.ok or end(address, at)


def end(address: PushAddress, at: datetime) -> bool:
    """Its browser took the permission back, or it never was one."""
    try:
        move(address, "gone", at=at)
    except LostRace:
        pass
    return False


def wait(answer: Answer, at: datetime) -> datetime | None:
    seconds = answer.headers.get("retry-after", "")
    return at + timedelta(seconds=min(int(seconds), 24 * 3600)) if seconds.isdecimal() else None


def call(info: dict[str, Any], body: bytes, at: datetime) -> Answer:
    encrypted = WebPusher(info).encode(body, "aes128gcm")["body"]
    claims = {
        "aud": origin_of(info["endpoint"]),
        "exp": int((at + TOKEN_LASTS).timestamp()),
        "sub": f"mailto:{settings.DEFAULT_FROM_EMAIL.rpartition('<')[2].rstrip('>')}",
    }
    headers = {
        **signer(settings.VAPID_KEY).sign(claims), "Content-Encoding": "aes128gcm", "TTL": str(KEPT_SECONDS),
        "Urgency": "normal", "Content-Type": "application/octet-stream",
    }  # fmt: skip
    return door().request("POST", info["endpoint"], headers=headers, data=encrypted, max_bytes=20_000)


def allowed() -> frozenset[str]:
    """Private addresses an administrator allowed: a push service of their own."""
    return frozenset(origin_of(origin) for origin in settings.ALLOWED_ORIGINS)


def door() -> Door:
    return _door(allowed())


@functools.cache
def _door(allowed: frozenset[str]) -> Door:
    return Door(Policy(allowed_origins=allowed))
