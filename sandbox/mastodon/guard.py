"""Who is calling, with which rights, and how often already."""

import sqlite3

from sandbox import people, tokens
from sandbox.clock import iso
from sandbox.wire import Call, Refused

from . import voice


def version(call: Call) -> tuple[int, ...]:
    return tuple(int(part) for part in call.world.modes["mastodon"]["version"].split(".")[:2])


def person(call: Call, *any_of: str) -> sqlite3.Row:
    """The account behind the token, which must carry one of these scopes (a wide scope holds the narrow ones)."""
    row = tokens.find(call, call.bearer)
    if row is None:
        raise Refused(voice.dead_token(call))
    if row["state"] != "live":
        raise Refused(voice.error(401, "The access token was revoked"))
    # `write` holds `write:statuses`, and `read` holds `read:accounts`.
    granted = set(row["scope"].split())
    if any_of and not any(scope in granted or scope.split(":")[0] in granted for scope in any_of):
        raise Refused(voice.forbidden(call))
    spend(call, "all", row["remote_id"], 300, 300)
    return people.of(call, row["remote_id"])


def spend(call: Call, bucket: str, who: str, limit: int, window: float) -> None:
    if not call.world.limits.on:
        return
    left = call.world.limits.take(voice.KEY, bucket, who, limit, window, call.now)
    if left.exceeded:
        raise Refused(voice.too_many(call, left.reset))
    if call.extra and int(call.extra[1][1]) <= left.remaining:
        return  # of several limits the tightest is told
    call.extra[:] = [
        ("x-ratelimit-limit", str(left.limit)),
        ("x-ratelimit-remaining", str(left.remaining)),
        ("x-ratelimit-reset", iso(left.reset) or ""),
    ]
