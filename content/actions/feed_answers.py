"""What a server said when asked for a feed, as one of three outcomes. Nothing here touches the database."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from django.utils.translation import gettext as _

from content.actions.errors import NotAFeed
from content.actions.feed_items import ParsedFeed, parse_feed
from content.actions.outside import fetch
from core.http import Answer, HttpError, TooLarge

LARGEST_FEED = 5_000_000
ACCEPTS = "application/rss+xml, application/atom+xml, application/rdf+xml, application/xml;q=0.9, */*;q=0.5"
LONGEST_WAIT = timedelta(hours=24)


@dataclass(frozen=True)
class Fresh:
    parsed: ParsedFeed
    etag: str
    last_modified: str


@dataclass(frozen=True)
class Unchanged:
    pass


@dataclass(frozen=True)
class Failed:
    sentence: str
    gone: bool = False
    wait: timedelta | None = None
    advertised: str = ""


Outcome = Fresh | Unchanged | Failed


def ask(url: str, *, etag: str, last_modified: str, at: datetime) -> Outcome:
    """Ask for a feed, sparing both sides what has not changed."""
    headers = {"Accept": ACCEPTS} | ({"If-None-Match": etag} if etag else {})
    headers |= {"If-Modified-Since": last_modified} if last_modified else {}
    try:
        answer = fetch(url, headers=headers, max_bytes=LARGEST_FEED)
    except TooLarge:
        return Failed(_("This feed is larger than 5 MB, which is more than we read."))
    except HttpError as error:
        return Failed(error.sentence)
    return _read(answer, url, at)


def _read(answer: Answer, url: str, at: datetime) -> Outcome:
    if answer.status == 304:
        return Unchanged()
    if not answer.ok:
        return Failed(_status(answer.status), gone=answer.status == 410, wait=_asked_to_wait(answer, at))
    try:
        parsed = parse_feed(answer.body, url=answer.url, content_type=answer.headers.get("content-type", ""), at=at)
    except NotAFeed as error:
        return Failed(error.sentence, advertised=error.advertised if error.advertised != url else "")
    etag, last_modified = answer.headers.get("etag", ""), answer.headers.get("last-modified", "")
    # One too long to keep is one we do without; cut short it would never match.
    return Fresh(parsed, etag if len(etag) <= 300 else "", last_modified if len(last_modified) <= 100 else "")


def _status(status: int) -> str:
    sentences = {
        401: _("The server wants a name and password for this feed, which we do not send."),
        403: _("The server does not let us read this feed."),
        404: _("There is nothing at this address (404)."),
        410: _("The server says that this feed is gone for good (410)."),
        429: _("The server asks us to come less often."),
    }
    if status in sentences:
        return sentences[status]
    if status >= 500:
        return _("The server has trouble at the moment (%(status)s).") % {"status": status}
    return _("The server answered with %(status)s instead of a feed.") % {"status": status}


def _asked_to_wait(answer: Answer, at: datetime) -> timedelta | None:
    """What Retry-After says, in seconds or as a date, at most a day."""
    text = str(answer.headers.get("retry-after", "")).strip()
    try:
        wait = timedelta(seconds=int(text)) if text.isdecimal() else parsedate_to_datetime(text) - at
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(wait, timedelta(0)), LONGEST_WAIT)
