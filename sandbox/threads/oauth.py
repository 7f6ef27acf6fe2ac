"""Consent, a token of an hour, one of sixty days for it, and the same again before it ends. No refresh token."""

from sandbox import client, consent, tokens
from sandbox.wire import Answer, Call, reply

from . import guard, voice

SCOPES = frozenset(
    (
        "threads_basic",
        "threads_content_publish",
        "threads_manage_insights",
        "threads_delete",
        "threads_read_replies",
        "threads_manage_replies",
        "threads_keyword_search",
        "threads_manage_mentions",
        "threads_location_tagging",
        "threads_profile_discovery",
    )
)
CODE_LIFE, SHORT_LIFE, LONG_LIFE, YOUNGEST = 3600.0, 3600.0, 60 * 86_400.0, 86_400.0
DENIED = {"error": "access_denied", "error_reason": "user_denied", "error_description": "The user denied the request"}


def authorize(call: Call) -> Answer:
    if call.asked("client_id") != client.ID:
        return consent.refuse(voice.NAME, "Error validating application. Invalid application ID.")
    if not client.may_return_to(call.asked("redirect_uri")):
        return consent.refuse(voice.NAME, "Blocked redirect: this address is not among those of the app.")
    scopes = call.asked("scope").replace(",", " ").split()
    if call.asked("response_type") != "code":
        return consent.refuse(voice.NAME, "Invalid response_type.")
    if not set(scopes) <= SCOPES or "threads_basic" not in scopes:
        return consent.refuse(voice.NAME, "Invalid scopes: threads_basic is needed and the others must be known.")
    ask = consent.Ask(
        client_id=client.ID,
        app_name=client.NAME,
        redirect_uri=call.asked("redirect_uri"),
        state=call.asked("state"),
        scope=" ".join(scopes),
        hint=call.asked("login_hint"),
        denied=DENIED,
        tail="#_",
    )
    return consent.answer(call, voice.NAME, ask)


def exchange(call: Call) -> Answer:
    form = call.form or {name: values[-1] for name, values in call.query.items()}
    if form.get("client_id") != client.ID:
        return voice.error(400, 101, "Error validating application. Cannot get application info due to a system error.")
    if not client.known(form["client_id"], form.get("client_secret", "")):
        return voice.error(400, 1, "Error validating client secret.")
    if form.get("grant_type") != "authorization_code":
        return old_error("Invalid grant_type")
    if not call.store.one("SELECT 1 FROM codes WHERE code = ? AND platform = ?", form.get("code"), voice.KEY):
        return old_error("Matching code was not found or was already used")
    row = tokens.open_code(call, form["code"], CODE_LIFE)
    if row is None or row["redirect_uri"] != form.get("redirect_uri"):
        return voice.error(400, 100, "This authorization code has been used.", 36009)
    owner = tokens.Owner(row["remote_id"], client.ID, row["scope"])
    return reply({"access_token": tokens.issue(call, owner, "short", SHORT_LIFE), "user_id": int(row["remote_id"])})


def old_error(message: str) -> Answer:
    """This one address speaks as Instagram's did before the Graph."""
    return reply({"error_type": "OAuthException", "code": 400, "error_message": message}, 400)


def lengthen(call: Call) -> Answer:
    if call.asked("grant_type") != "th_exchange_token":
        raise voice.invalid("Param grant_type must be th_exchange_token")
    if not client.known(client.ID, call.asked("client_secret")):
        return voice.error(400, 1, "Error validating client secret.")
    return lasting(call, "short", 0)


def renew(call: Call) -> Answer:
    if call.asked("grant_type") != "th_refresh_token":
        raise voice.invalid("Param grant_type must be th_refresh_token")
    return lasting(call, "access", YOUNGEST)


def lasting(call: Call, kind: str, youngest: float) -> Answer:
    guard.person(call)
    row = tokens.find(call, guard.token_of(call))
    assert row
    if row["kind"] != kind or call.now - row["issued_at"] < youngest:
        raise voice.invalid("Invalid parameter: this token cannot be exchanged")
    owner = tokens.Owner(row["remote_id"], row["client_id"], row["scope"], row["family"])
    token = tokens.issue(call, owner, "access", LONG_LIFE)
    return reply({"access_token": token, "token_type": "bearer", "expires_in": int(LONG_LIFE)})
