"""How Mastodon says no. https://docs.joinmastodon.org/entities/Error/"""

from sandbox.clock import iso
from sandbox.wire import Answer, Call, reply

KEY = "mastodon"
NAME = "Mastodon"


def error(status: int, text: str, **more: str) -> Answer:
    return reply({"error": text, **more}, status)


def broken(call: Call) -> Answer:
    return error(500, "Something went wrong")


def dead_token(call: Call) -> Answer:
    return error(401, "The access token is invalid")


def forbidden(call: Call) -> Answer:
    return error(403, "This action is outside the authorized scopes")


def not_found() -> Answer:
    return error(404, "Record not found")


def invalid(text: str) -> Answer:
    return error(422, f"Validation failed: {text}")


def too_many(call: Call, reset: float) -> Answer:
    # Reset is a time in ISO 8601, not a number, and there is no Retry-After.
    call.extra[:] = [("x-ratelimit-limit", "300"), ("x-ratelimit-remaining", "0")]
    call.extra.append(("x-ratelimit-reset", iso(reset) or ""))
    return error(429, "Too many requests")
