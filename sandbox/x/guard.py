"""Who is calling, with which rights, how often, and who pays."""

import sqlite3

from sandbox import people, tokens
from sandbox.wire import Call, Refused

from . import voice

QUARTER = 900


def person(call: Call, *scopes: str) -> sqlite3.Row:
    row = tokens.find(call, call.bearer)
    if row is None or row["kind"] != "access" or not tokens.usable(row, call.now):
        raise Refused(voice.dead_token(call))
    if not set(scopes) <= set(row["scope"].split()):
        raise Refused(voice.forbidden(call))
    return people.of(call, row["remote_id"])


def spend(call: Call, bucket: str, who: str, limit: int) -> None:
    if not call.world.limits.on:
        return
    left = call.world.limits.take(voice.KEY, bucket, who, limit, QUARTER, call.now)
    if left.exceeded:
        raise Refused(voice.too_many(call, left.reset, limit))
    call.extra[:] = [
        ("x-rate-limit-limit", str(limit)),
        ("x-rate-limit-remaining", str(left.remaining)),
        ("x-rate-limit-reset", str(int(left.reset))),
    ]


def spend_day(call: Call, who: str, limit: int) -> None:
    """Ten thousand posts a day for the whole application, told by headers of their own."""
    if not call.world.limits.on:
        return
    left = call.world.limits.take(voice.KEY, "day", who, limit, 86_400, call.now)
    call.extra += [
        ("x-app-limit-24hour-limit", str(limit)),
        ("x-app-limit-24hour-remaining", str(left.remaining)),
        ("x-app-limit-24hour-reset", str(int(left.reset))),
    ]
    if left.exceeded:
        raise Refused(voice.problem(429, "Too Many Requests", "Too Many Requests"))


def pay(call: Call, dollars: float) -> None:
    """From the developer's credits; an empty purse stops everybody."""
    if not call.world.limits.on:
        return
    # Rounded to a millionth of a dollar, or a purse of 0.2 would not pay for 0.2.
    left = round(float(call.world.modes["x"]["credits"]) - dollars, 6)
    if left < 0:
        detail = "Your enrolled account does not have any credits to fulfill this request."
        raise Refused(voice.problem(402, "CreditsDepleted", detail, voice.PROBLEMS + "credits"))
    call.world.turn("x", credits=left)
