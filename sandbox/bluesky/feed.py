"""Reading: posts with their figures, people, and pictures sent ahead."""

import json
import sqlite3
from typing import Any

from sandbox import people, posts
from sandbox.clock import iso
from sandbox.people import INSTANCE
from sandbox.wire import Answer, Call, reply

from . import content, guard, voice

MOST_URIS = 25
LARGEST_BLOB = 50_000_000


def get_posts(call: Call) -> Answer:
    """Figures of up to 25 posts. What is not there is simply left out."""
    # Open to everybody on the public address; a token that is shown must still be good.
    if call.header("authorization"):
        guard.person(call)
    uris = [*call.query.get("uris", []), *call.query.get("uris[]", [])]
    if not uris:
        raise voice.invalid('Params must have the property "uris"')
    if len(uris) > MOST_URIS:
        raise voice.invalid(f"Error: uris must not have more than {MOST_URIS} elements")
    rows = [posts.find(call.world, voice.KEY, uri) for uri in dict.fromkeys(uris)]
    return reply({"posts": [view(call, row) for row in rows if row]})


def view(call: Call, row: sqlite3.Row) -> dict[str, Any]:
    return {
        "uri": row["post_id"],
        "cid": row["fingerprint"],
        "author": author(call, people.of(call, row["account"])),
        "record": json.loads(row["body"]),
        "bookmarkCount": 0,
        "replyCount": row["replies"],
        "repostCount": row["reposts"],
        "likeCount": row["likes"],
        "quoteCount": row["quotes"],
        "indexedAt": iso(row["at"]),
        "labels": [],
    }


def author(call: Call, account: sqlite3.Row) -> dict[str, Any]:
    return {
        "did": account["remote_id"],
        "handle": people.handle(voice.KEY, account),
        "displayName": account["display"],
        "avatar": f"{call.world.base}/faces/bluesky/{account['name']}.svg",
        "labels": [],
        "createdAt": iso(account["created_at"]),
    }


def profile(call: Call) -> Answer:
    actor = call.asked("actor")
    account = people.by_id(call.world, voice.KEY, actor) or people.find(call.world, voice.KEY, actor)
    if account is None:
        raise voice.invalid("Profile not found")
    return reply({**author(call, account), "followersCount": account["followers"], "followsCount": 12, "postsCount": 0})


def upload_blob(call: Call) -> Answer:
    person = guard.person(call, "blob:image/*")
    guard.spend(call, "blobs", person["remote_id"], 1000, 86_400)
    if not call.body or not call.mime:
        raise voice.invalid("Request encoding (Content-Type) required but not provided")
    if len(call.body) > LARGEST_BLOB:
        raise voice.refuse(413, "PayloadTooLarge", "request entity too large")
    name = content.of_blob(call.body)
    call.store.run(
        "INSERT OR REPLACE INTO media VALUES (?, ?, ?, ?, '', ?, ?, ?)",
        voice.KEY,
        name,
        person["remote_id"],
        call.mime,
        call.body,
        call.now,
        call.now,
    )
    blob = {"$type": "blob", "ref": {"$link": name}, "mimeType": call.mime, "size": len(call.body)}
    return reply({"blob": blob})


def health(call: Call) -> Answer:
    return reply({"version": "0.4.217"})


def server(call: Call) -> Answer:
    domains = [f".{INSTANCE}"]
    return reply({"did": f"did:web:{INSTANCE}", "availableUserDomains": domains, "inviteCodeRequired": False})
