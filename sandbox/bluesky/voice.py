"""How Bluesky says no: {"error": "Name", "message": "…"}."""

from sandbox.wire import Answer, Call, Refused, reply

KEY = "bluesky"
NAME = "Bluesky"


def error(status: int, name: str, message: str) -> Answer:
    return reply({"error": name, "message": message}, status)


def refuse(status: int, name: str, message: str) -> Refused:
    return Refused(error(status, name, message))


def broken(call: Call) -> Answer:
    return error(500, "InternalServerError", "Internal Server Error")


def dead_token(call: Call) -> Answer:
    if call.header("authorization").lower().startswith("dpop "):
        headers = [("www-authenticate", 'DPoP error="invalid_token"')]
        return reply({"error": "invalid_token", "message": "Invalid token"}, 401, headers)
    # 400, not 401: seen on the real server.
    return error(400, "InvalidToken", "Token could not be verified")


def forbidden(call: Call) -> Answer:
    return error(403, "Forbidden", "Forbidden")


def invalid(message: str) -> Refused:
    return refuse(400, "InvalidRequest", message)


def too_many(call: Call, reset: float, limit: int = 3000, window: int = 300) -> Answer:
    # Reset in epoch seconds, and no Retry-After.
    call.extra[:] = [
        ("ratelimit-limit", str(limit)),
        ("ratelimit-remaining", "0"),
        ("ratelimit-reset", str(int(reset))),
        ("ratelimit-policy", f"{limit};w={window}"),
    ]
    return error(429, "RateLimitExceeded", "Rate Limit Exceeded")
