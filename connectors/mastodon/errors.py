from datetime import timedelta

from connectors.base import ConnectorError, NeedsRelink, RateLimited
from connectors.base.answers import iso, json_object, text_of, usual_error, wait_until
from core.http import Answer

NAME = "Mastodon"


def error_of(answer: Answer, *, creating: bool = False) -> ConnectorError:
    """Bodies are {"error": "a sentence"} without a code, so the status decides."""
    reason = text_of(json_object(answer).get("error"))
    if answer.status == 429:
        # The header holds a timestamp, not seconds; there is no Retry-After.
        until = wait_until([iso(answer.headers.get("x-ratelimit-reset"))], otherwise=timedelta(minutes=5))
        return RateLimited("Your Mastodon server asks us to wait.", "429", until=until)
    if answer.status == 403:
        return NeedsRelink("Your Mastodon server no longer lets us post for you; please connect it again.", "403")
    return usual_error(answer, NAME, creating=creating, reason=reason)
