from datetime import timedelta

from connectors.base import ConnectorError, NeedsRelink, RateLimited
from connectors.base.answers import epoch, json_object, text_of, usual_error, wait_until
from core.http import Answer

NAME = "Bluesky"
DEAD = frozenset({"InvalidToken", "AccountTakedown", "AccountSuspended", "AccountDeactivated", "AuthMissing"})


def code_of(answer: Answer) -> str:
    return text_of(json_object(answer).get("error"))


def error_of(answer: Answer, *, creating: bool = False, refreshing: bool = False) -> ConnectorError:
    """Bodies are {"error": "Name", "message": "a sentence"}; a dead token comes with 400, not with 401."""
    code = code_of(answer)
    if answer.status == 429:
        until = wait_until([epoch(answer.headers.get("ratelimit-reset"))], otherwise=timedelta(minutes=5))
        return RateLimited("Bluesky asks us to wait.", code, until=until)
    if code in DEAD or code == "ExpiredToken" or answer.status == 401:
        sentence = "Bluesky no longer accepts this connection; please connect it again."
        return NeedsRelink(sentence, code, refresh_may_help=code == "ExpiredToken" and not refreshing)
    reason = text_of(json_object(answer).get("message"))
    return usual_error(answer, NAME, creating=creating, reason=reason, code=code)
