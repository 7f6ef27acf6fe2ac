"""What goes into a connector and what comes out. Frozen, and silent about secrets when printed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from connectors.text import printable


@dataclass(frozen=True)
class App:
    """Our registration with a platform; `origin` names the server where each has its own."""

    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    origin: str = ""


@dataclass(frozen=True)
class Credentials:
    """One member's right to post. `extra` holds what only the connector understands."""

    origin: str = ""
    access: str = field(default="", repr=False)
    refresh: str = field(default="", repr=False)
    expires_at: datetime | None = None
    scopes: frozenset[str] = frozenset()
    remote_id: str = ""
    handle: str = ""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    extra: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def app(self) -> App:
        return App(self.client_id, self.client_secret, self.origin)


@dataclass(frozen=True)
class Grant:
    """What a platform gave us. `refresh` and `expires_at` are empty where it has none; `origin`, `remote_id` and
    `handle` are filled where signing in tells them already. An empty `extra` leaves what was kept before."""

    access: str = field(repr=False)
    refresh: str = field(default="", repr=False)
    expires_at: datetime | None = None
    scopes: frozenset[str] = frozenset()
    origin: str = ""
    remote_id: str = ""
    handle: str = ""
    extra: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Departure:
    """Where a member is sent to consent, and what has to be at hand when they come back (kept sealed)."""

    url: str
    kept: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Identity:
    """Who an account is. `remote_id` never changes; `handle` is what people read and may change."""

    remote_id: str
    handle: str
    name: str = ""
    avatar_url: str = ""
    profile_url: str = ""


@dataclass(frozen=True)
class Card:
    """The link a post carries, and how it presents itself where the platform does not look for itself."""

    url: str
    title: str = ""
    description: str = ""
    image: bytes | None = field(default=None, repr=False)
    image_alt: str = ""

    def __post_init__(self) -> None:
        for name in ("title", "description", "image_alt"):
            object.__setattr__(self, name, printable(getattr(self, name)))


@dataclass(frozen=True)
class Media:
    """A picture, or a document, that is posted itself. `alt` is for people who cannot see it, `name` is what a document
    is called; `address` is where the platform may fetch it for a while, empty where it cannot reach us."""

    content: bytes = field(repr=False)
    type: str
    alt: str = ""
    name: str = ""
    address: str = field(default="", repr=False)
    width: int = 0
    height: int = 0

    @property
    def is_picture(self) -> bool:
        return self.type.startswith("image/")


@dataclass(frozen=True)
class Marker:
    """By what we recognise a post as this share's, made once and kept: an idempotency key, a record key (see
    `record_key`), the tracked address in it, and when the first attempt began."""

    key: str
    record_key: str
    short_url: str
    started_at: datetime


@dataclass(frozen=True)
class Draft:
    """What is to be posted. `prepared` is what `prepare` returned, kept so that every attempt sends the same.

    `media` stands in for the link's card, so that the link joins the words. `visibility` is one of the connector's
    `visibilities`, empty for its first; `warning` is shown before the post is opened; `partnership` asks for the
    platform's own label, beside the words that say it anyway.
    """

    text: str
    link: Card | None
    language: str
    marker: Marker
    prepared: Mapping[str, str] = field(default_factory=dict)
    media: tuple[Media, ...] = ()
    visibility: str = ""
    warning: str = ""
    partnership: bool = False

    def __post_init__(self) -> None:
        # The last line before a platform: nothing leaves that could hide words or turn them round.
        object.__setattr__(self, "text", printable(self.text))


@dataclass(frozen=True)
class Receipt:
    """A post that exists. `post_id` and `url` are empty where the platform would not name it. `adopted` means that
    it was there before this call."""

    post_id: str
    url: str
    adopted: bool = False


@dataclass(frozen=True)
class Reading:
    """Figures of one post at one time. None means that the platform does not say; it never means nought. No two kinds
    are the same thing: a post is shown (impressions) to people (reach), played or opened (views) and reacted to."""

    likes: int | None = None  # reactions of any kind
    reposts: int | None = None
    replies: int | None = None
    quotes: int | None = None
    impressions: int | None = None
    reach: int | None = None  # different people it was shown to
    views: int | None = None
    saves: int | None = None
    clicks: int | None = None  # on the link, as the platform counts them
    gone: bool = False


@dataclass(frozen=True)
class Problem:
    """Why a draft cannot go out as it is; `sentence` says what to do."""

    code: str
    sentence: str


@dataclass(frozen=True)
class Mention:
    """Somebody outside talking about us."""

    post_id: str
    url: str
    author: str
    text: str
    at: datetime
    language: str = ""
