"""Consent with PKCE, codes of thirty seconds, tokens of two hours, refresh tokens that work once."""

import secrets

from sandbox import client, consent, tokens
from sandbox.wire import Answer, Call, reply

from . import voice

SCOPES = frozenset(
    (
        "tweet.read",
        "tweet.write",
        "users.read",
        "media.write",
        "offline.access",
        "like.read",
        "like.write",
        "follows.read",
        "tweet.moderate.write",
        "users.email",
    )
)
CODE_LIFE, ACCESS_LIFE, REFRESH_LIFE = 30.0, 7200.0, 182 * 86_400.0


def authorize(call: Call) -> Answer:
    if call.asked("client_id") != client.ID or not client.may_return_to(call.asked("redirect_uri")):
        return consent.refuse(voice.NAME, "You weren’t able to give access to the App. Go back and try again.")
    ask = consent.Ask(
        client_id=client.ID,
        app_name=client.NAME,
        redirect_uri=call.asked("redirect_uri"),
        state=call.asked("state"),
        scope=call.asked("scope"),
        challenge=call.asked("code_challenge"),
        method=call.asked("code_challenge_method", "plain"),
        hint=call.asked("login_hint"),
    )
    problem = flaw(call, ask)
    return consent.refuse(voice.NAME, problem) if problem else consent.answer(call, voice.NAME, ask)


def flaw(call: Call, ask: consent.Ask) -> str:
    if call.asked("response_type") != "code":
        return "response_type must be code."
    if not ask.scope or not set(ask.scope.split()) <= SCOPES:
        return "One of the scopes is not known."
    if not ask.challenge or ask.method not in ("S256", "plain"):
        return "code_challenge and code_challenge_method are needed."
    return "" if ask.state and len(ask.state) <= 500 else "state is needed and may have 500 characters at most."


def sorry(error: str, text: str, status: int = 400) -> Answer:
    return reply({"error": error, "error_description": text}, status)


def grant(call: Call) -> Answer:
    # A confidential application shows its secret in the header and proves the code as well.
    if not client.known(*call.basic):
        return sorry("unauthorized_client", "Missing valid authorization header", 401)
    kind = call.form.get("grant_type")
    if kind == "authorization_code":
        return exchange(call)
    if kind == "refresh_token":
        return refresh(call)
    return sorry("invalid_request", "Missing required parameter [grant_type].")


def exchange(call: Call) -> Answer:
    if not call.form.get("code_verifier"):
        return sorry("invalid_request", "Missing required parameter [code_verifier].")
    row = tokens.open_code(call, call.form.get("code", ""), CODE_LIFE)
    if row is None or row["redirect_uri"] != call.form.get("redirect_uri"):
        return sorry("invalid_request", "Value passed for the authorization code was invalid.")
    if not tokens.proves(row, call.form["code_verifier"]):
        return sorry("invalid_request", "Value passed for the code verifier did not match the code challenge.")
    return pair(call, tokens.Owner(row["remote_id"], client.ID, row["scope"], secrets.token_hex(8)))


def refresh(call: Call) -> Answer:
    row = tokens.find(call, call.form.get("refresh_token", ""))
    dead = sorry("invalid_request", "Value passed for the token was invalid.")
    if row is None or row["kind"] != "refresh":
        return dead
    if not tokens.usable(row, call.now) or not tokens.use_up(call, row["token"]):
        # Used before: whoever comes second may be a thief, so nobody of this family may stay.
        tokens.revoke_family(call, row["family"])
        return dead
    return pair(call, tokens.Owner(row["remote_id"], client.ID, row["scope"], row["family"]))


def pair(call: Call, owner: tokens.Owner) -> Answer:
    made = {
        "token_type": "bearer",
        "expires_in": int(ACCESS_LIFE),
        "scope": owner.scope,
        "access_token": tokens.issue(call, owner, "access", ACCESS_LIFE),
    }
    if "offline.access" in owner.scope.split():
        made["refresh_token"] = tokens.issue(call, owner, "refresh", REFRESH_LIFE)
    return reply(made)


def revoke(call: Call) -> Answer:
    if not client.known(*call.basic):
        return sorry("unauthorized_client", "Missing valid authorization header", 401)
    row = tokens.find(call, call.form.get("token", ""))
    # Taking back either token of a pair ends both.
    if row:
        tokens.revoke_family(call, row["family"])
    return reply({"revoked": True})
