"""The record of a post. Frozen: every attempt of a share sends the very same JSON."""

import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from connectors.base import Card, Draft, Media
from connectors.base.answers import id_of, inside, number
from connectors.bluesky.text import facets

POST = "app.bsky.feed.post"
# The lexicon allows 2,000,000 bytes for pictures of late; for a card's, and on older servers, it is still this.
LARGEST_PICTURE = 1_000_000


def post_record(draft: Draft, text: str, prepared: Mapping[str, str]) -> dict[str, Any]:
    """`prepared` holds as JSON the blobs of the pictures, or that of the card's, and who is mentioned."""
    at = draft.marker.started_at.astimezone(UTC)
    record: dict[str, Any] = {
        "$type": POST,
        "text": text,
        "createdAt": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    if draft.language:
        record["langs"] = [draft.language]
    found = facets(text, json.loads(prepared.get("mentions", "{}")))
    if found:
        record["facets"] = found
    if draft.media:
        blobs = json.loads(prepared["pictures"])
        shown = [picture(one, blob) for one, blob in zip(draft.media, blobs, strict=True)]
        record["embed"] = {"$type": "app.bsky.embed.images", "images": shown}
    elif draft.link:
        record["embed"] = {"$type": "app.bsky.embed.external", "external": card(draft.link, prepared.get("thumb"))}
    return record


def picture(media: Media, blob: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {"alt": media.alt, "image": blob}
    if media.width and media.height:
        shown["aspectRatio"] = {"width": media.width, "height": media.height}
    return shown


def card(link: Card, thumb: str | None) -> dict[str, Any]:
    shown: dict[str, Any] = {"uri": link.url, "title": link.title or link.url, "description": link.description}
    return shown | {"thumb": json.loads(thumb)} if thumb else shown


def blob_in(answer: Any) -> dict[str, Any]:
    """The reference to a picture the server keeps, with the fields of the lexicon; empty for anything else."""
    link, mime, size = id_of(inside(answer, "ref", "$link")), id_of(inside(answer, "mimeType")), inside(answer, "size")
    made = {"$type": "blob", "ref": {"$link": link}, "mimeType": mime, "size": size}
    return made if link and mime and number(size) is not None else {}
