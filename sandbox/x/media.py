"""Pictures: small ones in one call, larger ones in pieces."""

import base64
import binascii
import sqlite3
from typing import Any

from sandbox import posts
from sandbox.pictures import kind_of
from sandbox.wire import Answer, Call, Refused, reply

from . import guard, voice

LARGEST, LIFE = 5_000_000, 86_400
KINDS = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})


def upload(call: Call) -> Answer:
    """In one call: multipart, or JSON with base64."""
    person = guard.person(call, "media.write")
    guard.spend(call, "media", person["remote_id"], 500)
    fields, files = call.parts
    data: dict[str, Any] = call.json or {} if call.mime == "application/json" else dict(fields)
    if not data.get("media_category"):
        raise voice.invalid("[$.media_category: is missing but it is required]")
    content = files["media"].content if "media" in files else decoded(data.get("media"))
    # In a multipart body the part's own type stands in for it.
    mime = data.get("media_type") or (files["media"].mime if "media" in files else "image/jpeg")
    return reply(shown(call, keep(call, person, str(mime), content, ready=True)))


def decoded(text: object) -> bytes:
    try:
        return base64.b64decode(str(text or ""), validate=True)
    except binascii.Error:
        raise voice.invalid("[$.media: is not base64]") from None


def keep(call: Call, person: sqlite3.Row, mime: str, content: bytes, *, ready: bool) -> sqlite3.Row:
    check(mime, content, ready=ready)
    number = str(posts.next_number(call))
    call.store.insert(
        "media",
        platform=voice.KEY,
        media_id=number,
        account=person["remote_id"],
        mime=mime,
        alt="",
        bytes=content,
        ready_at=call.now if ready else None,
        at=call.now,
    )
    return row_of(call, number, person)


def check(mime: str, content: bytes, *, ready: bool) -> None:
    if mime not in KINDS or (ready and content and kind_of(content) not in KINDS):
        raise voice.invalid("media type unrecognized.")
    if len(content) > LARGEST or (ready and not content):
        raise voice.invalid("File size exceeds 5242880 bytes or is empty.")


def row_of(call: Call, number: str, person: sqlite3.Row) -> sqlite3.Row:
    sql = "SELECT * FROM media WHERE platform = ? AND media_id = ? AND account = ?"
    row = call.store.one(sql, voice.KEY, number, person["remote_id"])
    if row is None:
        raise Refused(reply({**voice.missing("media", "id", number), "status": 404}, 404))
    return row


def shown(call: Call, row: sqlite3.Row) -> dict[str, Any]:
    size = len(row["bytes"] or b"")
    return {
        "data": {
            "id": row["media_id"],
            "media_key": f"3_{row['media_id']}",
            "size": size,
            "expires_after_secs": LIFE,
        }
    }


def initialize(call: Call) -> Answer:
    person = guard.person(call, "media.write")
    data = call.json or {}
    return reply(shown(call, keep(call, person, str(data.get("media_type")), b"", ready=False)), 202)


def append(call: Call) -> Answer:
    person = guard.person(call, "media.write")
    row = row_of(call, call.params["media_id"], person)
    fields, files = call.parts
    if not fields.get("segment_index", "").isdecimal() or "media" not in files:
        raise voice.invalid("[$.segment_index: and media are required]")
    content = row["bytes"] + files["media"].content
    check(row["mime"], content, ready=True)
    sql = "UPDATE media SET bytes = ? WHERE platform = ? AND media_id = ?"
    call.store.run(sql, content, voice.KEY, row["media_id"])
    return reply({"data": {"expires_at": int(call.now + LIFE)}})


def finalize(call: Call) -> Answer:
    person = guard.person(call, "media.write")
    number = row_of(call, call.params["media_id"], person)["media_id"]
    call.store.run("UPDATE media SET ready_at = ? WHERE platform = ? AND media_id = ?", call.now, voice.KEY, number)
    return reply(shown(call, row_of(call, number, person)))


def status(call: Call) -> Answer:
    person = guard.person(call, "media.write")
    row = row_of(call, call.asked("media_id"), person)
    data = shown(call, row)
    data["data"]["processing_info"] = {"state": "succeeded" if row["ready_at"] else "pending", "check_after_secs": 1}
    return reply(data)


def describe(call: Call) -> Answer:
    person = guard.person(call, "media.write")
    data = call.json or {}
    row = row_of(call, str(data.get("id")), person)
    text = str(((data.get("metadata") or {}).get("alt_text") or {}).get("text") or "")
    if not 0 < len(text) <= 1000:
        raise voice.invalid("[$.metadata.alt_text.text: must have 1 to 1000 characters]")
    call.store.run("UPDATE media SET alt = ? WHERE platform = ? AND media_id = ?", text, voice.KEY, row["media_id"])
    return reply({"data": {"id": row["media_id"], "associated_metadata": {"alt_text": {"text": text}}}})
