"""What is going to be a post: made, asked about, published once, forgotten after a day."""

import json
import sqlite3
from typing import Any

from sandbox import posts
from sandbox.wire import Answer, Call, reply

from . import guard, shortcode, voice, words

DAY = 86_400.0
FIELDS = (
    "media_type",
    "text",
    "link_attachment",
    "topic_tag",
    "reply_control",
)
REPLY_CONTROLS = ("everyone", "accounts_you_follow", "mentioned_only", "parent_post_author_only", "followers_only")


def create(call: Call) -> Answer:
    person = guard.owner(call, "threads_content_publish")
    data = guard.given(call, FIELDS)
    check(data)
    mode = call.world.modes[voice.KEY]
    number = str(posts.next_number(call))
    call.store.insert(
        "containers",
        container_id=number,
        account=person["remote_id"],
        body=json.dumps(data),
        ready_at=call.now + float(mode["slow_containers"]),
        error=str(mode["container_error"]),
        at=call.now,
    )
    return reply({"id": number})


def check(data: dict[str, str]) -> None:
    if data.get("media_type") != "TEXT":
        raise voice.invalid("Param media_type must be one of {TEXT}: this stand-in plays text posts only")
    text, attached = data.get("text", ""), data.get("link_attachment", "")
    if not text.strip():
        raise voice.invalid("The text parameter is required for text posts")
    if words.length(text) > words.LIMIT:
        raise voice.invalid(f"Param text must be at most {words.LIMIT} characters long.")
    if attached and not attached.startswith(("http://", "https://")):
        raise voice.invalid("Param link_attachment must be a valid URL")
    if len(words.links(text, attached)) > words.MOST_LINKS:
        raise voice.refuse(400, 100, "THREADS_API__LINK_LIMIT_EXCEEDED", type="THApiException", is_transient=False)
    tag = data.get("topic_tag")
    if tag is not None and (not 1 <= len(tag) <= 50 or "." in tag or "&" in tag):
        raise voice.invalid("Param topic_tag must have 1 to 50 characters, without full stops and ampersands")
    if data.get("reply_control", "everyone") not in REPLY_CONTROLS:
        raise voice.invalid("Param reply_control is not known")


def find(call: Call, number: str, person: sqlite3.Row) -> sqlite3.Row | None:
    sql = "SELECT * FROM containers WHERE container_id = ? AND account = ?"
    return call.store.one(sql, number, person["remote_id"])


def state(call: Call, row: sqlite3.Row) -> str:
    if row["post_id"]:
        return "PUBLISHED"
    if row["error"]:
        return "ERROR"
    if call.now - row["at"] > DAY:
        return "EXPIRED"
    return "FINISHED" if row["ready_at"] <= call.now else "IN_PROGRESS"


def shown(call: Call, row: sqlite3.Row) -> Answer:
    wanted = guard.fields(call, ("id", "status", "error_message"))
    all_of_it = {"status": state(call, row), "error_message": row["error"] or None, "id": row["container_id"]}
    return reply({name: all_of_it[name] for name in (*wanted, "id") if all_of_it[name] is not None})


def publish(call: Call) -> Answer:
    person = guard.owner(call, "threads_content_publish")
    number = guard.given(call, ("creation_id",)).get("creation_id", "")
    row = find(call, number, person)
    # Also what is up already: a container makes one post.
    if row is None or state(call, row) != "FINISHED":
        raise voice.not_ready(number)
    if call.world.limits.on and used(call, person) >= int(call.world.modes[voice.KEY]["quota"]):
        # Not documented for Threads; so it is on Instagram, where containers come from.
        told = {"error_user_msg": "You reached the maximum number of posts that can be published."}
        raise voice.refuse(400, 9, "Application request limit reached", 2207042, **told)
    return reply({"id": keep(call, person, row)})


def used(call: Call, person: sqlite3.Row) -> int:
    """In the last twenty-four hours, what has been deleted since included."""
    sql = "SELECT count(*) FROM posts WHERE platform = ? AND account = ? AND at > ?"
    row = call.store.one(sql, voice.KEY, person["remote_id"], call.now - DAY)
    return row[0] if row else 0


def keep(call: Call, person: sqlite3.Row, row: sqlite3.Row) -> str:
    number, data = str(posts.next_number(call)), json.loads(row["body"])
    attached = data.get("link_attachment")
    # One conditional change: of two calls for one container, the second finds it taken.
    sql = "UPDATE containers SET post_id = ? WHERE container_id = ? AND post_id IS NULL"
    if not call.store.run(sql, number, row["container_id"]):
        raise voice.not_ready(row["container_id"])
    body: dict[str, Any] = {**data, "topic_tag": data.get("topic_tag") or words.topic(data["text"])}
    posts.add(
        call,
        posts.NewPost(
            account=person["remote_id"],
            post_id=number,
            url=f"{call.world.base}/threads/@{person['name']}/post/{shortcode.of(number)}",
            text=data["text"],
            body=body,
            link=attached,
            card={"url": attached, "title": attached.split("://")[-1]} if attached else {},
        ),
    )
    return number


def limit(call: Call) -> Answer:
    person = guard.owner(call, "threads_content_publish")
    wanted = guard.fields(call, ("quota_usage", "config"), "quota_usage")
    total = int(call.world.modes[voice.KEY]["quota"])
    all_of_it = {
        "quota_usage": used(call, person),
        "config": {"quota_total": total, "quota_duration": int(DAY)},
    }
    return reply({"data": [{name: all_of_it[name] for name in wanted}]})
