"""The headers every call needs, the token, the rights, the day's quota."""

import re
import sqlite3

from sandbox import people, tokens
from sandbox.clock import moment
from sandbox.wire import Call, Refused

from . import voice

VERSION = re.compile(r"^\d{6}$")
RETIREMENT_DAY = 17  # seen: 202508 was retired on 17 August 2026


def version(call: Call) -> int:
    """Never defaulted, and alive for twelve months only."""
    given = call.header("linkedin-version")
    if not given:
        raise voice.refuse(400, "VERSION_MISSING", "A version must be present: add the LinkedIn-Version header.")
    # Twelve months from its name, by the movable clock, so that a test can live to see a version die.
    today = moment(call.now)
    this_month = today.year * 12 + today.month
    if VERSION.match(given) and 1 <= int(given[4:]) <= 12:
        age = this_month - (int(given[:4]) * 12 + int(given[4:]))
        if 0 <= age < 12 or (age == 12 and today.day < RETIREMENT_DAY):
            return int(given)
    raise voice.refuse(426, "NONEXISTENT_VERSION", f"Requested version {given} is not active")


def person(call: Call, scope: str) -> sqlite3.Row:
    row = tokens.find(call, call.bearer)
    if not call.bearer:
        raise voice.refuse(401, "EMPTY_ACCESS_TOKEN", "Empty oauth2 access token", 65604)
    if row is None or row["kind"] != "access":
        raise voice.refuse(401, "INVALID_ACCESS_TOKEN", "Invalid access token", 65600)
    if row["state"] != "live":
        raise Refused(voice.dead_token(call))
    if tokens.expired(row, call.now):
        raise voice.refuse(401, "EXPIRED_ACCESS_TOKEN", "The token used in the request has expired", 65602)
    if scope not in row["scope"].split():
        raise Refused(voice.forbidden(call))
    return people.of(call, row["remote_id"])


def caller(call: Call, scope: str) -> sqlite3.Row:
    """The person behind a call to the versioned API."""
    version(call)
    if call.header("x-restli-protocol-version") != "2.0.0":
        raise voice.refuse(400, "ILLEGAL_ARGUMENT", "X-Restli-Protocol-Version must be 2.0.0")
    return person(call, scope)


def spend(call: Call, bucket: str, who: str, limit: int) -> None:
    # By days of UTC, and no header tells how much is left.
    if call.world.limits.on:
        left = call.world.limits.take(voice.KEY, bucket, who, limit, 86_400, call.now)
        if left.exceeded:
            raise Refused(voice.too_many(call, left.reset))
