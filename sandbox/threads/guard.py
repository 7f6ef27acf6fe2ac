"""Who is calling, with which rights, how often; and which fields are known."""

import sqlite3
from collections.abc import Iterable

from sandbox import people, tokens
from sandbox.wire import Call, Refused

from . import voice

DAY = 86_400.0
CALLS = 4800 * 10  # a day, for somebody whose posts are seen by ten people or fewer


def token_of(call: Call) -> str:
    """In the header, the address or the form: the Graph takes it from each."""
    return call.bearer or call.asked("access_token") or call.form.get("access_token", "")


def person(call: Call, *scopes: str) -> sqlite3.Row:
    row = tokens.find(call, token_of(call))
    if row is None:
        raise voice.refuse(400, 190, "Invalid OAuth access token - Cannot parse access token")
    if row["state"] != "live":
        raise Refused(voice.dead_token(call))
    if tokens.expired(row, call.now):
        raise voice.refuse(400, 190, "Error validating access token: Session has expired.", 463)
    if not {"threads_basic", *scopes} <= set(row["scope"].split()):
        raise Refused(voice.forbidden(call))
    spend(call, "calls", row["remote_id"], CALLS)
    return people.of(call, row["remote_id"])


def owner(call: Call, *scopes: str) -> sqlite3.Row:
    """The caller, where the address names a person: that has to be themselves."""
    who = person(call, *scopes)
    if call.params["user"] not in ("me", who["remote_id"]):
        raise voice.no_such_thing(call.params["user"])
    return who


def spend(call: Call, bucket: str, who: str, limit: int) -> None:
    if call.world.limits.on:
        left = call.world.limits.take(voice.KEY, bucket, who, limit, DAY, call.now)
        if left.exceeded:
            raise Refused(voice.too_many(call, left.reset))


def fields(call: Call, known: Iterable[str], usual: str = "id") -> list[str]:
    wanted = call.asked("fields", usual).split(",")
    for name in wanted:
        if name not in known:
            raise voice.invalid(f"Tried accessing nonexisting field ({name})")
    return wanted


def given(call: Call, known: Iterable[str]) -> dict[str, str]:
    """Parameters of a call that changes something, from the address or the form."""
    data = {name: values[-1] for name, values in call.query.items()} | call.form
    for name in data:
        if name not in (*known, "access_token"):
            raise voice.invalid(f"(#100) Unknown parameter {name}")
    return data
