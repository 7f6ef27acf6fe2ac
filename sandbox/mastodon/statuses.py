"""Writing, reading and deleting posts."""

import sqlite3
from typing import Any

from sandbox import people, posts
from sandbox.wire import Answer, Call, Refused, reply

from . import entities, guard, voice, words

FIELDS = frozenset(["status", "media_ids", "visibility", "language", "spoiler_text", "sensitive", "scheduled_at"])
VISIBILITIES = frozenset({"public", "unlisted", "private", "direct"})
KEY_LIFE = 3600.0
UNFINISHED = "Cannot attach files that have not finished processing. Try again in a moment!"


def create(call: Call) -> Answer:
    person = guard.person(call, "write:statuses")
    key = call.header("idempotency-key")
    # Looked up before anything is checked, as there: a repeat may even be too long by now.
    earlier = repeated(call, person["remote_id"], key)
    if earlier:
        # The stored post comes back even when the words of the repeat are others.
        return reply(entities.status(call, earlier))
    data = read(call)
    check(call, person, data)
    guard.spend(call, "new", person["remote_id"], 300, 10_800)
    row = keep(call, person, data)
    if key and not call.world.modes["mastodon"]["ignore_keys"]:
        late = float(call.world.modes["mastodon"]["late_key"])
        sql = "INSERT OR REPLACE INTO idempotency VALUES (?, ?, ?, ?)"
        call.store.run(sql, person["remote_id"], key, row["post_id"], call.now + late)
    return reply(entities.status(call, row))


def repeated(call: Call, account: str, key: str) -> sqlite3.Row | None:
    """The post of the same key in the last hour. With `late_key` a key counts only some seconds after its post."""
    sql = "SELECT * FROM idempotency WHERE account = ? AND key = ? AND at <= ? AND at > ?"
    found = call.store.one(sql, account, key, call.now, call.now - KEY_LIFE) if key else None
    return posts.find(call.world, voice.KEY, found["post_id"]) if found else None


def read(call: Call) -> dict[str, Any]:
    if call.mime == "application/json":
        if call.json is None:
            raise Refused(voice.error(400, "Error parsing request body"))
        data = dict(call.json)
    else:
        data = dict(call.form) or dict(call.parts[0])
        data["media_ids"] = call.form_lists.get("media_ids[]", []) if call.form else []
        data.pop("media_ids[]", None)
    unknown = sorted(set(data) - FIELDS)
    if unknown:
        # A real server would pass over it in silence; here a slip of the pen is worth an error.
        raise Refused(voice.invalid(f"Unknown parameter {unknown[0]}"))
    return data


def check(call: Call, person: sqlite3.Row, data: dict[str, Any]) -> None:
    text, media = str(data.get("status") or ""), data.get("media_ids") or []
    limit = call.world.modes["mastodon"]["max_characters"]
    problem = ""
    if not text.strip() and not media:
        problem = "Text can't be blank"
    elif words.length(str(data.get("spoiler_text") or "") + text) > limit:
        problem = f"Text character limit of {limit} exceeded"
    elif data.get("visibility", "public") not in VISIBILITIES:
        problem = "Visibility is not included in the list"
    elif data.get("language") and not words.CODE.match(str(data["language"])):
        problem = "Language is invalid"
    elif data.get("scheduled_at"):
        problem = "Scheduled at is not offered by this stand-in"
    elif len(media) > 4:
        problem = "Cannot attach more than 4 files"
    if problem:
        raise Refused(voice.invalid(problem))
    check_media(call, person, media)


def check_media(call: Call, person: sqlite3.Row, media: list[str]) -> None:
    for one in media:
        sql = "SELECT ready_at FROM media WHERE platform = ? AND media_id = ? AND account = ?"
        row = call.store.one(sql, voice.KEY, str(one), person["remote_id"])
        if row is None:
            raise Refused(voice.not_found())
        if row["ready_at"] > call.now:
            raise Refused(voice.error(422, UNFINISHED))


def keep(call: Call, person: sqlite3.Row, data: dict[str, Any]) -> sqlite3.Row:
    # Sixteen bits below the milliseconds on Mastodon.
    number = str(posts.next_number(call) >> 6)
    media = [str(one) for one in data.get("media_ids") or []]
    body = {
        "sensitive": str(data.get("sensitive", False)).lower() == "true",
        "language": data.get("language"),
        "spoiler_text": data.get("spoiler_text") or "",
        "visibility": data.get("visibility", "public"),
        "media_ids": media,
        "app": "Advocacy",
    }
    card = posts.picture(call, media[0]) if media else {}
    seq = posts.add(
        call,
        posts.NewPost(
            account=person["remote_id"],
            post_id=number,
            url=f"{call.world.base}/mastodon/@{person['name']}/{number}",
            text=str(data.get("status") or ""),
            body=body,
            card=card,
        ),
    )
    row = call.store.one("SELECT * FROM posts WHERE seq = ?", seq)
    assert row
    return row


def show(call: Call) -> Answer:
    row = posts.find(call.world, voice.KEY, call.params["status_id"])
    return reply(entities.status(call, row)) if row else voice.not_found()


def several(call: Call) -> Answer:
    if guard.version(call) < (4, 3):
        return voice.not_found()
    # What is missing is left out without a word; the caller compares.
    wanted = [*call.query.get("id[]", []), *call.query.get("id", [])]
    rows = [posts.find(call.world, voice.KEY, one) for one in dict.fromkeys(wanted)]
    return reply([entities.status(call, row) for row in rows if row])


def of_account(call: Call) -> Answer:
    account = people.by_id(call.world, voice.KEY, call.params["account_id"])
    if account is None:
        return voice.not_found()
    limit = call.asked("limit", "20")
    most = min(int(limit) if limit.isdecimal() else 20, 40)
    rows = posts.of_account(call, account["remote_id"], most, call.asked("max_id"))
    return reply([entities.status(call, row) for row in rows])


def delete(call: Call) -> Answer:
    person = guard.person(call, "write:statuses")
    row = posts.find(call.world, voice.KEY, call.params["status_id"])
    if row is None or row["account"] != person["remote_id"]:
        return voice.not_found()
    guard.spend(call, "deletes", person["remote_id"], 30, 1800)
    posts.delete(call, row["seq"])
    return reply(entities.status(call, row, source=True))
