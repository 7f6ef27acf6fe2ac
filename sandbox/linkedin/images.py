"""Pictures and documents: ask for an address, put the bytes there, name them in the post."""

import secrets

from sandbox.pictures import kind_of
from sandbox.wire import Answer, Call, reply

from . import guard, voice

LARGEST = {"image": 8_000_000, "document": 100_000_000}
KINDS = {"image": ("image/jpeg", "image/png", "image/gif"), "document": ("application/pdf",)}
UPLOAD_LIFE = 86_400.0


def initialize(call: Call) -> Answer:
    return begun(call, "image")


def initialize_document(call: Call) -> Answer:
    return begun(call, "document")


def begun(call: Call, kind: str) -> Answer:
    person = guard.caller(call, "w_member_social")
    if call.asked("action") != "initializeUpload":
        raise voice.refuse(400, "ILLEGAL_ARGUMENT", "The action is not supported")
    request = (call.json or {}).get("initializeUploadRequest")
    if not isinstance(request, dict) or request.get("owner") != f"urn:li:person:{person['remote_id']}":
        raise voice.invalid("initializeUploadRequest/owner", "is not the member who asks")
    urn = f"urn:li:{kind}:D4E{secrets.token_urlsafe(12).replace('-', 'a')}"
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
                kind: urn,
                "uploadUrl": f"{call.world.base}/linkedin/dms-uploads/{urn}",
            }
        }
    )


def put(call: Call) -> Answer:
    row = call.store.one("SELECT * FROM media WHERE platform = ? AND media_id = ?", voice.KEY, call.params["urn"])
    # The address itself is the right to use it.
    if row is None or call.now > row["at"] + UPLOAD_LIFE:
        return voice.error(404, "NOT_FOUND", "There is no such upload")
    mime, kind = kind_of(call.body), call.params["urn"].split(":")[2]
    if mime not in KINDS[kind] or len(call.body) > LARGEST[kind]:
        return voice.error(400, "ILLEGAL_ARGUMENT", f"The {kind} is too large or of a kind that is not supported")
    sql = "UPDATE media SET bytes = ?, mime = ?, ready_at = ? WHERE platform = ? AND media_id = ?"
    call.store.run(sql, call.body, mime, call.now, voice.KEY, row["media_id"])
    return Answer(201)
