"""Text with its links made clickable, each platform's own way."""

import json
import sqlite3
from html import escape

import regex

LINK = regex.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]'…]")
TAG = regex.compile(r"(?<![\w/#&])#\w*\p{L}\w*")


def html(row: sqlite3.Row) -> str:
    return by_facets(row) if row["platform"] == "bluesky" else by_address(row["text"])


def by_address(text: str) -> str:
    parts, position = [], 0
    for match in LINK.finditer(text):
        parts += [plain(text[position : match.start()]), anchor(match[0], match[0])]
        position = match.end()
    return "".join(parts) + plain(text[position:])


def by_facets(row: sqlite3.Row) -> str:
    """Bluesky links nothing by itself: what the byte ranges of the record say is a link, and nothing else is."""
    data, parts, position = row["text"].encode(), [], 0
    facets = json.loads(row["body"]).get("facets") or []
    for facet in sorted(facets, key=lambda one: one["index"]["byteStart"]):
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        address = next((one["uri"] for one in facet["features"] if one.get("uri")), "")
        # A range past the end, or across another one, is passed over as real clients do.
        if start < position or end > len(data) or not address.startswith(("http://", "https://")):
            continue
        parts += [plain(data[position:start].decode("utf-8", "replace"))]
        parts += [anchor(address, data[start:end].decode("utf-8", "replace"))]
        position = end
    return "".join(parts) + plain(data[position:].decode("utf-8", "replace"))


def anchor(address: str, shown: str) -> str:
    shown = shown.split("://", 1)[-1]
    return f'<a href="{escape(address)}" rel="nofollow noopener noreferrer">{escape(shown)}</a>'


def plain(text: str) -> str:
    return TAG.sub(lambda match: f"<b>{match[0]}</b>", escape(text, quote=False)).replace("\n", "<br>")
