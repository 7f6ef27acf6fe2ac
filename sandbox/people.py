"""The people of the town and what they are called on each platform."""

import hashlib
import re
import secrets
import sqlite3
import unicodedata

from .wire import Call
from .world import World

INSTANCE = "town.example"


# X allows fifteen characters; elsewhere thirty keep people with long names apart.
LENGTHS = {"x": 15}


def tidy(name: str, platform: str = "") -> str:
    """The part of a typed name that can stand in a handle."""
    name = name.strip().lstrip("@").split("@")[0].removesuffix(f".{INSTANCE}").casefold()
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    tidied = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[: LENGTHS.get(platform, 30)].strip("_")
    # A name without a single Latin letter still has to be somebody, and always the same one.
    return tidied or "guest_" + hashlib.blake2b(name.encode(), digest_size=3).hexdigest()


def remote_id_of(platform: str, world: World) -> str:
    if platform == "bluesky":
        return "did:plc:" + "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz234567") for _ in range(24))
    if platform == "linkedin":
        return secrets.token_urlsafe(8)[:10].replace("-", "a").replace("_", "b")
    return str(108_000_000_000_000_000 + secrets.randbelow(10**15))


def find(world: World, platform: str, name: str) -> sqlite3.Row | None:
    return world.store.one("SELECT * FROM accounts WHERE platform = ? AND name = ?", platform, tidy(name, platform))


def by_id(world: World, platform: str, remote_id: str) -> sqlite3.Row | None:
    return world.store.one("SELECT * FROM accounts WHERE platform = ? AND remote_id = ?", platform, remote_id)


def welcome(world: World, platform: str, name: str) -> sqlite3.Row:
    """The account of that name, made now if nobody has it yet."""
    known = find(world, platform, name)
    if known:
        return known
    tidied = tidy(name, platform)
    display = name.strip() if " " in name.strip() else tidied.replace("_", " ").title()
    # Always the same number of followers for the same name, so that a demo tells the same story twice.
    followers = 40 + int(hashlib.blake2b(tidied.encode(), digest_size=4).hexdigest(), 16) % 860
    world.store.insert(
        "accounts",
        platform=platform,
        remote_id=remote_id_of(platform, world),
        name=tidied,
        display=display,
        followers=followers,
        created_at=world.clock.now(),
    )
    found = find(world, platform, name)
    assert found
    return found


def of(call: Call, remote_id: str) -> sqlite3.Row:
    account = call.people.get(remote_id) or by_id(call.world, call.platform, remote_id)
    assert account
    call.people[remote_id] = account
    return account


def handle(platform: str, account: sqlite3.Row) -> str:
    name: str = account["name"]
    if platform == "mastodon":
        return f"{name}@{INSTANCE}"
    if platform == "bluesky":
        return f"{name.replace('_', '-')}.{INSTANCE}"
    return account["display"] if platform == "linkedin" else name
