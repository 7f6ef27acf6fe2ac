"""Posts of earlier days, ordered by the control port: what a demo says was posted can then be read here too."""

import base64
import hashlib
import json
from collections.abc import Callable
from typing import Any

from . import people, posts
from .clock import iso
from .world import World

# Posts younger than this are still news to the town, which will go on reading them.
NEWS = 3 * 3600.0
KEPT = "demo"  # where the pictures lie, beside those of the platforms

BODIES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "mastodon": lambda post: {
        "sensitive": False, "spoiler_text": "", "visibility": "public", "language": post.get("language", "en"),
        "media_ids": [], "app": "Advocacy",
    },
    "bluesky": lambda post: {
        "$type": "app.bsky.feed.post", "text": post["text"], "createdAt": iso(post["at"]),
        "langs": [post.get("language", "en")],
    },
    "linkedin": lambda post: {},
    "x": lambda post: {"text": post["text"], "urls": []},
    "threads": lambda post: {"text": post["text"], "link_attachment": post.get("card", {}).get("url")},
}  # fmt: skip


def remember(world: World, order: dict[str, Any]) -> int:
    """Take in {"pictures": {name: base64}, "posts": […]}; posts of nobody known here are passed over."""
    with world.store.together():
        for name, content in order.get("pictures", {}).items():
            keep_picture(world, name, base64.b64decode(content))
        told = sorted(order.get("posts", []), key=lambda post: post["at"])
        added = [keep_post(world, post) for post in told if people.by_id(world, post["platform"], post["account"])]
        old = [seq for seq, at in added if at < world.clock.now() - NEWS]
        if old:
            seen = int(world.store.setting("town_seen", "0"))
            world.store.keep("town_seen", str(max(seen, *old)))
    return len(added)


def keep_picture(world: World, name: str, content: bytes) -> None:
    now = world.clock.now()
    sql = "INSERT OR REPLACE INTO media VALUES (?, ?, '', 'image/jpeg', '', ?, ?, ?)"
    world.store.run(sql, KEPT, name, content, now, now)


def keep_post(world: World, post: dict[str, Any]) -> tuple[int, float]:
    card = dict(post.get("card", {}))
    if card.get("picture"):
        card["image"] = f"/media/{KEPT}/{card.pop('picture')}"
    new = posts.NewPost(
        account=post["account"],
        post_id=post["post_id"],
        url=post["url"],
        text=post["text"],
        card=card,
        link=card.get("url"),
        body=BODIES[post["platform"]](post),
        fingerprint=hashlib.sha256(json.dumps([post["post_id"], post["text"]]).encode()).hexdigest(),
    )
    figures = {name: int(post.get(name) or 0) for name in posts.FIGURES}
    at = float(post["at"])
    columns = posts.columns(new)
    seq = world.store.insert(
        "posts",
        platform=post["platform"],
        account=new.account,
        post_id=new.post_id,
        url=new.url,
        at=at,
        **columns,
        **figures,
    )
    return seq, at
