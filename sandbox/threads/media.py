"""Posts that are up: shown, listed, deleted; and their figures."""

import json
import sqlite3
from datetime import UTC, datetime
from typing import Any

from sandbox import posts
from sandbox.clock import moment
from sandbox.wire import Answer, Call, reply

from . import containers, guard, voice

FIELDS = (
    "id",
    "media_product_type",
    "media_type",
    "permalink",
    "shortcode",
    "owner",
    "username",
    "text",
    "timestamp",
    "is_quote_post",
    "link_attachment_url",
    "topic_tag",
    "has_replies",
)
MEDIA_TYPES = {"TEXT": "TEXT_POST", "IMAGE": "IMAGE", "CAROUSEL": "CAROUSEL_ALBUM"}
METRICS = {
    "views": "impressions",
    "likes": "likes",
    "replies": "replies",
    "reposts": "reposts",
    "quotes": "quotes",
    "shares": None,
}


def node(call: Call) -> Answer:
    """A number may be a container or a post; each has fields the other knows nothing of."""
    person = guard.person(call)
    container = containers.find(call, call.params["node"], person)
    if container:
        return containers.shown(call, container)
    row = own(call, person)
    return reply(shown(person, row, guard.fields(call, FIELDS)))


def own(call: Call, person: sqlite3.Row) -> sqlite3.Row:
    row = posts.find(call.world, voice.KEY, call.params["node"])
    if row is None or row["account"] != person["remote_id"]:
        raise voice.no_such_thing(call.params["node"])
    return row


def shown(person: sqlite3.Row, row: sqlite3.Row, wanted: list[str]) -> dict[str, Any]:
    body = json.loads(row["body"])
    all_of_it = {
        "id": row["post_id"],
        "media_product_type": "THREADS",
        "media_type": MEDIA_TYPES[body.get("media_type", "TEXT")],
        "permalink": row["url"],
        "shortcode": row["url"].rpartition("/")[2],
        "owner": {"id": person["remote_id"]},
        "username": person["name"],
        "text": row["text"],
        "timestamp": moment(row["at"]).strftime("%Y-%m-%dT%H:%M:%S+0000"),
        "is_quote_post": False,
        "link_attachment_url": body.get("link_attachment"),
        "topic_tag": body.get("topic_tag") or None,
        "has_replies": row["replies"] > 0,
    }
    # What there is nothing to say about is left out.
    return {name: all_of_it[name] for name in dict.fromkeys([*wanted, "id"]) if all_of_it[name] is not None}


def mine(call: Call) -> Answer:
    """Newest first."""
    person = guard.owner(call)
    wanted = guard.fields(call, FIELDS)
    most = call.asked("limit", "25")
    if not most.isdecimal() or not 1 <= int(most) <= 100:
        raise voice.invalid("Param limit must be between 1 and 100")
    page = posts.of_account(call, person["remote_id"], int(most), call.asked("after"))
    rows = [row for row in page if within(call, row)]
    body: dict[str, Any] = {"data": [shown(person, row, wanted) for row in rows]}
    if page:
        body["paging"] = {"cursors": {"before": page[0]["post_id"], "after": page[-1]["post_id"]}}
    return reply(body)


def within(call: Call, row: sqlite3.Row) -> bool:
    since, until = seconds(call.asked("since")), seconds(call.asked("until"))
    return (since is None or row["at"] >= since) and (until is None or row["at"] <= until)


def seconds(text: str) -> float | None:
    if not text or text.isdecimal():
        return float(text) if text else None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()
    except ValueError:
        raise voice.invalid(f"{text} is not a time") from None


def delete(call: Call) -> Answer:
    person = guard.person(call, "threads_delete")
    row = own(call, person)
    guard.spend(call, "deletes", person["remote_id"], 100)
    posts.delete(call, row["seq"])
    return reply({"success": True, "deleted_id": row["post_id"]})


def insights(call: Call) -> Answer:
    person = guard.person(call, "threads_manage_insights")
    row = own(call, person)
    wanted = call.asked("metric").split(",")
    for name in wanted:
        if name not in METRICS:
            raise voice.invalid(f"(#100) metric[0] must be one of the following values: {', '.join(METRICS)}")
    return reply({"data": [metric(row, name) for name in wanted]})


def metric(row: sqlite3.Row, name: str) -> dict[str, Any]:
    column = METRICS[name]
    return {
        "name": name,
        "period": "lifetime",
        "values": [{"value": row[column] if column else 0}],
        "title": name.capitalize(),
        "description": f"The number of {name} on your post.",
        "id": f"{row['post_id']}/insights/{name}/lifetime",
    }


def me(call: Call) -> Answer:
    person = guard.person(call)
    all_of_it = {
        "id": person["remote_id"],
        "username": person["name"],
        "name": person["display"],
        "threads_profile_picture_url": f"{call.world.base}/faces/threads/{person['name']}.svg",
        "threads_biography": "",
        "is_verified": False,
    }
    return reply({name: all_of_it[name] for name in (*guard.fields(call, all_of_it), "id")})
