"""How LinkedIn says no: {"status", "message", "serviceErrorCode", "code"}."""

from sandbox.wire import Answer, Call, Refused, reply

KEY = "linkedin"
NAME = "LinkedIn"


def error(status: int, code: str, message: str, number: int | None = None) -> Answer:
    numbered = {"serviceErrorCode": number} if number is not None else {}
    return reply({"status": status, **numbered, "code": code, "message": message}, status)


def refuse(status: int, code: str, message: str, number: int | None = None) -> Refused:
    return Refused(error(status, code, message, number))


def broken(call: Call) -> Answer:
    return error(500, "INTERNAL_SERVER_ERROR", "Internal Server Error")


def dead_token(call: Call) -> Answer:
    return error(401, "REVOKED_ACCESS_TOKEN", "The token used in the request has been revoked by the user", 65601)


def forbidden(call: Call) -> Answer:
    what = call.scope["path"].removeprefix("/linkedin/rest/").split("/")[0]
    return error(403, "ACCESS_DENIED", f"Not enough permissions to access: {what}.{call.method}.NO_VERSION", 100)


def too_many(call: Call, reset: float) -> Answer:
    # No header says how long; the quota is a day's and the day is UTC's.
    return error(429, "TOO_MANY_REQUESTS", "Resource level throttle MEMBER DAY limit for calls is reached.")


def invalid(field: str, why: str) -> Refused:
    return refuse(422, "UNPROCESSABLE_ENTITY", f"ERROR :: /{field} :: {why}")
