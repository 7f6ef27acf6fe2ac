"""Bluesky links nothing by itself: each link and tag is a facet, placed by bytes of UTF-8."""

from typing import Any

from connectors.text import Span, addresses, graphemes, hashtags

MOST_GRAPHEMES = 300
MOST_BYTES = 3000
LONGEST_TAG = 64


def facets(text: str) -> list[dict[str, Any]]:
    """Links and tags in order. The end is exclusive and never past the text: the server would not mind if it were."""
    found = [(span, {"$type": "app.bsky.richtext.facet#link", "uri": span.text}) for span in addresses(text)]
    found += [
        (span, {"$type": "app.bsky.richtext.facet#tag", "tag": span.text})
        for span in hashtags(text)
        if graphemes(span.text) <= LONGEST_TAG
    ]
    found.sort(key=lambda pair: pair[0].start)
    return [{"index": index(text, span), "features": [feature]} for span, feature in found]


def index(text: str, span: Span) -> dict[str, int]:
    start = size(text[: span.start])
    return {"byteStart": start, "byteEnd": start + size(text[span.start : span.end])}


def size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
