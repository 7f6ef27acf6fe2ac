"""Tokens and the codes they are bought with."""

import base64
import hashlib
import secrets
import sqlite3
from dataclasses import dataclass

from .wire import Call

Row = sqlite3.Row


def find(call: Call, token: str) -> Row | None:
    """Asked for by the door and again by the handler, and looked up once."""
    if token and token not in call.tokens:
        sql = "SELECT * FROM tokens WHERE token = ? AND platform = ?"
        call.tokens[token] = call.store.one(sql, token, call.platform)
    return call.tokens.get(token)


def usable(row: Row, now: float) -> bool:
    return row["state"] == "live" and not expired(row, now)


def expired(row: Row, now: float) -> bool:
    return row["expires_at"] is not None and row["expires_at"] <= now


@dataclass(slots=True)
class Owner:
    """For whom a token is made, on what terms."""

    remote_id: str
    client_id: str
    scope: str
    family: str = ""


def issue(call: Call, owner: Owner, kind: str, life: float | None, token: str = "") -> str:
    token = token or secrets.token_urlsafe(32)
    call.store.insert(
        "tokens",
        token=token,
        platform=call.platform,
        kind=kind,
        remote_id=owner.remote_id,
        client_id=owner.client_id,
        scope=owner.scope,
        family=owner.family or secrets.token_hex(8),
        issued_at=call.now,
        expires_at=None if life is None else call.now + life,
    )
    return token


def revoke_family(call: Call, family: str) -> None:
    call.store.run("UPDATE tokens SET state = 'revoked' WHERE family = ?", family)


def revoke(call: Call, token: str) -> None:
    call.store.run("UPDATE tokens SET state = 'revoked' WHERE token = ?", token)


def use_up(call: Call, token: str) -> bool:
    """True for the one caller who came first."""
    sql = "UPDATE tokens SET state = 'used', used_at = ? WHERE token = ? AND state = 'live'"
    return call.store.run(sql, call.now, token) == 1


def open_code(call: Call, code: str, life: float) -> Row | None:
    """The code's row, once: a second use, or a use too late, finds nothing."""
    # Used up even when it turns out too old or asked for by the wrong one: a stolen code gets one try.
    row = call.store.one("SELECT * FROM codes WHERE code = ? AND platform = ?", code, call.platform)
    if row is None or call.store.run("UPDATE codes SET used = 1 WHERE code = ? AND used = 0", code) == 0:
        return None
    return row if call.now - row["issued_at"] <= life else None


def proves(row: Row, verifier: str) -> bool:
    """PKCE: does this verifier belong to the challenge the code was asked with?"""
    if not row["challenge"]:
        return True
    if row["method"] == "plain":
        return secrets.compare_digest(verifier.encode(), row["challenge"].encode())
    digest = hashlib.sha256(verifier.encode()).digest()
    return secrets.compare_digest(base64.urlsafe_b64encode(digest).rstrip(b"=").decode(), row["challenge"])
