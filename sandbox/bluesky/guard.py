"""Who is calling, and how often already."""

import sqlite3

from sandbox import people, tokens
from sandbox.wire import Call, Refused

from . import oauth, proof, voice

# Rights that hold the narrow ones.
WHOLE = {"com.atproto.appPass", "transition:generic"}


def spend(call: Call, bucket: str, who: str, limit: int, window: int, points: int = 1) -> None:
    if not call.world.limits.on:
        return
    left = call.world.limits.take(voice.KEY, bucket, who, limit, window, call.now, points)
    if left.exceeded:
        raise Refused(voice.too_many(call, left.reset, limit, window))
    call.extra[:] = [
        ("ratelimit-limit", str(limit)),
        ("ratelimit-remaining", str(left.remaining)),
        ("ratelimit-reset", str(int(left.reset))),
        ("ratelimit-policy", f"{limit};w={window}"),
    ]


def person(call: Call, right: str = "") -> sqlite3.Row:
    row = bound_token(call) if call.header("authorization").lower().startswith("dpop ") else token(call, "access")
    if right and not WHOLE & set(row["scope"].split()) and right not in row["scope"].split():
        raise voice.refuse(403, "ScopeMissingError", f'Missing required scope "{right}"')
    spend(call, "all", "this address", 3000, 300)
    return people.of(call, row["remote_id"])


def bound_token(call: Call) -> sqlite3.Row:
    """A token that was given to a key, shown with a proof by that key."""
    row = tokens.find(call, call.token)
    session = oauth.bound(call, row["family"]) if row else None
    if row is None or session is None or row["kind"] != "access" or not tokens.usable(row, call.now):
        raise Refused(voice.dead_token(call))
    if proof.checked(call, call.token) != session["key"]:
        raise Refused(proof.refusal(call, "invalid_token", "got a DPoP proof by another key"))
    return row


def token(call: Call, kind: str) -> sqlite3.Row:
    if not call.header("authorization"):
        raise voice.refuse(401, "AuthMissing", "Authentication Required")
    row = tokens.find(call, call.bearer)
    if row is None or row["kind"] != kind or row["family"].startswith("bound-"):
        raise Refused(voice.dead_token(call))
    if row["state"] == "revoked":
        raise voice.refuse(400, "ExpiredToken", "Token has been revoked")
    if tokens.expired(row, call.now):
        raise voice.refuse(400, "ExpiredToken", "Token has expired")
    return row
