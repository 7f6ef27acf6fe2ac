"""What a web page says about itself: the feeds it offers and the picture it wants to be shared with."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from content.actions.addresses import joined

FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/rdf+xml"}
PICTURE_NAMES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
# Pictures as small as this count visits or draw a corner.
SPECK = 48


@dataclass
class Marks:
    feeds: list[str] = field(default_factory=list)
    named_pictures: dict[str, str] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)

    @property
    def feed(self) -> str:
        """The first feed that is not one of comments."""
        articles = [address for address in self.feeds if "comment" not in address.lower()]
        return (articles or self.feeds or [""])[0]

    @property
    def shared_picture(self) -> str:
        return next((self.named_pictures[name] for name in PICTURE_NAMES if name in self.named_pictures), "")


class _Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.url = url
        self.marks = Marks()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: (value or "").strip() for name, value in attrs}
        if tag == "base" and given.get("href"):
            self.url = joined(self.url, given["href"]) or self.url
        elif tag == "link":
            self._link(given)
        elif tag == "meta":
            self._meta(given)
        elif tag == "img" and not is_speck(given) and (address := joined(self.url, given.get("src"))):
            self.marks.pictures.append(address)

    def _link(self, given: dict[str, str]) -> None:
        is_feed = "alternate" in given.get("rel", "").lower().split() and given.get("type", "").lower() in FEED_TYPES
        if is_feed and (address := joined(self.url, given.get("href"))):
            self.marks.feeds.append(address)

    def _meta(self, given: dict[str, str]) -> None:
        name = (given.get("property") or given.get("name") or "").lower()
        if name in PICTURE_NAMES and (address := joined(self.url, given.get("content"))):
            self.marks.named_pictures.setdefault(name, address)


def is_speck(given: dict[str, str]) -> bool:
    sizes = (given.get("width", ""), given.get("height", ""))
    return any(size.isdecimal() and len(size) < 6 and int(size) <= SPECK for size in sizes)


def read_marks(page: bytes | str, *, url: str) -> Marks:
    """Addresses are ASCII and so is markup, so the encoding of the words does not matter here."""
    reader = _Reader(url)
    reader.feed(page if isinstance(page, str) else page.decode("utf-8", "replace"))
    return reader.marks
