"""What is going to be a post: made, asked about, published once, forgotten after a day.

Pictures are fetched from the address that was given, and a container whose picture could not be had fails.
"""

import json
import sqlite3
from typing import Any

from sandbox import pictures, posts
from sandbox.wire import Answer, Call, reply

from . import guard, shortcode, voice, words

DAY = 86_400.0
FIELDS = (
    "media_type",
    "text",
    "link_attachment",
    "topic_tag",
    "reply_control",
    "image_url",
    "alt_text",
    "is_carousel_item",
    "children",
)
KINDS = ("TEXT", "IMAGE", "CAROUSEL")
MOST_ALT, FEWEST_CHILDREN, MOST_CHILDREN = 1000, 2, 20
UNREACHABLE = "The media could not be fetched from this URI."
REPLY_CONTROLS = ("everyone", "accounts_you_follow", "mentioned_only", "parent_post_author_only", "followers_only")


def create(call: Call) -> Answer:
    person = guard.owner(call, "threads_content_publish")
    data = guard.given(call, FIELDS)
    check(data)
    if data["media_type"] == "CAROUSEL":
        check_children(call, person, data.get("children", ""))
    mode = call.world.modes[voice.KEY]
    number = str(posts.next_number(call))
    error = str(mode["container_error"])
    if data["media_type"] == "IMAGE" and not fetch(call, person, number, data):
        error = error or UNREACHABLE
    call.store.insert(
        "containers",
        container_id=number,
        account=person["remote_id"],
        body=json.dumps(data),
        ready_at=call.now + float(mode["slow_containers"]),
        error=error,
        at=call.now,
    )
    return reply({"id": number})


def fetch(call: Call, person: sqlite3.Row, number: str, data: dict[str, str]) -> bool:
    content = pictures.fetched(data["image_url"])
    mime = pictures.kind_of(content)
    if mime not in ("image/jpeg", "image/png"):
        return False
    alt = data.get("alt_text", "")
    row = {"media_id": number, "account": person["remote_id"], "mime": mime, "alt": alt, "bytes": content}
    call.store.insert("media", platform=voice.KEY, ready_at=call.now, at=call.now, **row)
    return True


def check_children(call: Call, person: sqlite3.Row, named: str) -> None:
    children = [one for one in named.split(",") if one]
    if not FEWEST_CHILDREN <= len(children) <= MOST_CHILDREN:
        raise voice.invalid(f"Param children must hold {FEWEST_CHILDREN} to {MOST_CHILDREN} items")
    for one in children:
        row = find(call, one, person)
        if row is None or not is_item(json.loads(row["body"])) or state(call, row) != "FINISHED":
            raise voice.invalid(f"Param children: {one} is no item of a carousel that is ready")


def is_item(data: dict[str, str]) -> bool:
    return data.get("is_carousel_item") == "true"


def check(data: dict[str, str]) -> None:
    if data.get("media_type") not in KINDS:
        raise voice.invalid(f"Param media_type must be one of {{{', '.join(KINDS)}}}")
    text, attached = data.get("text", ""), data.get("link_attachment", "")
    check_picture(data)
    if data["media_type"] == "TEXT" and not text.strip():
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


def check_picture(data: dict[str, str]) -> None:
    if data["media_type"] == "IMAGE" and not data.get("image_url", "").startswith(("http://", "https://")):
        raise voice.invalid("Param image_url must be a valid URL")
    if data["media_type"] != "TEXT" and data.get("link_attachment"):
        raise voice.invalid("Param link_attachment is for text posts only")
    if len(data.get("alt_text", "")) > MOST_ALT:
        raise voice.invalid(f"Param alt_text must be at most {MOST_ALT} characters long.")


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
    if row is None or state(call, row) != "FINISHED" or is_item(json.loads(row["body"])):
        raise voice.not_ready(number)
    if call.world.limits.on and used(call, person) >= int(call.world.modes[voice.KEY]["quota"]):
        call.world.limits.refused[voice.KEY] += 1
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
    text = data.get("text", "")
    body: dict[str, Any] = {**data, "topic_tag": data.get("topic_tag") or words.topic(text)}
    shown = (data.get("children") or row["container_id"]).split(",")[0] if data["media_type"] != "TEXT" else ""
    card = {"url": attached, "title": attached.split("://")[-1]} if attached else {}
    posts.add(
        call,
        posts.NewPost(
            account=person["remote_id"],
            post_id=number,
            url=f"{call.world.base}/threads/@{person['name']}/post/{shortcode.of(number)}",
            text=text,
            body=body,
            link=attached,
            card=posts.picture(call, shown) if shown else card,
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
