"""Answers of the Graph kind: {"error": {"message", "type", "code", "error_subcode", "is_transient", "error_user_msg"}}.

developers.facebook.com/docs/graph-api/guides/error-handling (2026); what only projects report says so beside it.
"""

from datetime import timedelta
from typing import Any

from connectors.base import ConnectorError, NeedsRelink, OutcomeUnknown, RateLimited, Rejected, Unavailable
from connectors.base.answers import json_object, number, text_of, usual_error
from core import clock
from core.http import Answer

NAME = "Threads"
NO_TOKEN = frozenset({102, 190})
NO_RIGHT = frozenset({3, 10, *range(200, 300)})
TOO_MANY = frozenset({4, 17, 32, 341, 613})
THEIR_TROUBLE = frozenset({1, 2})
BLOCKED = 368
# Windows move with us through the day, and no header says when there is room again.
ASK_AGAIN, BLOCK_LASTS = timedelta(minutes=15), timedelta(days=1)
NO_SUCH_THING = frozenset({(100, 33), (24, 4279009)})
# gitroomhq/postiz-app, threads.provider.ts (2026-08)
REFUSALS = {
    2207051: "Threads takes this for spam and did not post it; please change the words.",
    4279013: "Threads does not let this account post at the moment; it says why in its app.",
}
# With these a sign-in says that it does not know our app: Graph code 1 is "Error validating client secret" there.
UNKNOWN_APP = frozenset({1, 101})


def fault(answer: Answer) -> dict[str, Any]:
    found = json_object(answer).get("error")
    return found if isinstance(found, dict) else {}


def codes_of(answer: Answer) -> tuple[int, int]:
    """(code, subcode), nought where there is none."""
    found = fault(answer)
    return number(found.get("code")) or 0, number(found.get("error_subcode")) or 0


def says_gone(answer: Answer) -> bool:
    """Whether the thing asked for is not there: deleted, or made so lately that not every server knows it."""
    return not answer.ok and (answer.status == 404 or codes_of(answer) in NO_SUCH_THING)


def error_of(answer: Answer, *, creating: bool = False) -> ConnectorError:
    """The code decides, since a dead token and a limit may both come with status 400."""
    code, subcode = codes_of(answer)
    name = f"{code}/{subcode}" if subcode else str(code or answer.status)
    if code in NO_TOKEN:
        return NeedsRelink("Threads no longer accepts this connection; please connect it again.", name)
    if code in NO_RIGHT:
        return NeedsRelink("Threads says that we may not do this for you; please connect it again.", name)
    if code in TOO_MANY or answer.status == 429:
        return RateLimited("Threads asks us to wait.", name, until=clock.now() + ASK_AGAIN)
    if code == BLOCKED:
        return RateLimited("Threads has stopped this account for a while.", name, until=clock.now() + BLOCK_LASTS)
    if says_gone(answer):
        return Unavailable("Threads did not find what we had made ready there.", name)
    if subcode in REFUSALS:
        return Rejected(REFUSALS[subcode], name)
    return other_error(answer, code, name, creating=creating)


def other_error(answer: Answer, code: int, name: str, *, creating: bool) -> ConnectorError:
    found = fault(answer)
    if code in THEIR_TROUBLE or found.get("is_transient") is True:
        if creating:
            return OutcomeUnknown("Threads gave no clear answer, so the post may be up.", name)
        return Unavailable("Threads has trouble at the moment.", name)
    reason = text_of(found.get("error_user_msg")) or text_of(found.get("message"))
    return usual_error(answer, NAME, creating=creating, reason=reason, code=name)


def token_error(answer: Answer, *, refreshing: bool) -> ConnectorError:
    """Of the three calls that give tokens. Only an answer that names the token ends a connection."""
    code, subcode = codes_of(answer)
    if answer.status >= 500 or answer.status < 400 or code in TOO_MANY or answer.status == 429:
        return error_of(answer)
    if code in UNKNOWN_APP:
        return Unavailable(
            "Threads does not recognise our app; an administrator has to look.", str(code), operator=True
        )
    if not refreshing:
        sentence = "The sign-in at Threads took too long or was used already; please start again."
        return Rejected(sentence, f"{code}/{subcode}")
    error = error_of(answer)
    return error if isinstance(error, NeedsRelink) else Unavailable(error.sentence, error.code)
