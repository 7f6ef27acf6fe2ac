"""The people of the town and what they are called on each platform."""

import hashlib
import re
import secrets
import sqlite3

from .wire import Call
from .world import World

INSTANCE = "town.example"


def tidy(name: str) -> str:
    """The part of a typed name that can stand in a handle."""
    name = name.strip().lstrip("@").split("@")[0].removesuffix(f".{INSTANCE}").lower()
    return re.sub(r"[^a-z0-9]+", "_", name).strip("_")[:15].strip("_") or "somebody"


def remote_id_of(platform: str, world: World) -> str:
    if platform == "bluesky":
        return "did:plc:" + "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz234567") for _ in range(24))
    if platform == "linkedin":
        return secrets.token_urlsafe(8)[:10].replace("-", "a").replace("_", "b")
    return str(108_000_000_000_000_000 + secrets.randbelow(10**15))


def find(world: World, platform: str, name: str) -> sqlite3.Row | None:
    return world.store.one("SELECT * FROM accounts WHERE platform = ? AND name = ?", platform, tidy(name))


def by_id(world: World, platform: str, remote_id: str) -> sqlite3.Row | None:
    return world.store.one("SELECT * FROM accounts WHERE platform = ? AND remote_id = ?", platform, remote_id)


def welcome(world: World, platform: str, name: str) -> sqlite3.Row:
    """The account of that name, made now if nobody has it yet."""
    known = find(world, platform, name)
    if known:
        return known
    tidied = tidy(name)
    display = name.strip() if " " in name.strip() else tidied.replace("_", " ").title()
    # Always the same number of followers for the same name, so that a demo tells the same story twice.
    followers = 40 + int(hashlib.blake2b(tidied.encode(), digest_size=4).hexdigest(), 16) % 860
    world.store.insert(
        "accounts", platform=platform, remote_id=remote_id_of(platform, world), name=tidied, display=display,
        followers=followers, created_at=world.clock.now(),
    )
    found = find(world, platform, name)
    assert found
    return found


def of(call: Call, remote_id: str) -> sqlite3.Row:
    account = by_id(call.world, call.platform, remote_id)
    assert account
    return account


def handle(platform: str, account: sqlite3.Row) -> str:
    name: str = account["name"]
    if platform == "mastodon":
        return f"{name}@{INSTANCE}"
    if platform == "bluesky":
        return f"{name.replace('_', '-')}.{INSTANCE}"
    return account["display"] if platform == "linkedin" else name
