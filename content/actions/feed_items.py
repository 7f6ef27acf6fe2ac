"""Bytes of a feed to the few things we take from it. Touches neither database nor network."""

import calendar
import hashlib
import io
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import feedparser
from django.utils.translation import gettext as _

from content.actions.addresses import joined
from content.actions.errors import NotAFeed
from content.actions.page_marks import is_speck, read_marks
from content.actions.plain_text import TITLE_LENGTH, cut, plain, printable, summary_of

log = logging.getLogger(__name__)
MOST_ITEMS = 50
# Of one article; what we take from it stands at its beginning.
MOST_WORDS = 100_000
# Before the web had feeds, and what clocks say that were never set.
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)
LOOKS_LIKE_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
PICTURE_NAME = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|[?#])", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    guid: str
    url: str
    title: str
    summary: str
    language: str
    picture: str
    written_at: datetime | None


@dataclass(frozen=True)
class ParsedFeed:
    title: str
    items: tuple[Item, ...]
    found: int  # entries of any kind, also those without an address that can be shared


def parse_feed(body: bytes, *, url: str, content_type: str = "", at: datetime) -> ParsedFeed:
    """The newest fifty items, newest first. NotAFeed says in a sentence what came instead."""
    found = _parsed(body, url, content_type)
    language = language_code(found.feed.get("language"))
    # Sorted before they are read: of a feed with thousands of items only the newest cost anything. What has no date
    # keeps its place behind what has one.
    newest = sorted(found.entries, key=lambda entry: _written_at(entry, at) or EARLIEST, reverse=True)
    items = list(islice(_once(filter(None, (_item(entry, url, language, at) for entry in newest))), MOST_ITEMS))
    return ParsedFeed(cut(plain(found.feed.get("title")), 200), tuple(items), len(found.entries))


def _parsed(body: bytes, url: str, content_type: str) -> Any:
    if not body.strip():
        raise NotAFeed(_("The address answers with an empty page."))
    # Without content-location: the parser would join guids to the address too, and they would change with it.
    headers = {"content-type": content_type} if content_type else {}
    try:
        # As a stream: a string would be taken for an address or a file name and opened. We clean and join ourselves,
        # since the parser's own cleaning takes minutes for markup nested deeply enough.
        found = feedparser.parse(
            io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # the parser promises nothing about bytes that are no feed at all
        log.info("feed at %s could not be parsed: %s", url, type(error).__name__)
        raise NotAFeed(_("What stands at this address cannot be read as a feed.")) from error
    if found.get("version"):
        return found
    if LOOKS_LIKE_HTML.search(body[:2000]):
        raise NotAFeed(_("This address answers with a web page, not with a feed."), read_marks(body, url=url).feed)
    raise NotAFeed(_("What stands at this address is neither RSS nor Atom."))


def _item(entry: Any, base: str, language: str, at: datetime) -> Item | None:
    guid, link = str(entry.get("id") or "").strip(), str(entry.get("link") or "").strip()
    # The parser takes every guid for an address where an item has no link of its own.
    address = joined(base, link) if link != guid or guid.startswith("http") else ""
    if not address:
        return None
    summary = summary_of(entry.get("summary")) or summary_of(_content(entry))
    title = cut(plain(entry.get("title")), TITLE_LENGTH) or cut(summary, 80) or address[:TITLE_LENGTH]
    return Item(
        guid=short_guid(printable(guid).strip() or address),
        url=address,
        title=title,
        summary="" if summary == title else summary,
        language=language_code(_said_language(entry)) or language,
        picture=_picture(entry, base),
        written_at=_written_at(entry, at),
    )


def _once(items: Iterable[Item]) -> Iterator[Item]:
    seen: set[str] = set()
    for item in items:
        if not {item.guid, item.url} & seen:
            yield item
        seen |= {item.guid, item.url}


def _written_at(entry: Any, at: datetime) -> datetime | None:
    parsed = entry.get("published_parsed") or ("updated_parsed" in entry and entry["updated_parsed"])
    try:
        written = datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None
    return written if written and EARLIEST <= written <= at + AHEAD else None


def _content(entry: Any) -> str:
    return " ".join(str(part.get("value") or "") for part in entry.get("content") or [])


def _said_language(entry: Any) -> str | None:
    detail = entry.get("title_detail") or {}
    return detail.get("language")


def _picture(entry: Any, base: str) -> str:
    """The largest picture the feed attaches, else the first one of the text, else the thumbnail."""
    attached = filter(_is_picture, [*(entry.get("media_content") or []), *(entry.get("enclosures") or [])])
    addresses = [part.get("url") or part.get("href") for part in sorted(attached, key=_width, reverse=True)]
    words = (_content(entry) or str(entry.get("summary") or ""))[:MOST_WORDS]
    shown = read_marks(words, url=joined(base, entry.get("link")) or base).pictures
    small = [part.get("url") for part in entry.get("media_thumbnail") or [] if not is_speck(part)]
    return next((found for address in [*addresses, *shown, *small] if (found := joined(base, address))), "")


def _is_picture(part: Any) -> bool:
    kind = str(part.get("medium") or part.get("type") or "").lower()
    address = str(part.get("url") or part.get("href") or "")
    # Some feeds call every attachment a file of bytes.
    named = PICTURE_NAME.search(address) or "type" not in part and "medium" not in part
    return bool(kind.startswith("image") or named) and not is_speck(part)


def _width(part: Any) -> int:
    width = str(part.get("width") or "")
    return int(width) if width.isdecimal() and len(width) < 6 else 0


def short_guid(guid: str) -> str:
    return guid if len(guid) <= 500 else f"sha256:{hashlib.sha256(guid.encode('utf-8', 'replace')).hexdigest()}"


def language_code(text: Any) -> str:
    """`en` of "en-GB" or "EN_us"; empty for anything that is no language."""
    match = re.match(r"^([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*$", str(text or "").strip().lower())
    return match[1] if match else ""
