from datetime import datetime, timedelta

from connectors.base import ConnectorError, NeedsRelink, RateLimited, Unavailable
from connectors.base.answers import epoch, json_object, text_of, usual_error, wait_until
from core.http import Answer

NAME = "X"
LIMITS = ("x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour")


def error_of(answer: Answer, *, creating: bool = False) -> ConnectorError:
    """Bodies are problem JSON: `type` is an address whose last part is the code, or about:blank."""
    body = json_object(answer)
    code = text_of(body.get("type")).rpartition("/")[2]
    if answer.status == 402 or code == "usage-capped":
        sentence = "The credit for posting to X is used up; an administrator has to look."
        return Unavailable(sentence, code or "402", operator=True)
    if answer.status == 403 and code == "client-forbidden":
        return Unavailable("X has suspended our app; an administrator has to look.", code, operator=True)
    if answer.status == 429:
        return RateLimited("X asks us to wait.", code or "429", until=until(answer))
    if answer.status == 401:
        sentence = "X no longer accepts this connection; please connect it again."
        return NeedsRelink(sentence, code or "401", refresh_may_help=True)
    reason = text_of(body.get("detail")) or text_of(body.get("title"))
    return usual_error(answer, NAME, creating=creating, reason=reason, code=code)


def until(answer: Answer) -> datetime:
    """The latest reset among the limits that are used up; the headers name all of them, used up or not."""
    resets = {name: epoch(answer.headers.get(f"{name}-reset")) for name in LIMITS}
    used_up = [resets[name] for name in LIMITS if answer.headers.get(f"{name}-remaining") == "0"]
    return wait_until(used_up or resets.values(), otherwise=timedelta(minutes=15))
