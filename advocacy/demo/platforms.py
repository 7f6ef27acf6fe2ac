"""Linked accounts. At the stand-in platforms each gets real tokens, so that the demo can really post."""

import json
import os
import time
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from django.conf import settings

from accounts.models import LinkedAccount
from accounts.queries import keyring
from advocacy.demo.chance import dice
from advocacy.demo.people import Person, ascii_name
from connectors import registry
from core.http import Door, HttpError, NotSent, Policy, origin_of

# Of a hundred who share at all, how many have linked an account there.
LINKS = {"linkedin": 72, "bluesky": 38, "mastodon": 27, "x": 18, "threads": 12}
RELINK = {
    "linkedin": "LinkedIn asks for your consent again every 60 days.",
    "x": "X no longer accepts our permission. Please connect it again.",
    "threads": "Threads no longer accepts our permission. Please connect it again.",
    "bluesky": "Bluesky no longer accepts our permission. Please connect it again.",
    "mastodon": "town.example no longer accepts our permission. Please connect it again.",
}
# How its own connector writes a handle, given the part that a person chose.
HANDLES = {
    "linkedin": "{name}",
    "bluesky": "{short}.town.example",
    "mastodon": "@{short}@town.example",
    "x": "@{short}",
    "threads": "@{short}",
}
WAKING = 32  # quarters of a second
ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"


class NoSandbox(Exception):
    """The stand-in platforms do not answer; the accounts then have no right to post."""


def make_accounts(seed: str, at: datetime, people: list[Person]) -> dict[str, list[LinkedAccount]]:
    """By the member's key, the accounts of everybody who has linked any; saved, still without tokens."""
    found = {person.key: accounts_of(seed, at, person) for person in people}
    LinkedAccount.objects.bulk_create(account for accounts in found.values() for account in accounts)
    return {key: accounts for key, accounts in found.items() if accounts}


def accounts_of(seed: str, at: datetime, person: Person) -> list[LinkedAccount]:
    rng = dice(seed, "accounts", person.key)
    if person.habit == "door":
        wanted = ["linkedin", "bluesky"]
    elif person.habit == "never":
        wanted = ["linkedin"] if rng.random() < 0.06 else []
    else:
        wanted = [key for key, share in LINKS.items() if rng.randrange(100) < share]
    return [account(rng, at, person, connector) for connector in wanted if connector in registry.KEYS]


def account(rng: Random, at: datetime, person: Person, connector: str) -> LinkedAccount:
    joined = person.user.joined_at
    linked_at = min(at - timedelta(days=4), joined + timedelta(days=min(60, rng.expovariate(1 / 8)), hours=3))
    short = ascii_name(person.user.name).replace(".", "-" if connector == "bluesky" else "_")[:15]
    name = HANDLES[connector].format(name=person.user.name, short=short)
    made = LinkedAccount(
        member=person.user, connector=connector, remote_id=remote_id(rng, connector), handle=name,
        name=person.user.name, origin="https://town.example" if connector == "mastodon" else "",
        linked_at=max(linked_at, joined), state="healthy", state_at=max(linked_at, joined), worked_at=at,
    )  # fmt: skip
    roll = rng.random()
    if person.user.left_at:
        made.state, made.state_at = "unlinked", person.user.left_at
    elif person.habit == "door" or roll > 0.06:
        made.profile_url = profile_url(made)
    elif roll > 0.02:
        made.state, made.state_at = "needs_relink", max(made.linked_at, at - timedelta(days=rng.uniform(1, 12)))
        made.health_note = RELINK[connector]
    else:
        made.state, made.state_at = "unlinked", max(made.linked_at, at - timedelta(days=rng.uniform(3, 30)))
    return made


def remote_id(rng: Random, connector: str) -> str:
    if connector == "bluesky":
        return "did:plc:" + "".join(rng.choice(ALPHABET) for _ in range(24))
    if connector == "linkedin":
        return "".join(rng.choice("ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789") for _ in range(10))
    return str(108_000_000_000_000_000 + rng.randrange(10**15))


def platform_url(connector: str, path: str) -> str:
    return f"{settings.SANDBOX_URL or 'http://127.0.0.1:8001'}/{connector}/{path}"


def profile_url(made: LinkedAccount) -> str:
    if made.connector == "bluesky":
        return platform_url("bluesky", f"profile/{made.remote_id}")
    if made.connector == "linkedin":
        return ""
    if made.connector == "threads":
        return platform_url("threads", made.handle)
    return platform_url(
        made.connector, made.handle.split("@town")[0] if made.connector == "mastodon" else made.handle[1:]
    )


def open_accounts(accounts: list[LinkedAccount]) -> None:
    """Have the stand-in platforms make everybody, with tokens where the account is healthy. Raises NoSandbox."""
    wait_for_sandbox()
    for made in accounts:
        # A handle has room for plain letters only, and the stand-ins make it from the name they are given.
        name = made.name if made.connector == "linkedin" else ascii_name(made.name).replace(".", " ").title()
        given = order("accounts", {"platform": made.connector, "name": name, "bound": True})["accounts"][0]
        take_tokens(made, given)
    fields = ["remote_id", "handle", "profile_url", "access", "refresh", "extra", "expires_at", "scopes"]
    LinkedAccount.objects.bulk_update(accounts, fields, batch_size=300)


def wait_for_sandbox() -> None:
    """It was started a moment ago and may still be waking up."""
    for _ in range(WAKING):
        try:
            door().request("GET", f"{control_url()}/stats")
            return
        except NotSent:
            time.sleep(0.25)
        except HttpError as problem:
            raise NoSandbox from problem
    raise NoSandbox


def order(what: str, body: dict[str, Any]) -> dict[str, Any]:
    """One order to the control port. Raises NoSandbox."""
    try:
        answer = door().request("POST", f"{control_url()}/{what}", json=body)
        found = answer.json()
    except (HttpError, ValueError) as problem:
        raise NoSandbox from problem
    if answer.status != 200:
        raise NoSandbox
    return dict(found)


def control_url() -> str:
    if url := os.environ.get("CONTROL_URL", ""):
        return url
    raise NoSandbox


@cache
def door() -> Door:
    return Door(Policy(allowed_origins=frozenset([origin_of(control_url())])))


def take_tokens(made: LinkedAccount, given: dict[str, Any]) -> None:
    about = f"linkedaccount:{made.pk}"
    made.remote_id = given["remote_id"]
    made.handle = given["handle"] if made.connector in ("bluesky", "linkedin") else f"@{given['handle']}"
    made.profile_url = profile_url(made)
    if made.state != "healthy":
        return
    made.access = keyring().seal(given["access_token"], about=about)
    made.refresh = keyring().seal(given["refresh_token"], about=about) if given.get("refresh_token") else ""
    made.extra = keyring().seal(json.dumps(given["extra"]), about=about) if given.get("extra") else ""
    made.expires_at = datetime.fromisoformat(given["expires_at"]).astimezone(UTC) if given.get("expires_at") else None
    made.scopes = list(registry_scopes(made.connector))


def registry_scopes(connector: str) -> tuple[str, ...]:
    return next(made.scopes for made in registry.CLASSES if made.key == connector)


def is_open(account: LinkedAccount, moment: datetime) -> bool:
    """Whether it could be posted to at that moment."""
    return account.linked_at <= moment and (account.state == "healthy" or moment < account.state_at)
