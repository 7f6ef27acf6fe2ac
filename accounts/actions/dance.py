"""The OAuth 2 dance by which a member lets us post: out to the platform's consent page and back, once."""

import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.describing import own_app
from accounts.actions.linking import AlreadyLinked, LinkingRefused, add_revocation, link_account
from accounts.actions.servers import read_limits
from accounts.described import callback_address
from accounts.models import LinkedAccount, LinkingDance, PlatformApp, User
from accounts.queries import app_for, connectors, forget_kept, is_usable, keyring, platform_app, takes_app_password
from connectors.base import App, Connector, ConnectorError, Credentials, Grant, Identity

LASTS = timedelta(minutes=15)


@dataclass(frozen=True)
class Linked:
    """What came of it. `lacking` are rights we asked for and did not get."""

    account: LinkedAccount
    lacking: list[str]
    return_to: str


def usable_connector(key: str) -> Connector:
    connector = connectors().get(key)
    if connector is None or not is_usable(connector):
        raise LinkingRefused(_("This platform cannot be connected here. An administrator can switch it on."))
    return connector


def start_dance(
    *, actor: User, connector: str, typed: str, return_to: str, relinks: LinkedAccount | None, at: datetime
) -> str:
    """The address of the platform's consent page. Raises LinkingRefused, or a ConnectorError with its sentence."""
    platform = usable_connector(connector)
    origin = relinks.origin if relinks else platform.normalise_origin(typed)
    app = registered_app(platform, origin if platform.needs_origin else "")
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    departure = platform.authorize(
        app=app,
        redirect_uri=callback_address(connector),
        state=state,
        challenge=challenge,
        hint=hint_of(platform, typed, relinks),
    )
    LinkingDance.objects.create(
        state=state, member=actor, connector=connector, origin=origin if platform.needs_origin else "",
        verifier=sealed(state, verifier), kept=sealed(state, json.dumps(dict(departure.kept))),
        return_to=return_to[:300], relinks=relinks, expires_at=at + LASTS,
    )  # fmt: skip
    return departure.url


def hint_of(platform: Connector, typed: str, relinks: LinkedAccount | None) -> str:
    """Who wants to connect, for the platform's page. Where we have to find that page first, it must be all of it."""
    if platform.asks_handle:
        return relinks.remote_id if relinks else typed
    if "@" not in typed and not relinks:
        return ""
    return (relinks.handle if relinks else typed).lstrip("@").partition("@")[0]


def sealed(state: str, text: str) -> str:
    return keyring().seal(text, about=f"dance:{state}")


def opened(state: str, text: str) -> str:
    return keyring().open(text, about=f"dance:{state}")


def registered_app(platform: Connector, origin: str) -> App:
    """Our registration; with a server of its own address one is made at first need, and again when we have moved."""
    if platform.describes_itself:
        return own_app(platform)
    if not platform.needs_origin:
        return app_for(platform.key)
    address = callback_address(platform.key)
    known = platform_app(platform.key, origin)
    if known and known.client_id and known.redirect_uri == address:
        return app_for(platform.key, origin)
    client_id, client_secret = platform.register(origin, address)
    with transaction.atomic():
        row, _made = PlatformApp.objects.select_for_update().get_or_create(connector=platform.key, origin=origin)
        row.client_id, row.redirect_uri = client_id, address
        row.client_secret = keyring().seal(client_secret, about=f"platformapp:{row.pk}")
        row.save()
    forget_kept()
    return app_for(platform.key, origin)


def finish_dance(
    *, actor: User, connector: str, state: str, code: str, error: str, at: datetime, issuer: str = ""
) -> Linked:
    """The way back. The state is used up first; the code is exchanged at once, since codes die within seconds."""
    platform = usable_connector(connector)
    dance = LinkingDance.objects.filter(state=state, member=actor, connector=connector).first()
    if dance is None or not LinkingDance.objects.filter(pk=dance.pk).delete()[0] or dance.expires_at <= at:
        raise why_used_up(actor, connector, at)
    if error or not code:
        raise LinkingRefused(denied(platform, error))
    forget_kept()  # another process may have registered us anew since
    app = app_for(connector, dance.origin)
    grant = platform.exchange(
        app=app,
        code=code,
        verifier=opened(state, dance.verifier),
        redirect_uri=callback_address(connector),
        kept=json.loads(opened(state, dance.kept)) if dance.kept else {},
        issuer=issuer,
    )
    account = link_granted(actor, platform, grant, dance.origin, app, dance.relinks, at)
    if platform.needs_origin:
        read_limits(connector=connector, origin=dance.origin, at=at)
    return Linked(account, lacking(platform, grant, dance.origin), dance.return_to)


def why_used_up(actor: User, connector: str, at: datetime) -> LinkingRefused:
    """Whoever goes back and allows it once more has been connected by the first time."""
    linked = LinkedAccount.objects.filter(member=actor, connector=connector, state="healthy", linked_at__gt=at - LASTS)
    account = linked.order_by("-linked_at").first()
    if account:
        text = _("%(handle)s is connected already. Nothing was changed this time.")
        return AlreadyLinked(text % {"handle": account.handle})
    return LinkingRefused(_("That took too long, or the page was opened twice. Please connect once more."))


def denied(platform: Connector, error: str) -> str:
    names = {"platform": platform.name}
    if error in ("access_denied", "user_cancelled_login", "user_cancelled_authorize"):
        return _("You said no at %(platform)s, so nothing was connected. That is fine.") % names
    return _("%(platform)s did not let us in this time. Please try once more.") % names


def link_by_app_password(
    *, actor: User, connector: str, handle: str, app_password: str, relinks: LinkedAccount | None, at: datetime
) -> LinkedAccount:
    """Only in the demo and in tests: elsewhere a platform's password never goes through our forms."""
    platform = usable_connector(connector)
    if not takes_app_password(platform):
        raise LinkingRefused(_("We do not take passwords of other platforms. Please connect by its own page."))
    grant = platform.sign_in(handle=handle, app_password=app_password)
    return link_granted(actor, platform, grant, "", App(), relinks, at)


def link_granted(
    actor: User,
    platform: Connector,
    grant: Grant,
    origin: str,
    app: App,
    relinks: LinkedAccount | None,
    at: datetime,
) -> LinkedAccount:
    """Ask who it is and save the link. Tokens we may not keep are given back."""
    credentials = Credentials(
        origin=origin or grant.origin, access=grant.access, refresh=grant.refresh, expires_at=grant.expires_at,
        scopes=grant.scopes, remote_id=grant.remote_id, handle=grant.handle, client_id=app.client_id,
        client_secret=app.client_secret, extra=grant.extra,
    )  # fmt: skip
    try:
        identity: Identity = platform.who(credentials)
        return link_account(
            actor=actor, connector=platform.key, origin=lasting(origin or grant.origin), identity=identity,
            grant=grant, at=at, relinks=relinks,
        )  # fmt: skip
    except (LinkingRefused, ConnectorError):
        add_revocation(platform.key, credentials, at)
        raise


def lasting(origin: str) -> str:
    """The stand-in's port may differ tomorrow; its name does not."""
    stand_in = bool(settings.SANDBOX and settings.SANDBOX_URL and origin.startswith(settings.SANDBOX_URL))
    return f"https://{settings.SANDBOX_INSTANCE}" if stand_in else origin


def lacking(platform: Connector, grant: Grant, origin: str) -> list[str]:
    missing = set(platform.scopes) - set(grant.scopes)
    if not missing or not grant.scopes or platform.describes_itself:
        return []
    asked = getattr(platform, "scopes_for", None)
    # Only now, since asking may be a call: some servers are asked for fewer rights than others.
    try:
        return sorted(set(asked(origin) if asked else platform.scopes) - set(grant.scopes))
    except ConnectorError:
        return []
