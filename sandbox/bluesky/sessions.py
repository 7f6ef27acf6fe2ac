"""Signing in with an app password, refreshing, ending."""

import hashlib
import re
import secrets
import sqlite3
from typing import Any

from sandbox import jwt, people, tokens
from sandbox.people import INSTANCE
from sandbox.wire import Answer, Call, Refused, reply

from . import guard, voice

APP_PASSWORD = re.compile(r"^[a-z0-9]{4}(-[a-z0-9]{4}){3}$")
ACCESS_LIFE, REFRESH_LIFE, GRACE = 7200.0, 90 * 86_400.0, 7200.0
KINDS = (("access", "appPass", ACCESS_LIFE), ("refresh", "refresh", REFRESH_LIFE))
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


def new_password() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def digest(remote_id: str, password: str) -> str:
    return hashlib.sha256(f"{remote_id} {password}".encode()).hexdigest()


def open_pair(call: Call, account: sqlite3.Row, password_digest: str, family: str = "") -> tuple[str, str]:
    """A pair remembers the app password it came from (as client_id): when that dies, refreshing dies with it."""
    owner = tokens.Owner(account["remote_id"], password_digest, "com.atproto.appPass", family or secrets.token_hex(8))
    claims = {"sub": account["remote_id"], "aud": f"did:web:{INSTANCE}", "iat": int(call.now)}
    made = []
    for kind, scope, life in KINDS:
        text = jwt.sign({**claims, "scope": f"com.atproto.{scope}", "exp": int(call.now + life)})
        made.append(tokens.issue(call, owner, kind, life, text))
    return made[0], made[1]


def document(call: Call, account: sqlite3.Row) -> dict[str, Any]:
    return {
        "@context": ["https://www.w3.org/ns/did/v1"],
        "id": account["remote_id"],
        "alsoKnownAs": [f"at://{people.handle(voice.KEY, account)}"],
        "verificationMethod": [],
        "service": [
            {
                "id": "#atproto_pds",
                "type": "AtprotoPersonalDataServer",
                "serviceEndpoint": f"{call.world.base}/bluesky",
            }
        ],
    }


def shown(call: Call, account: sqlite3.Row) -> dict[str, Any]:
    return {
        "handle": people.handle(voice.KEY, account),
        "did": account["remote_id"],
        "didDoc": document(call, account),
        "email": f"{account['name']}@{INSTANCE}",
        "emailConfirmed": True,
        "emailAuthFactor": False,
        "active": True,
    }


def create(call: Call) -> Answer:
    data = call.json or {}
    name, password = data.get("identifier"), data.get("password")
    if not isinstance(name, str) or not isinstance(password, str) or not name:
        raise voice.invalid('Input must have the properties "identifier" and "password"')
    # Counted before the password is looked at: guessing costs as much as knowing.
    guard.spend(call, "sign-ins of a day", name, 300, 86_400)
    guard.spend(call, "sign-ins", name, 30, 300)
    wrong = voice.refuse(401, "AuthenticationRequired", "Invalid identifier or password")
    if not APP_PASSWORD.match(password):
        raise wrong
    account = people.by_id(call.world, voice.KEY, name) or people.welcome(call.world, voice.KEY, name)
    mark = digest(account["remote_id"], password)
    if call.store.one("SELECT 1 FROM dead_passwords WHERE remote_id = ? AND digest = ?", account["remote_id"], mark):
        raise wrong
    access, refreshing = open_pair(call, account, mark)
    return reply({**shown(call, account), "accessJwt": access, "refreshJwt": refreshing})


def refresh(call: Call) -> Answer:
    row = guard.token(call, "refresh")
    # A client that never got the answer may ask again for two hours; later it is taken for a thief.
    if not tokens.use_up(call, row["token"]) and call.now - row["used_at"] > GRACE:
        raise voice.refuse(400, "ExpiredToken", "Token has been revoked")
    account = people.of(call, row["remote_id"])
    access, refreshing = open_pair(call, account, row["client_id"], row["family"])
    return reply({**shown(call, account), "accessJwt": access, "refreshJwt": refreshing})


def end(call: Call) -> Answer:
    """Takes the refresh token. The access token lives on until it runs out."""
    row = guard.token(call, "refresh")
    call.store.run("UPDATE tokens SET state = 'revoked' WHERE family = ? AND kind = 'refresh'", row["family"])
    return Answer(200)


def current(call: Call) -> Answer:
    return reply(shown(call, guard.person(call)))


def resolve_handle(call: Call) -> Answer:
    handle = call.asked("handle")
    if not handle.endswith(f".{INSTANCE}"):
        raise Refused(voice.error(400, "InvalidRequest", "Unable to resolve handle"))
    # Everybody of this town lives here already, or moves in when somebody asks for them.
    account = people.welcome(call.world, voice.KEY, handle)
    return reply({"did": account["remote_id"]})


def bury_passwords(call: Call, remote_id: str) -> None:
    """All app passwords this person has used are deleted; what they opened can refresh no more."""
    call.store.run(
        "INSERT OR IGNORE INTO dead_passwords SELECT DISTINCT remote_id, client_id FROM tokens "
        "WHERE platform = ? AND remote_id = ?",
        voice.KEY,
        remote_id,
    )
