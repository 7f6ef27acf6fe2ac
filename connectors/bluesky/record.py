"""The record of a post. Frozen: every attempt of a share sends the very same JSON."""

import json
from datetime import UTC
from typing import Any

from connectors.base import Draft
from connectors.bluesky.text import facets

POST = "app.bsky.feed.post"
# The lexicon allows 2,000,000 bytes for pictures of late; for a card's it is still this.
LARGEST_THUMB = 1_000_000
SIGNATURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif", b"RIFF": "image/webp"}


def post_record(draft: Draft, thumb: str) -> dict[str, Any]:
    """`thumb` is the blob of the card's picture as JSON, or empty."""
    at = draft.marker.started_at.astimezone(UTC)
    record: dict[str, Any] = {
        "$type": POST,
        "text": draft.text,
        "createdAt": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    if draft.language:
        record["langs"] = [draft.language]
    found = facets(draft.text)
    if found:
        record["facets"] = found
    if draft.link:
        card: dict[str, Any] = {
            "uri": draft.link.url,
            "title": draft.link.title or draft.link.url,
            "description": draft.link.description,
        }
        if thumb:
            card["thumb"] = json.loads(thumb)
        record["embed"] = {"$type": "app.bsky.embed.external", "external": card}
    return record


def picture_type(image: bytes) -> str:
    return next((kind for start, kind in SIGNATURES.items() if image.startswith(start)), "application/octet-stream")
