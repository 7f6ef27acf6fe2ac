"""Rows as Mastodon writes them. https://docs.joinmastodon.org/entities/"""

import json
import sqlite3
from typing import Any

from sandbox import people
from sandbox.clock import iso
from sandbox.wire import Call

from . import guard, voice, words


def account(call: Call, row: sqlite3.Row) -> dict[str, Any]:
    base, name = call.world.base, row["name"]
    picture = f"{base}/faces/{voice.KEY}/{name}.svg"
    sql = "SELECT count(*) FROM posts WHERE platform = ? AND account = ? AND deleted_at IS NULL"
    count = call.store.one(sql, voice.KEY, row["remote_id"])
    return {
        "id": row["remote_id"],
        "username": name,
        "acct": name,
        "display_name": row["display"],
        "locked": False,
        "bot": False,
        "created_at": iso(row["created_at"]),
        "note": "",
        "url": f"{base}/mastodon/@{name}",
        "uri": f"{base}/mastodon/users/{name}",
        "avatar": picture,
        "avatar_static": picture,
        "header": picture,
        "header_static": picture,
        "followers_count": row["followers"],
        "following_count": row["followers"] // 2,
        "statuses_count": count[0] if count else 0,
        "fields": [],
        "emojis": [],
    }


def status(call: Call, row: sqlite3.Row, *, source: bool = False) -> dict[str, Any]:
    body = json.loads(row["body"])
    shown = {
        "id": row["post_id"],
        "created_at": iso(row["at"]),
        "edited_at": None,
        "in_reply_to_id": None,
        "sensitive": body["sensitive"],
        "spoiler_text": body["spoiler_text"],
        "visibility": body["visibility"],
        "language": body["language"],
        "uri": row["url"],
        "url": row["url"],
        "content": words.html(row["text"]),
        "replies_count": row["replies"],
        "reblogs_count": row["reposts"],
        "favourites_count": row["likes"],
        "reblog": None,
        "account": account(call, people.of(call, row["account"])),
        "media_attachments": [attachment(call, one) for one in body["media_ids"]],
        "mentions": [],
        "tags": [],
        "emojis": [],
        "card": None,
        "poll": None,
        "application": {"name": body["app"], "website": None},
    }
    if guard.version(call) >= (4, 5):
        shown["quotes_count"] = row["quotes"]
    return {**shown, "text": row["text"]} if source else shown


def attachment(call: Call, media_id: str) -> dict[str, Any]:
    row = call.store.one("SELECT * FROM media WHERE platform = ? AND media_id = ?", voice.KEY, media_id)
    if row is None:
        return {"id": media_id, "type": "unknown", "url": None}
    address = f"{call.world.base}/media/{voice.KEY}/{media_id}"
    # Without an address, a client knows that the picture is still in work.
    ready = row["ready_at"] <= call.now
    return {
        "id": media_id,
        "type": "image",
        "url": address if ready else None,
        "preview_url": address if ready else None,
        "remote_url": None,
        "meta": {},
        "description": row["alt"] or None,
        "blurhash": None,
    }
