"""Posts: made and deleted. Read back only with a right that new applications do not get."""

import sqlite3
from typing import Any

from sandbox import posts
from sandbox.wire import Answer, Call

from . import guard, little, shape, voice

DAY = 86_400.0
NOT_YOU = "Field Value validation failed in REQUEST_BODY: Data Processing Exception while processing fields [/author]"


def create(call: Call) -> Answer:
    person = guard.caller(call, "w_member_social")
    if call.mime != "application/json" or call.json is None:
        raise voice.refuse(400, "ILLEGAL_ARGUMENT", "Unable to parse the request body as JSON")
    data = call.json
    shape.check(data)
    if data["author"] != f"urn:li:person:{person['remote_id']}":
        raise voice.refuse(403, "ACCESS_DENIED", NOT_YOU, 100)
    check_images(call, person, data)
    # Who may see it does not count as content; the words and what is attached do.
    mark = posts.digest(data["commentary"], data.get("content"))
    twin = duplicate(call, person, mark)
    if twin:
        raise voice.refuse(422, "DUPLICATE_POST", f"Content is a duplicate of {twin}")
    guard.spend(call, "posts", person["remote_id"], 150)
    return Answer(201, b"", [("x-restli-id", keep(call, person, data, mark))])


def duplicate(call: Call, person: sqlite3.Row, mark: str) -> str:
    """The same content by the same person within a day, even when that post has been deleted since."""
    sql = """SELECT post_id FROM posts WHERE platform = ? AND account = ? AND fingerprint = ? AND at > ?
             ORDER BY seq DESC LIMIT 1"""
    row = call.store.one(sql, voice.KEY, person["remote_id"], mark, call.now - DAY)
    return row["post_id"] if row else ""


def check_images(call: Call, person: sqlite3.Row, data: dict[str, Any]) -> None:
    for urn in shape.images(data):
        sql = "SELECT bytes IS NOT NULL AS there FROM media WHERE platform = ? AND media_id = ? AND account = ?"
        row = call.store.one(sql, voice.KEY, urn, person["remote_id"])
        if row is None or not row["there"]:
            raise voice.invalid("content", f"{urn} is not an image that has been uploaded")


def keep(call: Call, person: sqlite3.Row, data: dict[str, Any], mark: str) -> str:
    urn = f"urn:li:share:{posts.next_number(call) + 5 * 10**18}"
    content = data.get("content") or {}
    article, media = content.get("article") or {}, content.get("media") or {}
    card = {"url": article.get("source"), "title": article.get("title"), "description": article.get("description")}
    pictures = shape.images(data)
    if pictures:
        alt = media.get("altText") or article.get("thumbnailAltText")
        card |= {"image": f"/media/{voice.KEY}/{pictures[0]}", "alt": alt}
    posts.add(
        call,
        posts.NewPost(
            account=person["remote_id"],
            post_id=urn,
            url=f"{call.world.base}/linkedin/feed/update/{urn}",
            text=little.shown(data["commentary"]),
            body=data,
            link=article.get("source"),
            fingerprint=mark,
            card={name: value for name, value in card.items() if value},
        ),
    )
    return urn


def delete(call: Call) -> Answer:
    """Deleting what is already gone is fine; deleting what is somebody else's is not."""
    person = guard.caller(call, "w_member_social")
    row = posts.find(call.world, voice.KEY, call.params["urn"])
    if row and row["account"] != person["remote_id"]:
        raise voice.refuse(403, "ACCESS_DENIED", "Unpermitted to delete this post", 100)
    if row:
        posts.delete(call, row["seq"])
    return Answer(204)


def closed(call: Call) -> Answer:
    """Reading posts, comments and likes of members needs r_member_social, which nobody new is given."""
    guard.caller(call, "r_member_social")
    return voice.forbidden(call)
