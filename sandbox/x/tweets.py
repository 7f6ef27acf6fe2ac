"""Posts: made, looked up, listed, deleted."""

import json
import sqlite3
import unicodedata
from typing import Any

from sandbox import posts
from sandbox.clock import iso, moment
from sandbox.wire import Answer, Call, Refused, reply

from . import guard, voice, words

FIELDS = frozenset(
    (
        "text",
        "media",
        "reply",
        "reply_settings",
        "made_with_ai",
        "paid_partnership",
        "poll",
        "community_id",
        "geo",
        "quote_tweet_id",
        "direct_message_deep_link",
        "for_super_followers_only",
        "nullcast",
        "share_with_followers",
    )
)
DAY = 86_400.0
TWICE = "You are not allowed to create a Tweet with duplicate content."


def create(call: Call) -> Answer:
    person = guard.person(call, "tweet.read", "tweet.write", "users.read")
    guard.spend(call, "create", person["remote_id"], 100)
    text, media = read(call)
    check_media(call, person, media)
    mark = posts.digest(text, media)
    # Refused before it is paid for.
    if duplicate(call, person, mark):
        raise Refused(voice.problem(403, "Forbidden", TWICE))
    guard.pay(call, 0.2 if words.LINK.search(text) else 0.015)
    guard.spend_day(call, "app", 10_000)
    number = str(posts.next_number(call))
    shown, urls = words.shortened(text)
    posts.add(
        call,
        posts.NewPost(
            account=person["remote_id"],
            post_id=number,
            url=f"{call.world.base}/x/i/web/status/{number}",
            text=text,
            body={"text": shown, "urls": urls, "media": media, "sent": call.json},
            fingerprint=mark,
            card=posts.picture(call, media[0]) if media else {},
        ),
    )
    return reply({"data": {"id": number, "text": shown, "edit_history_tweet_ids": [number]}}, 201)


def read(call: Call) -> tuple[str, list[str]]:
    data = call.json
    if call.mime != "application/json" or data is None:
        raise voice.invalid("Requests with bodies must have content-type of application/json.")
    for name in data:
        if name not in FIELDS:
            raise voice.invalid(f"[$.{name}: is not defined in the schema and additional properties are not allowed]")
    media = (data.get("media") or {}).get("media_ids") or []
    if not isinstance(media, list) or len(media) > 4 or not all(isinstance(one, str) for one in media):
        raise voice.invalid("[$.media.media_ids: must be 1 to 4 strings]")
    text = data.get("text", "")
    if not isinstance(text, str) or not (text.strip() or media):
        raise voice.invalid("[$.text: is missing or empty]")
    if not isinstance(data.get("paid_partnership", False), bool):
        raise voice.invalid("[$.paid_partnership: must be a boolean]")
    text = unicodedata.normalize("NFC", text).strip()
    if words.weight(text) > words.LIMIT:
        raise voice.invalid("Your Tweet text is too long.")
    if len(words.CASHTAG.findall(text)) > 1:
        raise voice.invalid("Only one cashtag is allowed in a post.")
    return text, media


def check_media(call: Call, person: sqlite3.Row, media: list[str]) -> None:
    for one in media:
        sql = "SELECT ready_at, at FROM media WHERE platform = ? AND media_id = ? AND account = ?"
        row = call.store.one(sql, voice.KEY, one, person["remote_id"])
        if row is None or row["ready_at"] is None or call.now > row["at"] + DAY:
            raise voice.invalid("Your media IDs are invalid.")


def duplicate(call: Call, person: sqlite3.Row, mark: str) -> bool:
    sql = """SELECT 1 FROM posts WHERE platform = ? AND account = ? AND fingerprint = ? AND at > ?
             AND deleted_at IS NULL LIMIT 1"""
    return bool(call.store.one(sql, voice.KEY, person["remote_id"], mark, call.now - DAY))


def delete(call: Call) -> Answer:
    person = guard.person(call, "tweet.read", "tweet.write", "users.read")
    guard.spend(call, "delete", person["remote_id"], 50)
    row = posts.find(call.world, voice.KEY, call.params["tweet_id"])
    if row is None:
        number = call.params["tweet_id"]
        raise Refused(reply({**voice.missing("tweet", "id", number), "status": 404}, 404))
    if row["account"] != person["remote_id"]:
        raise Refused(voice.problem(403, "Forbidden", "You are not authorized to delete this Tweet."))
    posts.delete(call, row["seq"])
    return reply({"data": {"deleted": True}})


def timeline(call: Call) -> Answer:
    """A person's own posts, newest first: how one finds out whether a lost call has posted."""
    person = guard.person(call, "tweet.read", "users.read")
    guard.spend(call, "timeline", person["remote_id"], 900)
    most = call.asked("max_results", "10")
    if not most.isdecimal() or not 5 <= int(most) <= 100:
        raise voice.invalid(f"The `max_results` value [{most}] is not between 5 and 100", max_results=most)
    before = call.asked("pagination_token").removeprefix("after-")
    page = posts.of_account(call, call.params["user_id"], int(most), before)
    rows = [row for row in page if within(call, row)]
    guard.pay(call, 0.005 * len(rows))
    meta: dict[str, Any] = {"result_count": len(rows)}
    if len(page) == int(most):
        meta["next_token"] = f"after-{page[-1]['post_id']}"
    if not rows:
        return reply({"meta": meta})
    meta |= {"newest_id": rows[0]["post_id"], "oldest_id": rows[-1]["post_id"]}
    return reply({"data": [shown(call, row) for row in rows], "meta": meta})


def within(call: Call, row: sqlite3.Row) -> bool:
    made = moment(row["at"]).strftime("%Y-%m-%dT%H:%M:%SZ")
    if call.asked("start_time") and made < call.asked("start_time")[:19] + "Z":
        return False
    if call.asked("end_time") and made >= call.asked("end_time")[:19] + "Z":
        return False
    since = call.asked("since_id")
    return not since.isdecimal() or int(row["post_id"]) > int(since)


def shown(call: Call, row: sqlite3.Row) -> dict[str, Any]:
    body = json.loads(row["body"])
    fields = set(call.asked("tweet.fields").split(","))
    tweet = {"id": row["post_id"], "text": body["text"], "edit_history_tweet_ids": [row["post_id"]]}
    if "created_at" in fields:
        tweet["created_at"] = iso(row["at"])
    if "author_id" in fields:
        tweet["author_id"] = row["account"]
    if "entities" in fields and body["urls"]:
        tweet["entities"] = {"urls": body["urls"]}
    if "public_metrics" in fields:
        tweet["public_metrics"] = {
            "retweet_count": row["reposts"],
            "reply_count": row["replies"],
            "like_count": row["likes"],
            "quote_count": row["quotes"],
            "bookmark_count": 0,
            "impression_count": row["impressions"],
        }
    return tweet
