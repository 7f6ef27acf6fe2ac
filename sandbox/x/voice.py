"""How X says no: problem documents with title, detail, type and status."""

from typing import Any

from sandbox.wire import Answer, Call, Refused, reply

KEY = "x"
NAME = "X"
PROBLEMS = "https://api.x.com/2/problems/"


def problem(status: int, title: str, detail: str, kind: str = "about:blank", **more: Any) -> Answer:
    return reply({**more, "title": title, "detail": detail, "type": kind, "status": status}, status)


def broken(call: Call) -> Answer:
    return problem(500, "Internal Server Error", "Something went wrong")


def dead_token(call: Call) -> Answer:
    return problem(401, "Unauthorized", "Unauthorized")


def forbidden(call: Call) -> Answer:
    return problem(403, "Forbidden", "You are not permitted to perform this action.")


def too_many(call: Call, reset: float, limit: int = 100) -> Answer:
    call.extra[:] = [
        ("x-rate-limit-limit", str(limit)),
        ("x-rate-limit-remaining", "0"),
        ("x-rate-limit-reset", str(int(reset))),
    ]
    return problem(429, "Too Many Requests", "Too Many Requests")


def invalid(message: str, **parameters: Any) -> Refused:
    errors = [{"parameters": {name: [str(value)] for name, value in parameters.items()}, "message": message}]
    detail = "One or more parameters to your request was invalid."
    return Refused(problem(400, "Invalid Request", detail, PROBLEMS + "invalid-request", errors=errors))


def missing(what: str, name: str, value: str) -> dict[str, str]:
    return {
        "value": value,
        "detail": f"Could not find {what} with {name}: [{value}].",
        "title": "Not Found Error",
        "resource_type": what,
        "parameter": name,
        "resource_id": value,
        "type": PROBLEMS + "resource-not-found",
    }
