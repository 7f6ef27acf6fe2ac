import re
from datetime import timedelta
from typing import Any

from connectors.base import ConnectorError, NeedsRelink, RateLimited, Rejected, Unavailable
from connectors.base.answers import json_object, text_of, usual_error
from core import clock
from core.http import Answer

NAME = "LinkedIn"
# A refusal may name people and pages as well; only a post's own name makes it a duplicate.
POST_URN = re.compile(r"urn:li:(?:share|ugcPost|activity):\d+")
OUR_FAULT = frozenset({"VERSION_MISSING", "NONEXISTENT_VERSION"})


def error_of(answer: Answer, *, creating: bool = False) -> ConnectorError:
    """Bodies are {"status", "message", "serviceErrorCode"?, "code"?}."""
    body = json_object(answer)
    code = code_of(body)
    if answer.status == 426 or code in OUR_FAULT:
        sentence = "LinkedIn has retired the version of its interface that we use; an administrator has to update."
        return Unavailable(sentence, code or "426", operator=True)
    if answer.status == 429:
        return RateLimited("LinkedIn takes no more posts from us today.", code, until=next_midnight())
    if answer.status == 403:
        return NeedsRelink("LinkedIn says that we may not post for you; please connect it again.", code)
    if answer.status == 409:
        return Unavailable("LinkedIn was busy with this account.", code)
    if answer.status == 422 and duplicate_of(answer):
        return Rejected("LinkedIn says you already posted this; please change the words.", "DUPLICATE_POST")
    return usual_error(answer, NAME, creating=creating, reason=text_of(body.get("message")), code=code)


def duplicate_of(answer: Answer) -> str:
    """The post that a 422 says is there already, or nothing."""
    match = POST_URN.search(text_of(json_object(answer).get("message"))) if answer.status == 422 else None
    return match[0] if match else ""


def code_of(body: dict[str, Any]) -> str:
    code = body.get("code") or body.get("serviceErrorCode") or ""
    details = body.get("errorDetails")
    inputs = details.get("inputErrors") if isinstance(details, dict) else None
    if not code and isinstance(inputs, list) and inputs and isinstance(inputs[0], dict):
        code = inputs[0].get("code") or ""
    return str(code)


def next_midnight() -> Any:
    """Daily limits start afresh at 00:00 UTC."""
    now = clock.now()
    return now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
