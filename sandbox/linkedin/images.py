"""Pictures: ask for an address, put the bytes there, name the picture in the post."""

import secrets

from sandbox.wire import Answer, Call, reply

from . import guard, voice

LARGEST = 8_000_000
UPLOAD_LIFE = 86_400.0


def initialize(call: Call) -> Answer:
    person = guard.caller(call, "w_member_social")
    if call.asked("action") != "initializeUpload":
        raise voice.refuse(400, "ILLEGAL_ARGUMENT", "The action is not supported")
    request = (call.json or {}).get("initializeUploadRequest")
    if not isinstance(request, dict) or request.get("owner") != f"urn:li:person:{person['remote_id']}":
        raise voice.invalid("initializeUploadRequest/owner", "is not the member who asks")
    urn = f"urn:li:image:D4E{secrets.token_urlsafe(12).replace('-', 'a')}"
    call.store.insert(
        "media",
        platform=voice.KEY,
        media_id=urn,
        account=person["remote_id"],
        mime="",
        alt="",
        bytes=None,
        ready_at=None,
        at=call.now,
    )
    return reply(
        {
            "value": {
                "uploadUrlExpiresAt": int((call.now + UPLOAD_LIFE) * 1000),
                "image": urn,
                "uploadUrl": f"{call.world.base}/linkedin/dms-uploads/{urn}",
            }
        }
    )


def put(call: Call) -> Answer:
    row = call.store.one("SELECT * FROM media WHERE platform = ? AND media_id = ?", voice.KEY, call.params["urn"])
    # The address itself is the right to use it.
    if row is None or call.now > row["at"] + UPLOAD_LIFE:
        return voice.error(404, "NOT_FOUND", "There is no such upload")
    mime = sniffed(call.body)
    if not mime or len(call.body) > LARGEST:
        return voice.error(400, "ILLEGAL_ARGUMENT", "The image is too large or of a kind that is not supported")
    sql = "UPDATE media SET bytes = ?, mime = ?, ready_at = ? WHERE platform = ? AND media_id = ?"
    call.store.run(sql, call.body, mime, call.now, voice.KEY, row["media_id"])
    return Answer(201)


def sniffed(content: bytes) -> str:
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    return "image/gif" if content.startswith((b"GIF87a", b"GIF89a")) else ""
