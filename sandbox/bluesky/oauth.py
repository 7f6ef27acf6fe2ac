"""Consent the way the AT protocol has it: the request is pushed ahead, and every token belongs to a key."""

import json
import secrets
import sqlite3
from typing import Any

from sandbox import consent, tokens
from sandbox.wire import Answer, Call, reply

from . import clients, proof, voice
from .clients import issuer, sorry

PUSHED_LIFE, CODE_LIFE, ACCESS_LIFE, DAY = 299.0, 300.0, 3599.0, 86_400.0
# A session as a whole: of an application that can prove who it is, and of one that cannot.
CONFIDENTIAL, PUBLIC = 730 * DAY, 14 * DAY
REFRESH_LIFE = 90 * DAY
GRANULAR = ("repo:", "blob:", "rpc:", "account:", "identity:", "include:")
MADE_BY_CONTROL = "advocacy-sandbox"


def resource(call: Call) -> Answer:
    return reply({"resource": issuer(call), "authorization_servers": [issuer(call)], "scopes_supported": []})


def server(call: Call) -> Answer:
    base = issuer(call)
    return reply(
        {
            "issuer": base,
            "authorization_endpoint": f"{base}/oauth/authorize",
            "token_endpoint": f"{base}/oauth/token",
            "revocation_endpoint": f"{base}/oauth/revoke",
            "pushed_authorization_request_endpoint": f"{base}/oauth/par",
            "require_pushed_authorization_requests": True,
            "client_id_metadata_document_supported": True,
            "authorization_response_iss_parameter_supported": True,
            "code_challenge_methods_supported": ["S256"],
            "dpop_signing_alg_values_supported": ["ES256"],
            "token_endpoint_auth_methods_supported": ["none", "private_key_jwt"],
            "scopes_supported": ["atproto", "transition:generic"],
        }
    )


def push(call: Call) -> Answer:
    client, key = clients.known(call), proof.checked(call)
    asked = {name: call.form.get(name, "") for name in ("redirect_uri", "scope", "state", "login_hint")}
    check_scope(call, asked["scope"], client["scope"])
    if asked["redirect_uri"] not in client["redirect_uris"]:
        raise sorry("invalid_request", "Invalid redirect_uri")
    if call.form.get("response_type") != "code":
        raise sorry("unsupported_response_type", "response_type must be code")
    challenge = call.form.get("code_challenge", "")
    if not challenge or call.form.get("code_challenge_method") != "S256":
        raise sorry("invalid_request", "PKCE with S256 is required")
    asked |= {"challenge": challenge, "name": client["client_name"], "key": key}
    uri = f"urn:ietf:params:oauth:request_uri:req-{secrets.token_hex(16)}"
    life = CONFIDENTIAL if client["confidential"] else PUBLIC
    call.store.insert(
        "pushed", request_uri=uri, client_id=client["client_id"], body=json.dumps(asked), life=life, at=call.now
    )
    return reply({"request_uri": uri, "expires_in": int(PUSHED_LIFE)}, 201)


def check_scope(call: Call, scope: str, allowed: str) -> None:
    asked = scope.split()
    if len(set(allowed.split())) < len(allowed.split()):
        raise sorry("invalid_client_metadata", "Duplicate scope")
    older = call.world.modes[voice.KEY]["older"]
    for one in asked:
        usual = one in ("atproto", "transition:generic", "transition:email")
        if not usual and (older or not one.startswith(GRANULAR)):
            raise sorry("invalid_scope", f"Invalid scope {one!r}")
    if "atproto" not in asked or not set(asked) <= set(allowed.split()):
        raise sorry("invalid_scope", "The scope is not the one of the client metadata, or lacks atproto")


def authorize(call: Call) -> Answer:
    sql = "SELECT * FROM pushed WHERE request_uri = ? AND client_id = ?"
    row = call.store.one(sql, call.asked("request_uri"), call.asked("client_id"))
    if row is None or row["code"] or call.now - row["at"] > PUSHED_LIFE:
        return consent.refuse(voice.NAME, "This request has expired. Go back and try again.")
    asked = json.loads(row["body"])
    code = f"cod-{secrets.token_hex(16)}"
    ask = consent.Ask(
        client_id=row["client_id"],
        app_name=asked["name"],
        redirect_uri=asked["redirect_uri"],
        state=asked["state"],
        scope=asked["scope"],
        challenge=asked["challenge"],
        method="S256",
        hint=named(call, asked["login_hint"]),
        code=code,
        also={"iss": issuer(call)},
    )
    if call.method == "POST":
        call.store.run("UPDATE pushed SET code = ? WHERE request_uri = ?", code, row["request_uri"])
    return consent.answer(call, voice.NAME, ask)


def named(call: Call, hint: str) -> str:
    """The name somebody is known by here, whether their handle or their lasting id was given."""
    account = call.store.one("SELECT name FROM accounts WHERE platform = ? AND remote_id = ?", voice.KEY, hint)
    return account["name"] if account else hint.partition(".")[0]


def grant(call: Call) -> Answer:
    client, key = clients.known(call), proof.checked(call)
    kind = call.form.get("grant_type")
    if kind == "authorization_code":
        return exchange(call, client, key)
    if kind == "refresh_token":
        return refresh(call, client, key)
    raise sorry("unsupported_grant_type", "Unsupported grant type")


def exchange(call: Call, client: dict[str, Any], key: str) -> Answer:
    code = call.form.get("code", "")
    pushed = call.store.one("SELECT * FROM pushed WHERE code = ?", code) if code else None
    row = tokens.open_code(call, code, CODE_LIFE)
    if row is None or pushed is None:
        # Used before: whoever comes second may be a thief, and so may the first.
        tokens.revoke_family(call, pushed["family"] if pushed else "")
        raise sorry("invalid_grant", "Invalid code")
    if row["client_id"] != client["client_id"] or row["redirect_uri"] != call.form.get("redirect_uri"):
        raise sorry("invalid_grant", "The code was issued to another client or address")
    if json.loads(pushed["body"])["key"] != key:
        raise sorry("invalid_grant", "DPoP proof does not match the expected JKT")
    if not tokens.proves(row, call.form.get("code_verifier", "")):
        raise sorry("invalid_grant", "Invalid code_verifier")
    family = begin(call, key, call.now + pushed["life"])
    call.store.run("UPDATE pushed SET family = ? WHERE code = ?", family, code)
    return pair(call, tokens.Owner(row["remote_id"], row["client_id"], row["scope"], family))


def begin(call: Call, key: str, ends_at: float) -> str:
    family = f"bound-{secrets.token_hex(8)}"
    call.store.insert("bound", family=family, key=key, ends_at=ends_at)
    return family


def bound(call: Call, family: str) -> sqlite3.Row | None:
    return call.store.one("SELECT * FROM bound WHERE family = ?", family)


def refresh(call: Call, client: dict[str, Any], key: str) -> Answer:
    row = tokens.find(call, call.form.get("refresh_token", ""))
    session = bound(call, row["family"]) if row else None
    if row is None or session is None or row["kind"] != "refresh":
        raise sorry("invalid_grant", "Invalid refresh token")
    if row["client_id"] not in (client["client_id"], MADE_BY_CONTROL) or session["key"] != key:
        raise sorry("invalid_grant", "Token was not issued to this client, or DPoP proof does not match it")
    if not tokens.usable(row, call.now) or not tokens.use_up(call, row["token"]):
        tokens.revoke_family(call, row["family"])
        raise sorry("invalid_grant", "Refresh token replayed" if row["state"] == "used" else "Session expired")
    return pair(call, tokens.Owner(row["remote_id"], row["client_id"], row["scope"], row["family"]))


def pair(call: Call, owner: tokens.Owner) -> Answer:
    access, refreshing = issue(call, owner)
    return reply(
        {
            "access_token": access,
            "token_type": "DPoP",
            "refresh_token": refreshing,
            "scope": owner.scope,
            "expires_in": int(ACCESS_LIFE),
            "sub": owner.remote_id,
        },
        headers=[("cache-control", "no-store")],
    )


def issue(call: Call, owner: tokens.Owner) -> tuple[str, str]:
    session = bound(call, owner.family)
    left = (session["ends_at"] if session else call.now) - call.now
    access = tokens.issue(call, owner, "access", ACCESS_LIFE)
    return access, tokens.issue(call, owner, "refresh", min(REFRESH_LIFE, left))


def revoke(call: Call) -> Answer:
    clients.known(call)
    row = tokens.find(call, call.form.get("token", ""))
    # Taking back either token ends the session of both; one that is not known counts as taken back.
    if row:
        tokens.revoke_family(call, row["family"])
    return reply({})
