"""Reads that other apps rely on: the organisation, the platforms, and who has linked what."""

import json
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Generic, TypeVar

from django.conf import settings
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.described import described_app, why_not_described
from accounts.models import LinkedAccount, Organisation, PlatformApp, QuietTime, Team, User, WordsReader
from accounts.ordering import in_order_of
from connectors import registry
from connectors.base import App, Connector, Credentials, Quota
from connectors.base.server import believed
from core import buckets, zones
from core.hours import working_after
from core.http import Door, Policy, origin_of
from core.secrets import Keyring
from notifications.models import Mail
from notifications.queries import wishes_of

T = TypeVar("T")
KEPT_SECONDS = 3.0
SMALLEST_GROUP = 10  # of fewer colleagues nothing is said that holds for all of them
SANDBOX_CLIENT = App(client_id="advocacy-sandbox", client_secret="sandbox-secret")


class Kept(Generic[T]):
    """An answer every page asks for, remembered in this process for a few seconds."""

    def __init__(self, read: Callable[[], T], seconds: float = KEPT_SECONDS) -> None:
        self.read = read
        self.seconds = seconds
        self.known: list[tuple[float, T]] = []

    def __call__(self) -> T:
        if self.known and self.known[0][0] > time.monotonic():
            return self.known[0][1]
        answer = self.read()
        self.known = [(time.monotonic() + self.seconds, answer)]
        return answer

    def forget(self) -> None:
        self.known = []


@Kept
def organisation() -> Organisation:
    """The firm; an unsaved one with the usual values before the set-up."""
    return Organisation.objects.order_by("pk").first() or Organisation()


@Kept
def _platform_apps() -> dict[tuple[str, str], PlatformApp]:
    return {(app.connector, app.origin): app for app in PlatformApp.objects.all()}


def _begun_quiet() -> QuietTime | None:
    return QuietTime.objects.filter(state="on").select_related("begun_by").first()


# Asked before every single post: kept so briefly that the switch still works at once.
_quiet = Kept(_begun_quiet, seconds=1.0)


def quiet_time(at: datetime, *, fresh: bool = False) -> QuietTime | None:
    """The pause that holds everything planned at this moment, if there is one; `fresh` asks the database itself."""
    quiet = _begun_quiet() if fresh else _quiet()
    return quiet if quiet and quiet.until > at else None


@Kept
def _named_readers() -> list[User]:
    """The approver first, since the place says so by its letters."""
    rows = WordsReader.objects.order_by("place").select_related("member")
    return [row.member for row in rows if row.member.is_active]


def words_readers() -> list[User]:
    """Who may be asked to read colleagues' own words before they go out; nobody where the firm is not regulated."""
    return _named_readers() if organisation().regulated else []


def words_reader(author: User | None, at: datetime) -> User | None:
    """Who reads this author's own words: the approver, or the deputy where the approver is the author, has left or has
    paused their messages. Nobody reads their own. Without an author: who reads those of everybody else."""
    others = [reader for reader in words_readers() if author is None or reader.pk != author.pk]
    here = (reader for reader in others if not is_away(reader, at))
    return next(here, others[0] if others else None)


def is_away(member: User, at: datetime) -> bool:
    """Whoever is away, or has paused all messages, is not waited for."""
    if member.away_until and zones.to_local(at, member.time_zone).date() <= member.away_until:
        return True
    paused_until = wishes_of(member).paused_until
    return paused_until is not None and paused_until > at


def away_from(at: datetime) -> date:
    """Whoever's last day away is this one or later counts as away: it is that day still somewhere on earth. So nobody
    is reminded before they are back, wherever they are; some hours later does no harm."""
    return (at - timedelta(hours=12)).date()


def words_due(reader: User, at: datetime) -> datetime:
    """Until when words that are put before them now have their answer."""
    promised = timedelta(hours=organisation().words_hours)
    return working_after(reader.working_hours, reader.time_zone, at, promised)


def reader_mark(member: User) -> str:
    """What pages and the device go by to tell whose they are. Without the key it says nothing of anybody."""
    return salted_hmac("accounts.reader", str(member.pk), algorithm="sha256").hexdigest()[:16]


def forget_kept() -> None:
    """After a change that the next page must show; other processes follow within seconds."""
    organisation.forget()
    _platform_apps.forget()
    _quiet.forget()
    _named_readers.forget()


@cache
def keyring() -> Keyring:
    return Keyring(settings.TOKEN_KEYS)


@cache
def door() -> Door:
    """The one HTTP door, allowed to reach ourselves and the stand-in platforms where there are any."""
    allowed = {settings.BASE_URL, settings.SANDBOX_URL} if settings.SANDBOX and settings.SANDBOX_URL else set()
    allowed |= {address for places in settings.PLACES.values() for address in places.values()}
    return Door(Policy(allowed_origins=frozenset(origin_of(address) for address in allowed)))


@cache
def connectors() -> dict[str, Connector]:
    """All connectors by key, at the platforms' own addresses or at the stand-ins', as the settings want them."""
    stand_ins = sandbox_places() if settings.SANDBOX else {}
    layers = (settings.PLATFORM_OPTIONS, stand_ins, settings.PLACES)
    built = registry.build(
        door(), {key: {name: to for one in layers for name, to in one.get(key, {}).items()} for key in registry.KEYS}
    )
    for connector in built.values():
        connector.heard = hear
    return built


def hear(quota: Quota) -> None:
    if settings.LIMITS:
        buckets.hear(buckets.Told(quota.key, quota.remaining, quota.resets_at))


def connector_of(account: LinkedAccount) -> Connector:
    """The connector of this account, with the limits of the account's own server where each has its own."""
    connector = connectors()[account.connector]
    row = _platform_apps().get((account.connector, account.origin)) if connector.needs_origin else None
    return connector.at_server(believed(row.limits)) if row and row.limits else connector


def sandbox_places() -> dict[str, dict[str, str]]:
    """What a platform calls its addresses is its own affair; at the stand-in they are all the same."""
    names = (settings.SANDBOX_INSTANCE, "www", "api", "pds", "app")
    return {key: {name: f"{settings.SANDBOX_URL}/{key}" for name in names} for key in registry.KEYS}


def platform_app(connector: str, origin: str = "") -> PlatformApp | None:
    """Our registration with a platform, or with one server of it."""
    known = _platform_apps().get((connector, origin))
    if known is None and origin:
        # Made a moment ago, perhaps, by the process that sent the member to the server's consent page.
        _platform_apps.forget()
        known = _platform_apps().get((connector, origin))
    return known


def app_for(connector: str, origin: str = "") -> App:
    """What we call ourselves there; empty where we are not registered."""
    row = platform_app(connector, origin)
    secret = keyring().open(row.client_secret, about=f"platformapp:{row.pk}") if row and row.client_secret else ""
    if connectors()[connector].describes_itself:
        return described_app(connectors()[connector], secret)
    if row and row.client_id:
        return App(client_id=row.client_id, client_secret=secret, origin=origin)
    if settings.SANDBOX and not connectors()[connector].needs_origin:
        return SANDBOX_CLIENT
    return App(origin=origin)


def platforms() -> list[Connector]:
    """Connectors a member can link with now: switched on, and registered where that is needed."""
    return [connector for connector in connectors().values() if is_usable(connector)]


def is_usable(connector: Connector) -> bool:
    return not why_not_usable(connector)


def why_not_usable(connector: Connector) -> str:
    """Why members cannot link with this platform, and what it needs; empty when they can."""
    row = platform_app(connector.key)
    if row and not row.enabled:
        return _("An administrator has switched it off.")
    if connector.describes_itself:
        return why_not_described(connector)
    if connector.needs_origin or app_for(connector.key).client_id:
        return ""
    return _("An administrator registers us there first: its developer page gives what goes into the settings.")


def takes_app_password(connector: Connector) -> bool:
    """A platform's password never goes into our forms outside the demo and tests."""
    return connector.takes_app_password and bool(settings.DEMO or settings.SANDBOX)


def is_real(account: LinkedAccount) -> bool:
    """Whether this account would be posted to in earnest while stand-ins are about."""
    if not settings.SANDBOX or not connectors()[account.connector].needs_origin:
        return False
    return account.origin != f"https://{settings.SANDBOX_INSTANCE}"


def credentials_of(account: LinkedAccount) -> Credentials:
    """The account's tokens, opened. Raises core.secrets.Unopenable."""
    about = f"linkedaccount:{account.pk}"
    app = app_for(account.connector, account.origin if connectors()[account.connector].needs_origin else "")
    return Credentials(
        origin=account.origin,
        access=account.access and keyring().open(account.access, about=about),
        refresh=account.refresh and keyring().open(account.refresh, about=about),
        expires_at=account.expires_at,
        scopes=frozenset(account.scopes),
        remote_id=account.remote_id,
        handle=account.handle,
        client_id=app.client_id,
        client_secret=app.client_secret,
        extra=opened_extra(account.extra, about),
    )


def opened_extra(sealed: str, about: str) -> dict[str, str]:
    return dict(json.loads(keyring().open(sealed, about=about))) if sealed else {}


def linked_accounts(member: User) -> QuerySet[LinkedAccount]:
    """What a member has linked, the broken ones too, so that a page can offer to mend them."""
    return LinkedAccount.objects.filter(member=member).exclude(state="unlinked").order_by("connector", "pk")


def active_members(team: Team | None = None) -> QuerySet[User]:
    members = User.objects.filter(is_active=True)
    return by_name(members.filter(team=team) if team else members)


def by_name(members: QuerySet[User]) -> QuerySet[User]:
    return members.order_by(in_order_of("name"), "pk")


def mail_comes_back(member: User) -> bool:
    """Whether the last mail to this member's address came back."""
    if not member.email:
        return False
    newest = Mail.objects.filter(to=member.email, state__in=["sent", "bounced"]).order_by("-pk").first()
    return newest is not None and newest.state == "bounced"
