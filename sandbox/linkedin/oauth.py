"""Consent and tokens: sixty days, and no refresh token for whoever is not an approved partner."""

from urllib.parse import quote

from sandbox import client, consent, jwt, people, tokens
from sandbox.wire import Answer, Call, reply

from . import guard, voice

SELF_SERVE = frozenset({"openid", "profile", "email", "w_member_social"})
COMMUNITY = frozenset({"w_member_social", "r_basicprofile", "r_member_postAnalytics", "r_member_profileAnalytics"})
CODE_LIFE, TOKEN_LIFE = 1800.0, 60 * 86_400.0
BAD_CODE = (
    "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. "
    "Or authorization code expired."
)
DENIED = {
    "error": "user_cancelled_authorize",
    "error_description": "The user cancelled the authorization",
}


def product_scopes(call: Call) -> frozenset[str]:
    return COMMUNITY if call.world.modes["linkedin"]["product"] == "community" else SELF_SERVE


def authorize(call: Call) -> Answer:
    if call.asked("client_id") != client.ID:
        return consent.refuse(voice.NAME, "The passed in client_id is invalid.")
    if not client.may_return_to(call.asked("redirect_uri")):
        return consent.refuse(voice.NAME, "The redirect_uri does not match the registered value.")
    ask = consent.Ask(
        client_id=client.ID,
        app_name=client.NAME,
        redirect_uri=call.asked("redirect_uri"),
        state=call.asked("state"),
        scope=call.asked("scope"),
        challenge=call.asked("code_challenge"),
        method=call.asked("code_challenge_method"),
        hint=call.asked("login_hint"),
        denied=DENIED,
    )
    problem = flaw(call, ask)
    return consent.send_back(ask, problem) if problem else consent.answer(call, voice.NAME, ask)


def flaw(call: Call, ask: consent.Ask) -> dict[str, str]:
    if call.asked("response_type") != "code":
        return {"error": "unsupported_response_type"}
    # The commonest mistake of self-hosted tools: asking for scopes of a product one was never given.
    wrong = [scope for scope in ask.scope.split() if scope not in product_scopes(call)]
    if wrong or not ask.scope:
        text = f'Scope "{quote(wrong[0]) if wrong else ""}" is not authorized for your application'
        return {"error": "unauthorized_scope_error", "error_description": text}
    return {}


def sorry(error: str, text: str, status: int = 400) -> Answer:
    return reply({"error": error, "error_description": text}, status)


def token(call: Call) -> Answer:
    form = call.form
    if not form:
        return sorry("invalid_request", 'A required parameter "grant_type" is missing')
    if not client.known(form.get("client_id", ""), form.get("client_secret", "")):
        return sorry("invalid_client", "Client authentication failed", 401)
    if form.get("grant_type") != "authorization_code":
        return sorry("unauthorized_client", "This application is not allowed to create application tokens")
    row = tokens.open_code(call, form.get("code", ""), CODE_LIFE)
    if row is None or row["redirect_uri"] != form.get("redirect_uri"):
        return sorry("invalid_request", BAD_CODE)
    if not tokens.proves(row, form.get("code_verifier", "")):
        return sorry("invalid_request", "The code verifier does not match the challenge")
    owner = tokens.Owner(row["remote_id"], client.ID, row["scope"])
    # Scopes come back in another order and joined by commas.
    made = {
        "access_token": tokens.issue(call, owner, "access", TOKEN_LIFE),
        "expires_in": int(TOKEN_LIFE),
        "scope": ",".join(sorted(row["scope"].split())),
        "token_type": "Bearer",
    }
    if "openid" in row["scope"].split():
        made["id_token"] = id_token(call, row["remote_id"])
    return reply(made)


def id_token(call: Call, remote_id: str) -> str:
    return jwt.sign(
        {
            "iss": f"{call.world.base}/linkedin/oauth",
            "aud": client.ID,
            "sub": remote_id,
            "iat": int(call.now),
            "exp": int(call.now) + 3600,
            "name": people.of(call, remote_id)["display"],
        }
    )


def introspect(call: Call) -> Answer:
    if not client.known(call.form.get("client_id", ""), call.form.get("client_secret", "")):
        return sorry("invalid_client", "Client authentication failed", 401)
    row = tokens.find(call, call.form.get("token", ""))
    if row is None:
        return reply({"active": False})
    status = "revoked" if row["state"] != "live" else "expired" if tokens.expired(row, call.now) else "active"
    return reply(
        {
            "active": status == "active",
            "status": status,
            "client_id": client.ID,
            "auth_type": "3L",
            "scope": ",".join(row["scope"].split()),
            "created_at": int(row["issued_at"]),
            "authorized_at": int(row["issued_at"]),
            "expires_at": int(row["expires_at"]),
        }
    )


def revoke(call: Call) -> Answer:
    if not client.known(call.form.get("client_id", ""), call.form.get("client_secret", "")):
        return sorry("invalid_client", "Client authentication failed", 401)
    tokens.revoke(call, call.form.get("token", ""))
    return Answer(200)


def userinfo(call: Call) -> Answer:
    person = guard.person(call, "openid")
    first, _, last = person["display"].partition(" ")
    return reply(
        {
            "sub": person["remote_id"],
            "name": person["display"],
            "given_name": first,
            "family_name": last,
            "picture": f"{call.world.base}/faces/linkedin/{person['name']}.svg",
            "locale": {"country": "US", "language": "en"},
            "email": f"{person['name']}@town.example",
            "email_verified": True,
        }
    )


def me(call: Call) -> Answer:
    person = guard.person(call, "r_basicprofile")
    first, _, last = person["display"].partition(" ")
    return reply({"id": person["remote_id"], "localizedFirstName": first, "localizedLastName": last})


def discovery(call: Call) -> Answer:
    base = f"{call.world.base}/linkedin"
    return reply(
        {
            "issuer": f"{base}/oauth",
            "authorization_endpoint": f"{base}/oauth/v2/authorization",
            "token_endpoint": f"{base}/oauth/v2/accessToken",
            "userinfo_endpoint": f"{base}/v2/userinfo",
            "response_types_supported": ["code"],
            "scopes_supported": ["openid", "profile", "email"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }
    )
