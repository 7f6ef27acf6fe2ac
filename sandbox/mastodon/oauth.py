"""Applications, consent and tokens. Tokens neither expire nor refresh."""

import secrets
from typing import Any
from urllib.parse import urlsplit

from sandbox import consent, tokens
from sandbox.wire import Answer, Call, Refused, reply

from . import guard, voice

KNOWN = frozenset(
    (
        "read",
        "write",
        "follow",
        "push",
        "profile",
        "read:accounts",
        "read:statuses",
        "read:search",
        "write:statuses",
        "write:media",
        "write:accounts",
        "write:favourites",
    )
)
DENIED = {
    "error": "access_denied",
    "error_description": "The resource owner or authorization server denied the request.",
}
BAD_CLIENT = (
    "Client authentication failed due to unknown client, no client authentication included, "
    "or unsupported authentication method."
)
BAD_GRANT = (
    "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the "
    "authorization request, or was issued to another client."
)
BAD_KIND = "The authorization grant type is not supported by the authorization server."
OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
CODE_LIFE = 600.0


def given(call: Call) -> dict[str, Any]:
    return call.json or {} if call.mime == "application/json" else dict(call.form)


def register(call: Call) -> Answer:
    data = given(call)
    uris = data.get("redirect_uris", "")
    uris = uris if isinstance(uris, list) else str(uris).split()
    scopes = str(data.get("scopes") or "read").split()
    if not data.get("client_name"):
        return voice.invalid("Application name can't be blank")
    if not uris or not all(uri == OUT_OF_BAND or urlsplit(uri).scheme for uri in uris):
        return voice.invalid("Redirect URI must be an absolute URI.")
    # An unknown scope fails here already, long before anybody is asked for consent.
    if not set(scopes) <= KNOWN:
        return voice.invalid("Scopes doesn't match configured on the server.")
    client, secret = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    number = call.store.insert(
        "apps",
        platform=voice.KEY,
        client_id=client,
        client_secret=secret,
        name=data["client_name"],
        redirect_uris="\n".join(uris),
        scopes=" ".join(scopes),
        website=data.get("website"),
    )
    return reply(
        {
            "id": str(number),
            "name": data["client_name"],
            "website": data.get("website"),
            "scopes": scopes,
            "redirect_uri": "\n".join(uris),
            "redirect_uris": uris,
            "client_id": client,
            "client_secret": secret,
            "client_secret_expires_at": 0,
            "vapid_key": "",
        }
    )


def app_of(call: Call, client_id: str) -> Any:
    return call.store.one("SELECT * FROM apps WHERE platform = ? AND client_id = ?", voice.KEY, client_id)


def authorize(call: Call) -> Answer:
    app = app_of(call, call.asked("client_id"))
    if app is None:
        return consent.refuse(voice.NAME, "Client authentication failed due to unknown client.", 401)
    if call.asked("redirect_uri") not in app["redirect_uris"].split("\n"):
        return consent.refuse(voice.NAME, "The redirect address is not one the application registered.")
    ask = consent.Ask(
        client_id=app["client_id"],
        app_name=app["name"],
        redirect_uri=call.asked("redirect_uri"),
        state=call.asked("state"),
        scope=call.asked("scope", "read").replace("+", " "),
        challenge=call.asked("code_challenge"),
        method=call.asked("code_challenge_method"),
        hint=call.asked("login_hint"),
        denied=DENIED,
    )
    if guard.version(call) < (4, 3):
        ask.challenge = ask.method = ""  # servers before 4.3 do not know PKCE and pass over it in silence
    problem = flaw(ask, app["scopes"].split(), call.asked("response_type"))
    return consent.send_back(ask, problem) if problem else consent.answer(call, voice.NAME, ask)


def flaw(ask: consent.Ask, registered: list[str], response_type: str) -> dict[str, str]:
    if response_type != "code":
        return {"error": "unsupported_response_type"}
    # A registered `write` covers `write:statuses`; the other way round it does not.
    if not all(scope in registered or scope.split(":")[0] in registered for scope in ask.scope.split()):
        return {"error": "invalid_scope", "error_description": "The requested scope is invalid, unknown, or malformed."}
    if ask.challenge and ask.method != "S256":
        return {"error": "invalid_request", "error_description": "The code_challenge_method must be S256."}
    return {}


def client(call: Call, data: dict[str, Any]) -> Any:
    client_id, secret = call.basic if call.basic[0] else (data.get("client_id"), data.get("client_secret"))
    app = app_of(call, str(client_id))
    if app is None or not secrets.compare_digest(app["client_secret"].encode(), str(secret).encode()):
        raise Refused(voice.error(401, "invalid_client", error_description=BAD_CLIENT))
    return app


def token(call: Call) -> Answer:
    data = given(call)
    app = client(call, data)
    if data.get("grant_type") != "authorization_code":
        return voice.error(400, "unsupported_grant_type", error_description=BAD_KIND)
    row = tokens.open_code(call, str(data.get("code")), CODE_LIFE)
    fits = row and row["client_id"] == app["client_id"] and row["redirect_uri"] == data.get("redirect_uri")
    if not row or not fits or not tokens.proves(row, str(data.get("code_verifier", ""))):
        return voice.error(400, "invalid_grant", error_description=BAD_GRANT)
    owner = tokens.Owner(row["remote_id"], app["client_id"], row["scope"])
    # No end and nothing to refresh it with: such a token lives until somebody takes it back.
    access = tokens.issue(call, owner, "access", None)
    return reply({"access_token": access, "token_type": "Bearer", "scope": row["scope"], "created_at": int(call.now)})


def revoke(call: Call) -> Answer:
    data = given(call)
    app = client(call, data)
    row = tokens.find(call, str(data.get("token")))
    if row and row["client_id"] != app["client_id"]:
        text = "You are not authorized to revoke this token"
        return voice.error(403, "unauthorized_client", error_description=text)
    if row:
        tokens.revoke(call, row["token"])
    return reply({})
