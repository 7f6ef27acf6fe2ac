"""Posts: made, found, deleted, and the ledger of all that were ever really made."""

import hashlib
import json
import re
import sqlite3
from dataclasses import dataclass, field
from typing import Any

from .clock import iso
from .wire import Call
from .world import World

MARKER = re.compile(r"/go/([A-Za-z0-9_-]+)")
LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]'…]")
FIGURES = ("likes", "reposts", "replies", "quotes", "impressions", "clicks")
FIRST_MOMENT = 1_288_834_974.657  # where the numbering of X begins; the others get the same clock
STEP = 1 << 6  # Mastodon drops the lowest six bits


@dataclass
class NewPost:
    account: str
    post_id: str
    url: str
    text: str
    body: Any
    card: dict[str, Any] = field(default_factory=dict)
    link: str | None = None
    fingerprint: str | None = None


def next_number(call: Call) -> int:
    """A number that grows with the clock and never comes twice, even when the clock is moved back."""
    world = call.world
    world.last_number = max((world.last_number or highest(world)) + STEP, number_at(call.now))
    return world.last_number


def number_at(moment: float) -> int:
    # Twenty-two bits below the milliseconds, as the platforms' own numbers have.
    return int((moment - FIRST_MOMENT) * 1000) << 22


def highest(world: World) -> int:
    """No number given before the last start is higher than this."""
    row = world.store.one("SELECT max(at) FROM (SELECT at FROM posts UNION ALL SELECT at FROM media)")
    return number_at(row[0] + 0.001) if row and row[0] else 0


def digest(*parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def picture(call: Call, media_id: str) -> dict[str, Any]:
    """A picture sent ahead, as the card of a post."""
    row = call.store.one("SELECT alt FROM media WHERE platform = ? AND media_id = ?", call.platform, media_id)
    return {"image": f"/media/{call.platform}/{media_id}", "alt": row["alt"] if row else ""}


def columns(post: NewPost) -> dict[str, Any]:
    found = LINK.search(post.text)
    link = post.link or post.card.get("url") or (found[0] if found else None)
    # A card may carry the short link where the words do not, as on LinkedIn.
    marker = MARKER.search(f"{post.text} {link or ''} {post.card.get('url', '')}")
    return {
        "text": post.text,
        "link": link,
        "card": json.dumps(post.card) if post.card else None,
        "body": json.dumps(post.body),
        "fingerprint": post.fingerprint,
        "marker": marker[1] if marker else None,
    }


def add(call: Call, post: NewPost) -> int:
    return call.store.insert(
        "posts",
        platform=call.platform,
        account=post.account,
        post_id=post.post_id,
        url=post.url,
        at=call.now,
        **columns(post),
    )


def change(call: Call, seq: int, post: NewPost) -> None:
    new = columns(post)
    marks = ", ".join(f"{name} = ?" for name in new)
    call.store.run(f"UPDATE posts SET {marks} WHERE seq = ?", *new.values(), seq)


def find(world: World, platform: str, post_id: str) -> sqlite3.Row | None:
    """The living post of that id."""
    sql = "SELECT * FROM posts WHERE platform = ? AND post_id = ? AND deleted_at IS NULL"
    return world.store.one(sql, platform, post_id)


def at_address(world: World, platform: str, url: str) -> sqlite3.Row | None:
    sql = "SELECT * FROM posts WHERE platform = ? AND url = ? AND deleted_at IS NULL"
    return world.store.one(sql, platform, url)


def of_account(call: Call, account: str, limit: int, before: str = "") -> list[sqlite3.Row]:
    """Newest first; with `before`, only those older than the post of that id."""
    sql = """SELECT * FROM posts WHERE platform = ?1 AND account = ?2 AND deleted_at IS NULL AND seq <
             coalesce((SELECT max(seq) FROM posts WHERE platform = ?1 AND account = ?2 AND post_id = ?3), 1 << 62)
             ORDER BY seq DESC LIMIT ?4"""
    return call.store.all(sql, call.platform, account, before, limit)


def delete(call: Call, seq: int) -> None:
    call.store.run("UPDATE posts SET deleted_at = ? WHERE seq = ? AND deleted_at IS NULL", call.now, seq)


def set_figures(world: World, platform: str, post_id: str, counts: dict[str, int]) -> int:
    if not counts:
        return 0
    marks = ", ".join(f"{name} = ?" for name in counts)
    sql = f"UPDATE posts SET {marks} WHERE platform = ? AND post_id = ?"
    return world.store.run(sql, *counts.values(), platform, post_id)


def ledger(world: World, platform: str, marker: str) -> list[dict[str, Any]]:
    sql = """SELECT * FROM posts WHERE (?1 = '' OR platform = ?1) AND (?2 = '' OR marker = ?2) ORDER BY seq"""
    return [
        {key: row[key] for key in ("platform", "account", "post_id", "url", "text", "marker")}
        | {"at": iso(row["at"]), "deleted_at": iso(row["deleted_at"])}
        for row in world.store.all(sql, platform, marker)
    ]
