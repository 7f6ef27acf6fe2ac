"""What the lexicon of app.bsky.feed.post asks of a record. Facets past the end of the text pass, as they do there."""

import re
from typing import Any

import regex

from sandbox.wire import Call

from . import voice

COLLECTION = "app.bsky.feed.post"
TID = re.compile(r"^[234567a-j][234567a-z]{12}$")
MOMENT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
ADDRESS = re.compile(r"^[a-z][a-z0-9+.-]*:\S+$", re.I)
LARGEST_IMAGE = 1_000_000
NEEDED = {"link": "uri", "mention": "did", "tag": "tag"}


def need(right: bool, what: str) -> None:
    if not right:
        raise voice.invalid(f"Invalid {COLLECTION} record: {what}")


def check_rkey(rkey: object) -> None:
    if not isinstance(rkey, str) or not TID.match(rkey):
        raise voice.invalid(f"Invalid record key for {COLLECTION}: not a valid TID")


def check(call: Call, record: dict[str, Any]) -> None:
    need(record.get("$type", COLLECTION) == COLLECTION, f"Record/$type must be {COLLECTION}")
    # Records are open: fields nobody knows are kept, so only the known ones are looked at.
    text = record.get("text")
    need(isinstance(text, str), 'Record must have the property "text"')
    need("createdAt" in record, 'Record must have the property "createdAt"')
    assert isinstance(text, str)
    need(len(text.encode("utf-8", "surrogatepass")) <= 3000, "Record/text must not be longer than 3000 characters")
    short = len(text) <= 300 or len(regex.findall(r"\X", text)) <= 300
    need(short, "Record/text must not be longer than 300 graphemes")
    need(bool(MOMENT.match(str(record["createdAt"]))), "Record/createdAt must be an valid atproto datetime")
    langs = record.get("langs", [])
    need(isinstance(langs, list) and len(langs) <= 3, "Record/langs must not have more than 3 elements")
    for facet in record.get("facets") or []:
        check_facet(facet)
    if record.get("embed") is not None:
        check_embed(call, record["embed"])


def check_facet(facet: Any) -> None:
    whole = isinstance(facet, dict) and isinstance(facet.get("index"), dict)
    need(whole, 'Record/facets must have the property "index"')
    for edge in ("byteStart", "byteEnd"):
        value = facet["index"].get(edge)
        need(isinstance(value, int) and value >= 0, f"Record/facets/index/{edge} must be an integer of 0 or more")
    need(isinstance(facet.get("features"), list), 'Record/facets must have the property "features"')
    for feature in facet["features"]:
        kind = str(feature.get("$type", "")).rpartition("#")[2]
        needed = NEEDED.get(kind)
        need(needed is None or bool(feature.get(needed)), f'Record/facets/features must have the property "{needed}"')
        need(kind != "link" or bool(ADDRESS.match(feature["uri"])), "Record/facets/features/uri must be a uri")


def check_embed(call: Call, embed: Any) -> None:
    need(isinstance(embed, dict), "Record/embed must be an object")
    kind = embed.get("$type")
    if kind == "app.bsky.embed.external":
        external = embed.get("external") or {}
        for name in ("uri", "title", "description"):
            need(isinstance(external.get(name), str), f'Record/embed/external must have the property "{name}"')
        need(bool(ADDRESS.match(external["uri"])), "Record/embed/external/uri must be a uri")
        if external.get("thumb") is not None:
            check_blob(call, external["thumb"])
    elif kind == "app.bsky.embed.images":
        images = embed.get("images") or []
        need(1 <= len(images) <= 4, "Record/embed/images must not have more than 4 elements")
        for image in images:
            need(isinstance(image.get("alt"), str), 'Record/embed/images must have the property "alt"')
            check_blob(call, image.get("image"))
    else:
        need(False, "Record/embed must be an embed this stand-in knows")


def check_blob(call: Call, blob: Any) -> None:
    need(isinstance(blob, dict) and blob.get("$type") == "blob", "Record/embed should be a blob ref")
    need(str(blob.get("mimeType", "")).startswith("image/"), "Record/embed wrong mimetype of file")
    need(blob.get("size", 0) <= LARGEST_IMAGE, f"Record/embed file is too large, maximum is {LARGEST_IMAGE} bytes")
    link = (blob.get("ref") or {}).get("$link", "")
    sql = "SELECT mime, length(bytes) AS size FROM media WHERE platform = ? AND media_id = ?"
    # A blob that never arrived, or is not what the record says it is, would be a card without its picture.
    kept = call.store.one(sql, voice.KEY, link)
    if kept is None:
        raise voice.refuse(400, "BlobNotFound", f"Could not find blob: {link}")
    if kept["mime"] != blob["mimeType"] or kept["size"] != blob.get("size"):
        raise voice.refuse(400, "InvalidMimeType", "Referenced blob does not match the stored one")
