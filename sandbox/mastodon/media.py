"""Pictures: sent first, then named in the post."""

from sandbox import posts
from sandbox.pictures import kind_of
from sandbox.wire import Answer, Call, reply

from . import entities, guard, voice

KINDS = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/heic", "image/heif"})
LARGEST = 16_777_216


def upload(call: Call) -> Answer:
    person = guard.person(call, "write:media")
    guard.spend(call, "media", person["remote_id"], 30, 1800)
    fields, files = call.parts
    file = files.get("file")
    if file is None:
        return voice.invalid("File can't be blank")
    if file.mime not in KINDS:
        return voice.invalid("File content type is not supported")
    # Newer kinds are taken at their word; those everybody knows are looked at.
    if not kind_of(file.content) and file.mime in ("image/jpeg", "image/png", "image/gif", "image/webp"):
        return voice.invalid("File content type is invalid")
    if len(file.content) > LARGEST:
        return voice.invalid("File size must be less than 16 MB")
    if len(fields.get("description", "")) > 1500:
        return voice.invalid("Description is too long (maximum is 1500 characters)")
    # Since version 4 only large files and films answer 202; the mode lets a test meet it with any picture.
    slow = float(call.world.modes["mastodon"]["slow_media"])
    number = str(posts.next_number(call) >> 6)
    call.store.insert(
        "media",
        platform=voice.KEY,
        media_id=number,
        account=person["remote_id"],
        mime=file.mime,
        alt=fields.get("description", ""),
        bytes=file.content,
        ready_at=call.now + slow,
        at=call.now,
    )
    return reply(entities.attachment(call, number), 202 if slow else 200)


def show(call: Call) -> Answer:
    person = guard.person(call, "write:media")
    sql = "SELECT * FROM media WHERE platform = ? AND media_id = ? AND account = ?"
    row = call.store.one(sql, voice.KEY, call.params["media_id"], person["remote_id"])
    if row is None:
        return voice.not_found()
    return reply(entities.attachment(call, row["media_id"]), 200 if row["ready_at"] <= call.now else 206)
