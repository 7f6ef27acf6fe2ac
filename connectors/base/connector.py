import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Any, ClassVar, Literal, Self
from urllib.parse import quote

from connectors.base.counting import note_call
from connectors.base.errors import OutcomeUnknown, Rejected, Unavailable
from connectors.base.limits import Limit, Prices, Quota, said
from connectors.base.media import Carries, media_problems
from connectors.base.server import ServerLimits
from connectors.base.things import App, Credentials, Departure, Draft, Grant, Identity, Problem, Reading, Receipt
from connectors.text import called
from core.http import Answer, Door, Lost, NotSent, Refused

TOLD_BEFORE = timedelta(days=61)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
READ_AT = (
    MINUTE, 20 * MINUTE, 90 * MINUTE, 6 * HOUR, *(DAY * number for number in range(1, 8)), 14 * DAY, 21 * DAY, 28 * DAY,
)  # fmt: skip


class Connector(ABC):
    """One platform. Data first, then small translations.

    Every method that calls the platform raises only the five errors of `connectors.base.errors`, and calls each
    address once: nothing here tries again.
    """

    key: ClassVar[str]
    name: ClassVar[str]
    scopes: ClassVar[tuple[str, ...]] = ()
    facts_file: ClassVar[str] = "facts.toml"  # what people are told, beside the connector
    wider_scopes: ClassVar[tuple[str, ...]] = ()  # what older servers know instead, asked for where they want those
    limit: int  # of characters; `at_server` may set another on a copy
    counts: str  # in words, what `limit` counts
    grant_kind: ClassVar[Literal["oauth2", "app_password"]] = "oauth2"
    who_is_free: ClassVar[bool] = True  # otherwise each `who` is on the bill
    needs_origin: ClassVar[bool] = False  # each server of the platform has an address of its own
    asks_handle: ClassVar[bool] = False  # before the consent page can be found, a member says who they are
    # Nobody registers us: the platform reads a document at an address of ours, which is our client id.
    describes_itself: ClassVar[bool] = False
    takes_app_password: ClassVar[bool] = False  # besides; the demo and tests use it, a firm never does
    uses_pkce: ClassVar[bool] = True
    can_refresh: ClassVar[bool] = False
    refresh_after: ClassVar[timedelta] = timedelta(0)  # a younger token is not renewed
    # Where a token can be renewed only while it lives: renew it this long before its end, asked for or not.
    renew_before: ClassVar[timedelta | None] = None
    can_revoke: ClassVar[bool] = True  # otherwise only the member can have the platform forget us
    can_find: ClassVar[bool] = False  # `find` can prove that a post is absent
    can_read: ClassVar[bool] = False
    can_delete: ClassVar[bool] = True
    can_listen: ClassVar[bool] = False
    sends_picture: ClassVar[bool] = False  # the card shows our picture, not what the platform finds behind the link
    has_card: ClassVar[bool] = False  # the link stands in a card of its own, unless a picture or document does
    # Its rules take the same, or nearly the same, words from one account only, however many members share through us.
    forbids_same_words: ClassVar[bool] = False
    # Who is called by an @ as one of these is notified there; others stay plain text. And how such a name looks.
    calls: ClassVar[re.Pattern[str] | None] = None
    calls_like: ClassVar[str] = ""
    carries: Carries = Carries()  # what a post may hold besides words and a link
    read_batch: ClassVar[int] = 1
    # Whose posts a call may read: "own" only those of the account that asks; "shared" those of any member there, by
    # any member's token; "open" those of anybody, without a token.
    reads_any: ClassVar[Literal["own", "shared", "open"]] = "own"
    # How old a post is when it is read: soon and often while it is fresh, rarer later.
    reads_at: ClassVar[tuple[timedelta, ...]] = READ_AT
    reads_until: ClassVar[timedelta] = timedelta(days=30)  # never later, even where the platform would still tell
    read_calls: ClassVar[int] = 1  # calls one batch takes
    figures: ClassVar[tuple[str, ...]] = ()  # kinds of connectors.base.Reading this platform tells
    # A resend of the very same draft creates no second post: not before so long after the attempt (None: never
    # without `find`), not later than so long after the first one (None: any time), and so often (None: any number).
    resend_safe_after: ClassVar[timedelta | None] = None
    resend_until: ClassVar[timedelta | None] = None
    resends_allowed: ClassVar[int | None] = None

    limits: ClassVar[tuple[Limit, ...]] = ()
    prices: ClassVar[Prices | None] = None  # where posts, or their figures, cost money

    # Of a whole call, connection and body included; a share's lease is a little longer than this.
    seconds: float = 15.0

    def __init__(self, door: Door, places: Mapping[str, str] | None = None) -> None:
        """`places` maps this connector's own names of addresses to others, so that stand-ins can take their place."""
        self.door = door
        self.places = dict(places or {})
        # Whoever keeps the budgets sets this, and hears what headers say. Called on the thread of the call.
        self.heard: Callable[[Quota], None] = lambda quota: None

    @property
    def version(self) -> str:
        """Of its interface, where each call has to name one."""
        return ""

    def version_dies_on(self) -> date | None:
        """From when on the platform may refuse that version."""
        return None

    def ends_on(self, today: date) -> date | None:
        """The day on which the platform retires the version we speak, told from two months before; else None."""
        day = self.version_dies_on()
        return day if day and today >= day - TOLD_BEFORE else None

    @classmethod
    def stays_plain(cls, text: str) -> list[str]:
        """Whom a text calls by an @ in a way that this platform does not understand."""
        return [one for one in called(text) if cls.calls is None or not cls.calls.fullmatch(one)]

    # Grant

    def normalise_origin(self, text: str) -> str:
        """The address of the server a member typed, as "https://example.social"; Rejected with what is wrong."""
        return ""

    def register(self, origin: str, redirect_uri: str) -> tuple[str, str]:
        """Register our app with one server: client id and secret. Only where `needs_origin`."""
        raise Rejected(f"{self.name} knows no registration by address.", "not_available")

    def authorize(self, *, app: App, redirect_uri: str, state: str, challenge: str, hint: str = "") -> Departure:
        """To the consent page. `state` and the PKCE challenge (S256) are the caller's; `hint` is who wants to."""
        raise Rejected(f"{self.name} is connected without a consent page.", "not_available")

    def exchange(
        self,
        *,
        app: App,
        code: str,
        verifier: str,
        redirect_uri: str,
        kept: Mapping[str, str] | None = None,
        issuer: str = "",
    ) -> Grant:
        """Turn the code of the callback into tokens: inside the callback, since codes die within seconds. `kept` is
        the departure's, `issuer` what the callback says of who sent it."""
        raise Rejected(f"{self.name} is connected without a consent page.", "not_available")

    def sign_in(self, *, handle: str, app_password: str) -> Grant:
        """Only where `takes_app_password`."""
        raise Rejected(f"{self.name} is connected by its consent page.", "not_available")

    def refresh(self, credentials: Credentials) -> Grant:
        """A new pair, to be saved before it is used: the old refresh token may be dead already."""
        raise Rejected(f"{self.name} gives no new tokens; please connect it again.", "not_available")

    @abstractmethod
    def who(self, credentials: Credentials) -> Identity: ...

    @abstractmethod
    def revoke(self, credentials: Credentials) -> None:
        """Tell the platform to forget our tokens. One that is dead already counts as revoked."""

    # Share

    def ask_limits(self, origin: str) -> ServerLimits:
        """What this server allows, asked now. Raises the five errors; only where `needs_origin`."""
        return ServerLimits()

    def at_server(self, limits: ServerLimits) -> Self:
        """This connector as a server with these limits has it."""
        return self

    @abstractmethod
    def length(self, text: str) -> int:
        """How long this text is as the platform counts it."""

    def used(self, draft: Draft) -> int:
        """How much of `limit` the whole post takes; where there is a content warning, it counts."""
        return self.length((draft.warning if self.carries.warning else "") + self.written(draft))

    def written(self, draft: Draft) -> str:
        """The text as it will stand on the platform. The link joins it where no card carries it."""
        if draft.link is None or draft.link.url in draft.text or (self.has_card and not draft.media):
            return draft.text
        return self.with_link(draft)

    def with_link(self, draft: Draft) -> str:
        if draft.link is None or draft.link.url in draft.text:
            return draft.text
        return f"{draft.text.rstrip()}\n\n{draft.link.url}".strip()

    def problems(self, draft: Draft, *, limit: int | None = None) -> list[Problem]:
        """Everything we know the platform would refuse. `limit` where this account's server has another than usual."""
        found, allowed = media_problems(self.name, self.carries, draft), self.limit if limit is None else limit
        length = self.used(draft)
        if not self.written(draft).strip():
            return [Problem("empty", "There is nothing to post yet; please write something."), *found]
        if length > allowed:
            over = length - allowed
            sentence = f"This is {over} too many for {self.name}, which takes {allowed} {self.counts}."
            if over == 1:
                sentence = f"This is one too many for {self.name}, which takes {allowed} {self.counts}."
            return [Problem("too_long", sentence), *found]
        return found

    def prepare(self, credentials: Credentials, draft: Draft) -> Mapping[str, str]:
        """The steps before the post itself, such as sending pictures. Save what comes back as `Draft.prepared`:
        where resends must be identical, sending a picture again would make them differ."""
        return {}

    @abstractmethod
    def publish(self, credentials: Credentials, draft: Draft, *, resend: bool = False) -> Receipt:
        """Create the post. `resend` says that an earlier attempt ended unknown."""

    def find(self, credentials: Credentials, draft: Draft) -> Receipt | None:
        """Whether the post of an earlier attempt is up. None means proven absent; not being able to say raises."""
        raise OutcomeUnknown(f"{self.name} does not let us look whether the post is up.", "not_available")

    def delete(self, credentials: Credentials, post_id: str) -> None:
        """Take the post down. One that is gone already counts as taken down."""
        raise Rejected(f"Posts on {self.name} can only be deleted there.", "not_available")

    def assisted_url(self, draft: Draft) -> str:
        """The platform's own page with our words ready, for a member who presses the last button there."""
        return ""

    # Reach

    def read(self, credentials: Credentials, post_ids: Sequence[str]) -> dict[str, Reading]:
        """Figures by post id, for at most `read_batch` posts. A post that is gone says so."""
        raise Rejected(f"{self.name} gives us no figures.", "not_available")

    # What the connectors themselves use

    def hear(self, answer: Answer, header: str, limit: str, credentials: Credentials) -> None:
        """Pass on what a pair of headers says of the limit of this name."""
        if found := said(answer, header):
            self.tell(limit, found, credentials)

    def tell(self, limit: str, found: tuple[int, datetime], credentials: Credentials) -> None:
        named = next(each for each in self.limits if each.name == limit)
        remaining, resets_at = found
        self.heard(Quota(named.key(self.key, credentials.origin, credentials.remote_id), remaining, resets_at))

    def preparing_ends(self, calls: int = 2) -> float:
        """By when `prepare` gives up, however many calls it makes; a share's lease has room for two."""
        return monotonic() + calls * self.seconds

    def must_be_recognisable(self, draft: Draft) -> None:
        """Not finding a post proves nothing if there is nothing in it to find it by."""
        short_url = draft.marker.short_url
        in_card = draft.link is not None and draft.link.url == short_url
        if not short_url or not (in_card or short_url in self.written(draft)):
            raise OutcomeUnknown("The post holds no tracked link by which we could find it.", "no_marker")

    def call(self, method: str, url: str, *, creating: bool = False, **how: Any) -> Answer:
        """One call through the door. `creating` marks the one call that makes the post: if its answer is lost, the
        outcome is unknown; any other lost call has surely made no post."""
        note_call()
        try:
            return self.door.request(method, url, **{"total": self.seconds, **how})
        except Refused as error:
            raise Rejected(error.sentence, "refused") from error
        except NotSent as error:
            raise Unavailable(error.sentence, "not_sent") from error
        except Lost as error:
            if creating:
                raise OutcomeUnknown(f"{self.name} gave no clear answer, so the post may be up.", "lost") from error
            raise Unavailable(error.sentence, "lost") from error


def with_query(base: str, **parts: str) -> str:
    """An address with parameters, spaces as %20: some share pages show a plus sign as it stands."""
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in parts.items() if value)
    return f"{base}?{query}" if query else base
