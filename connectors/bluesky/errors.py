from datetime import timedelta

from connectors.base import ConnectorError, NeedsRelink, RateLimited, Unavailable
from connectors.base.answers import epoch, json_object, text_of, usual_error, wait_until
from connectors.dpop import PROVE_AGAIN
from core.http import Answer

NAME = "Bluesky"
# A right the member has not given, or not yet; asking again is the way to it.
DEAD = frozenset(
    {"ScopeMissingError", "InvalidToken", "AccountTakedown", "AccountSuspended", "AccountDeactivated", "AuthMissing"}
)
# Tokens of an app password say the first, those of the consent page the second, run out or revoked.
RUN_OUT = frozenset({"ExpiredToken", "invalid_token"})


def code_of(answer: Answer) -> str:
    return text_of(json_object(answer).get("error"))


def error_of(answer: Answer, *, creating: bool = False, refreshing: bool = False) -> ConnectorError:
    """Bodies are {"error": "Name", "message": "a sentence"}; a dead token comes with 400, not with 401."""
    code = code_of(answer)
    if answer.status == 429:
        until = wait_until([epoch(answer.headers.get("ratelimit-reset"))], otherwise=timedelta(minutes=5))
        return RateLimited("Bluesky asks us to wait.", code, until=until)
    if code in PROVE_AGAIN:
        # Turned down before it was looked at, twice: our clock, or theirs.
        return Unavailable("Bluesky did not take our proof this time.", code)
    if code in DEAD or code in RUN_OUT or answer.status == 401:
        sentence = "Bluesky no longer accepts this connection; please connect it again."
        return NeedsRelink(sentence, code, refresh_may_help=code in RUN_OUT and not refreshing)
    reason = text_of(json_object(answer).get("message"))
    return usual_error(answer, NAME, creating=creating, reason=reason, code=code)
