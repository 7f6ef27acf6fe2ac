"""The pieces a page is made of: one post, one card, one reply."""

import json
import sqlite3
from html import escape
from typing import Any

from sandbox import people
from sandbox.clock import moment
from sandbox.looks import fill
from sandbox.world import World

from . import words

NAMES = {"mastodon": "Mastodon", "bluesky": "Bluesky", "linkedin": "LinkedIn", "x": "X", "threads": "Threads"}
STEPS = ((86_400, "d"), (3600, "h"), (60, "min"))
COUNTED = (("likes", "like", "likes"), ("reposts", "repost", "reposts"), ("replies", "reply", "replies"))


def ago(now: float, then: float) -> str:
    for size, unit in STEPS:
        if now - then >= size:
            return f"{int((now - then) // size)} {unit}"
    return "now"


def post(world: World, row: sqlite3.Row, *, large: bool = False) -> str:
    account = people.by_id(world, row["platform"], row["account"])
    assert account
    return fill(
        "post",
        size="large" if large else "small",
        name=account["display"],
        words=words.html(row),
        handle="@" + people.handle(row["platform"], account) if row["platform"] != "linkedin" else "",
        profile=f"/{row['platform']}/@{account['name']}",
        face=f"/faces/{row['platform']}/{account['name']}.svg",
        platform=NAMES[row["platform"]],
        timeline=f"/{row['platform']}/",
        url=row["url"].removeprefix(world.base),
        moment=moment(row["at"]).isoformat(timespec="seconds"),
        ago=ago(world.clock.now(), row["at"]),
        full=f"{moment(row['at']):%d %B %Y, %H:%M} UTC",
        card=card(row),
        figures=figures(row),
    )


def figures(row: sqlite3.Row) -> str:
    """Words beside each number, so that nobody has to know what a little picture means."""
    parts = [
        f'<li class="{column}"><svg viewBox="0 0 16 16" aria-hidden="true"><use href="/signs.svg#{column}"></use></svg>'
        f"<b>{row[column]}</b> {one if row[column] == 1 else many}</li>"
        for column, one, many in COUNTED
    ]
    return "".join(parts)


def card(row: sqlite3.Row) -> str:
    data: dict[str, Any] = json.loads(row["card"]) if row["card"] else {}
    image = data.get("image")
    alt = escape(data.get("alt", ""))
    picture = f'<img src="{escape(image)}" alt="{alt}" loading="lazy">' if image else ""
    if not data.get("title"):
        return f'<figure class="picture">{picture}</figure>' if picture else ""
    url, description = data.get("url", ""), data.get("description", "")
    host = str(url).split("://")[-1].split("/")[0]
    return fill("card", picture=picture, title=data["title"], description=description, host=host, url=url)


def reply(row: sqlite3.Row, now: float) -> str:
    name = people.tidy(row["name"])
    return fill("reply", name=row["name"], text=row["text"], ago=ago(now, row["at"]), face=f"/faces/town/{name}.svg")


def nothing(words_for_it: str) -> str:
    return f'<p class="empty">{escape(words_for_it)}</p>'
