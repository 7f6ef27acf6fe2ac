"""People with tokens, made and unmade from the control port."""

import json
import sqlite3
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from jwt.algorithms import ECAlgorithm

from . import people, tokens
from .bluesky import oauth, sessions
from .bluesky.proof import thumbprint
from .clock import iso
from .tokens import Owner
from .wire import Call
from .world import World

HOUR, DAY = 3600.0, 86_400.0
SCOPES = {
    "mastodon": "profile read write",
    "linkedin": "openid profile email w_member_social",
    "x": "tweet.read tweet.write users.read media.write offline.access",
    "threads": "threads_basic threads_content_publish threads_manage_insights threads_delete",
}
BOUND_SCOPE = "atproto repo:app.bsky.feed.post blob:image/*"
# How long the access and the refresh token live; None lives for ever, and 0 means there is none.
LIVES: dict[str, tuple[float | None, float | None]] = {
    "mastodon": (None, 0),
    "linkedin": (60 * DAY, 0),
    "x": (2 * HOUR, 182 * DAY),
    "threads": (60 * DAY, 0),
}
# Here the access token itself is what renews it.
RENEW_THEMSELVES = frozenset({"threads"})


def make(world: World, platform: str, name: str, count: int, *, bound: bool = False) -> list[dict[str, Any]]:
    names = [name] if count == 1 else [f"{name}{number}" for number in range(1, count + 1)]
    # One transaction: a thousand people for a benchmark take a blink.
    with world.store.together():
        return [with_tokens(world, platform, one, bound) for one in names]


def with_tokens(world: World, platform: str, name: str, bound: bool) -> dict[str, Any]:
    account = people.welcome(world, platform, name)
    call = inside(world, platform)
    if platform == "bluesky":
        return with_bound_session(call, account) if bound else with_session(call, account)
    made = {"remote_id": account["remote_id"], "handle": people.handle(platform, account)}
    owner = Owner(account["remote_id"], "advocacy-sandbox", SCOPES[platform], f"made-{call.now}-{account['remote_id']}")
    life, refresh_life = LIVES[platform]
    access = tokens.issue(call, owner, "access", life)
    refresh = tokens.issue(call, owner, "refresh", refresh_life) if refresh_life else None
    return made | {
        "access_token": access,
        "refresh_token": access if platform in RENEW_THEMSELVES else refresh,
        "expires_at": iso(call.now + life) if life else None,
    }


def with_session(call: Call, account: sqlite3.Row) -> dict[str, Any]:
    password = sessions.new_password()
    access, refresh = sessions.open_pair(call, account, sessions.digest(account["remote_id"], password))
    return {
        "remote_id": account["remote_id"],
        "handle": people.handle("bluesky", account),
        "access_token": access,
        "refresh_token": refresh,
        "expires_at": iso(call.now + sessions.ACCESS_LIFE),
        "app_password": password,
    }


def with_bound_session(call: Call, account: sqlite3.Row) -> dict[str, Any]:
    """As after the consent page. The key would be the application's own; here it is given away with the tokens."""
    key = ECAlgorithm.to_jwk(generate_private_key(SECP256R1()))
    family = oauth.begin(call, thumbprint(json.loads(key)), call.now + oauth.CONFIDENTIAL)
    owner = Owner(account["remote_id"], oauth.MADE_BY_CONTROL, BOUND_SCOPE, family)
    access, refresh = oauth.issue(call, owner)
    return {
        "remote_id": account["remote_id"],
        "handle": people.handle("bluesky", account),
        "access_token": access,
        "refresh_token": refresh,
        "expires_at": iso(call.now + oauth.ACCESS_LIFE),
        "extra": {"key": key},
    }


def inside(world: World, platform: str) -> Call:
    """A call nobody made: the control port acts as the platform itself."""
    return Call(world, platform, {"method": "POST", "headers": [], "query_string": b"", "path": ""}, b"")


def revoke(world: World, platform: str, remote_id: str, *, gently: bool) -> int:
    """Kill a person's tokens; gently leaves the access token alive until it runs out, as Bluesky really does."""
    if platform == "bluesky":
        sessions.bury_passwords(inside(world, platform), remote_id)
    sql = "UPDATE tokens SET state = 'revoked' WHERE platform = ? AND remote_id = ? AND (kind = 'refresh' OR NOT ?)"
    return world.store.run(sql, platform, remote_id, gently)
