"""Bluesky links nothing by itself: each link, tag and mention is a facet, placed by bytes of UTF-8."""

from collections.abc import Mapping
from typing import Any

from connectors.atproto import HANDLE_IN_TEXT
from connectors.text import Span, addresses, graphemes, hashtags

MOST_GRAPHEMES = 300
MOST_BYTES = 3000
LONGEST_TAG = 64


def mentions(text: str) -> list[Span]:
    """Whom a text calls by their whole handle, as in @name.bsky.social; nobody inside an address."""
    found = [Span(one.start(), one.end(), one[1].lower()) for one in HANDLE_IN_TEXT.finditer(text)]
    taken = addresses(text)
    return [one for one in found if not any(one.start < span.end and span.start < one.end for span in taken)]


def facets(text: str, known: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """Links, tags, and mentions of those whose lasting id is known, in order. The end is exclusive and never past the
    text: the server would not mind if it were."""
    found = [(span, {"$type": "app.bsky.richtext.facet#link", "uri": span.text}) for span in addresses(text)]
    found += [
        (span, {"$type": "app.bsky.richtext.facet#tag", "tag": span.text})
        for span in hashtags(text)
        if graphemes(span.text) <= LONGEST_TAG
    ]
    found += [
        (span, {"$type": "app.bsky.richtext.facet#mention", "did": known[span.text]})
        for span in mentions(text)
        if known and span.text in known
    ]
    found.sort(key=lambda pair: pair[0].start)
    return [{"index": index(text, span), "features": [feature]} for span, feature in found]


def index(text: str, span: Span) -> dict[str, int]:
    start = size(text[: span.start])
    return {"byteStart": start, "byteEnd": start + size(text[span.start : span.end])}


def size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
