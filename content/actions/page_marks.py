"""What a web page says about itself: the feeds it offers, and the title, words and picture it is to be shared with."""

import codecs
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from content.actions.addresses import joined
from content.actions.plain_text import TITLE_LENGTH, cut, plain, summary_of

FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/rdf+xml"}
PICTURE_NAMES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
TITLE_NAMES = ("og:title", "twitter:title", "title")
WORDS_NAMES = ("og:description", "twitter:description", "description")
CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{1,20})""", re.IGNORECASE)
CHARSET_WITHIN = 2048  # bytes from the beginning
# As web pages are written; Python knows others that are no writing at all.
WRITTEN_AS = re.compile(r"utf-8|cp125\d|iso8859-\d+|koi8-[ru]|gb\w+|big5|euc_\w+|shift_jis|ascii")
# Pictures as small as this count visits or draw a corner.
SPECK = 48


@dataclass
class Marks:
    feeds: list[str] = field(default_factory=list)
    named_pictures: dict[str, str] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)

    @property
    def feed(self) -> str:
        """The first feed that is not one of comments."""
        articles = [address for address in self.feeds if "comment" not in address.lower()]
        return (articles or self.feeds or [""])[0]

    @property
    def shared_picture(self) -> str:
        return next((self.named_pictures[name] for name in PICTURE_NAMES if name in self.named_pictures), "")

    @property
    def title(self) -> str:
        """One plain line."""
        return cut(self._first(TITLE_NAMES), TITLE_LENGTH)

    @property
    def summary(self) -> str:
        return summary_of(self._first(WORDS_NAMES))

    def _first(self, names: tuple[str, ...]) -> str:
        return next((said for name in names if (said := plain(self.said.get(name)))), "")


class _Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.url = url
        self.marks = Marks()
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Drawings in the page have titles too: the first one is the page's.
        self.inside = tag if tag != "title" or "title" not in self.marks.said else ""
        given = {name: (value or "").strip() for name, value in attrs}
        if tag == "base" and given.get("href"):
            self.url = joined(self.url, given["href"]) or self.url
        elif tag == "link":
            self._link(given)
        elif tag == "meta":
            self._meta(given)
        elif tag == "img" and not is_speck(given) and (address := joined(self.url, given.get("src"))):
            self.marks.pictures.append(address)

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "title":
            self.marks.said["title"] = self.marks.said.get("title", "") + data

    def _link(self, given: dict[str, str]) -> None:
        is_feed = "alternate" in given.get("rel", "").lower().split() and given.get("type", "").lower() in FEED_TYPES
        if is_feed and (address := joined(self.url, given.get("href"))):
            self.marks.feeds.append(address)

    def _meta(self, given: dict[str, str]) -> None:
        name = (given.get("property") or given.get("name") or "").lower()
        if name in PICTURE_NAMES and (address := joined(self.url, given.get("content"))):
            self.marks.named_pictures.setdefault(name, address)
        elif name in (*TITLE_NAMES[:-1], *WORDS_NAMES) and given.get("content"):
            self.marks.said.setdefault(name, given["content"])


def is_speck(given: dict[str, str]) -> bool:
    sizes = (given.get("width", ""), given.get("height", ""))
    return any(size.isdecimal() and len(size) < 6 and int(size) <= SPECK for size in sizes)


def read_marks(page: bytes | str, *, url: str, content_type: str = "") -> Marks:
    reader = _Reader(url)
    reader.feed(page if isinstance(page, str) else _decoded(page, content_type))
    return reader.marks


def _decoded(page: bytes, content_type: str) -> str:
    """As the server says, else as the page says of itself, else UTF-8."""
    named = CHARSET.search(content_type.encode("ascii", "replace")) or CHARSET.search(page[:CHARSET_WITHIN])
    try:
        name = codecs.lookup(named[1].decode("ascii")).name if named else ""
    except LookupError:
        name = ""
    return page.decode(name if WRITTEN_AS.fullmatch(name) else "utf-8", "replace")
