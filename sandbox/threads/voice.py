"""How Threads says no: the Graph's envelope, where the code counts for more than the status."""

import secrets
from typing import Any

from sandbox.wire import Answer, Call, Refused, reply

KEY = "threads"
NAME = "Threads"


def error(status: int, code: int, message: str, subcode: int | None = None, **more: Any) -> Answer:
    body = {"message": message, "type": more.pop("type", "OAuthException"), "code": code}
    if subcode is not None:
        body |= {"error_subcode": subcode}
    return reply({"error": {**body, **more, "fbtrace_id": "A" + secrets.token_urlsafe(16)}}, status)


def refuse(status: int, code: int, message: str, subcode: int | None = None, **more: Any) -> Refused:
    return Refused(error(status, code, message, subcode, **more))


def broken(call: Call) -> Answer:
    return error(500, 2, "An unexpected error has occurred. Please retry your request later.", is_transient=True)


def dead_token(call: Call) -> Answer:
    message = "Error validating access token: The user has not authorized application."
    return error(400, 190, message, 458)


def forbidden(call: Call) -> Answer:
    return error(403, 10, "Application does not have permission for this action", type="THApiException")


def too_many(call: Call, reset: float) -> Answer:
    return error(403, 4, "Application request limit reached", is_transient=True)


def invalid(message: str) -> Refused:
    return refuse(400, 100, message, type="THApiException")


def no_such_thing(number: str) -> Refused:
    message = (
        f"Unsupported request. Object with ID '{number}' does not exist, cannot be loaded due to missing permissions, "
        "or does not support this operation."
    )
    return refuse(400, 100, message, 33, type="THApiException")


def not_ready(number: str) -> Refused:
    told = {"error_user_title": "Media Not Found", "error_user_msg": f"The media with id {number} cannot be found."}
    return refuse(400, 24, "The requested resource does not exist", 4279009, is_transient=False, **told)
