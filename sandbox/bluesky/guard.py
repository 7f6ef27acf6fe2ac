"""Who is calling, and how often already."""

import sqlite3

from sandbox import people, tokens
from sandbox.wire import Call, Refused

from . import voice


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


def token(call: Call, kind: str) -> sqlite3.Row:
    if not call.header("authorization"):
        raise voice.refuse(401, "AuthMissing", "Authentication Required")
    row = tokens.find(call, call.bearer)
    if row is None or row["kind"] != kind:
        raise Refused(voice.dead_token(call))
    if row["state"] == "revoked":
        raise voice.refuse(400, "ExpiredToken", "Token has been revoked")
    if tokens.expired(row, call.now):
        raise voice.refuse(400, "ExpiredToken", "Token has expired")
    return row


def person(call: Call) -> sqlite3.Row:
    row = token(call, "access")
    spend(call, "all", "this address", 3000, 300)
    return people.of(call, row["remote_id"])
