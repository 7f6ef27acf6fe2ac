"""Keeping linked accounts usable: tokens refreshed under a lease, trouble noted in one sentence."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import LinkedAccount, PlatformApp
from accounts.queries import connectors, credentials_of, forget_kept, keyring
from connectors.base import Credentials, Grant, NeedsRelink, RateLimited, Rejected, Unavailable
from core import clock, wake
from core.flow import LostRace, move
from core.secrets import Unopenable
from notifications.actions import settle_notices, tell

T = TypeVar("T")
# Facts 1.3: renew only when expiry is near, never on a clock shorter than the token's life.
NEARLY_EXPIRED = timedelta(minutes=5)
# Longer than the HTTP door's total deadline, so that a lease never ends during the call.
LEASE = timedelta(seconds=45)
NOTED_EVERY = timedelta(hours=1)


def fresh_credentials(*, account: LinkedAccount, at: datetime) -> Credentials:
    """Credentials good for a call now, refreshed first when nearly expired. Never call it inside a transaction.

    Raises NeedsRelink when the member has to connect again, Unavailable when it may go later (with the code
    "refreshing" while somebody else holds the lease of an expired token).
    """
    ready = ready_credentials(account=account, at=at)
    return ready or renewed_credentials(account=account, refused=None, at=at)


def ready_credentials(*, account: LinkedAccount, at: datetime) -> Credentials | None:
    """Credentials good for a call now; None when they have to be renewed first. Asks nobody. Raises NeedsRelink."""
    if account.state != "healthy":
        raise NeedsRelink(_("The account has to be connected again."), "not_healthy")
    credentials = opened(account, at)
    if not nearly_expired(account, at):
        return credentials
    return None if can_refresh(account) else usable_still(account, credentials, at)


def renewed_credentials(*, account: LinkedAccount, refused: Credentials | None, at: datetime) -> Credentials:
    """Refresh under the lease. With `refused`, because the platform just turned those credentials down.

    Others do not wait for the lease: while the old token is still good they use it, otherwise they hear "refreshing".
    """
    account.refresh_from_db()
    credentials = opened(account, at)
    if refused is not None and credentials.access != refused.access:
        return credentials  # somebody has renewed them in the meantime
    if refused is None and not nearly_expired(account, at):
        return credentials
    if not can_refresh(account):
        raise NeedsRelink(_("The account has to be connected again."), "no_refresh")
    # From now, not from `at`: the caller may have come here by way of a slow call.
    if not take_lease(account, clock.now()):
        if refused is None and account.expires_at and account.expires_at > at:
            return credentials
        raise Unavailable(_("The connection is being renewed at this moment."), "refreshing")
    return refresh_now(account, credentials, at)


def ask_platform(*, account: LinkedAccount, call: Callable[[Credentials], T], at: datetime) -> T:
    """What `call` says with this account's credentials; where they may merely have run out, once more with new ones.
    Raises what `call` and `fresh_credentials` raise."""
    credentials = fresh_credentials(account=account, at=at)
    try:
        return call(credentials)
    except NeedsRelink as error:
        if not error.refresh_may_help:
            raise
    return call(renewed_credentials(account=account, refused=credentials, at=clock.now()))


def refresh_now(account: LinkedAccount, credentials: Credentials, at: datetime) -> Credentials:
    """Call, then save the new pair before anybody uses it: the old refresh token may be dead already."""
    try:
        grant = connectors()[account.connector].refresh(credentials)
    except NeedsRelink as error:
        mark_needs_relink(account=account, sentence=error.sentence, at=at)
        raise
    except (Unavailable, RateLimited, Rejected) as error:
        give_lease_back(account)
        # A fault of the network or of our own app is never a disconnection.
        if account.expires_at and account.expires_at > at:
            return credentials
        raise error if isinstance(error, Unavailable) else Unavailable(error.sentence, error.code) from error
    if not save_pair(account, grant):
        raise NeedsRelink(_("The account is no longer connected."), "unlinked")
    return credentials_of(account)


def renew_early(*, account: LinkedAccount, at: datetime) -> None:
    """Renew a token that can be renewed only while it lives, long before anybody waits for it. Raises NeedsRelink."""
    credentials = opened(account, at)
    if take_lease(account, clock.now()):
        refresh_now(account, credentials, at)


def opened(account: LinkedAccount, at: datetime) -> Credentials:
    """The tokens; an account whose tokens no key opens asks to be connected again, since nothing else helps."""
    try:
        return credentials_of(account)
    except Unopenable:
        sentence = _("We can no longer read this connection; please connect it again.")
        mark_needs_relink(account=account, sentence=sentence, at=at)
        raise NeedsRelink(sentence, "unopenable") from None


def nearly_expired(account: LinkedAccount, at: datetime) -> bool:
    return account.expires_at is not None and account.expires_at <= at + NEARLY_EXPIRED


def can_refresh(account: LinkedAccount) -> bool:
    return bool(account.refresh) and connectors()[account.connector].can_refresh


def usable_still(account: LinkedAccount, credentials: Credentials, at: datetime) -> Credentials:
    """Without a refresh token the access token is good to its last second, and then the member is needed."""
    if account.expires_at and account.expires_at <= at:
        sentence = _("The connection has run out, as this platform's do after a while; please connect it again.")
        mark_needs_relink(account=account, sentence=sentence, at=at)
        raise NeedsRelink(sentence, "expired")
    return credentials


def take_lease(account: LinkedAccount, at: datetime) -> bool:
    free = Q(refreshing_until=None) | Q(refreshing_until__lte=at)
    mine = LinkedAccount.objects.filter(free, pk=account.pk, state="healthy", access=account.access)
    return mine.update(refreshing_until=at + LEASE) == 1


def give_lease_back(account: LinkedAccount) -> None:
    LinkedAccount.objects.filter(pk=account.pk, access=account.access).update(refreshing_until=None)


def save_pair(account: LinkedAccount, grant: Grant) -> bool:
    """Sealed text is different each time, so the old one tells whether the row is still the one we refreshed."""
    changes: dict[str, Any] = {
        "access": sealed(account, grant.access),
        "refresh": sealed(account, grant.refresh),
        "expires_at": grant.expires_at,
        "refreshing_until": None,
    }
    if grant.scopes:
        changes["scopes"] = sorted(grant.scopes)
    if grant.extra:
        changes["extra"] = sealed_extra(account, grant.extra)
    if not LinkedAccount.objects.filter(pk=account.pk, state="healthy", access=account.access).update(**changes):
        return False
    account.refresh_from_db()
    return True


def sealed_extra(account: LinkedAccount, extra: Mapping[str, str]) -> str:
    return sealed(account, json.dumps(dict(extra), sort_keys=True) if extra else "")


def sealed(account: LinkedAccount, token: str) -> str:
    return keyring().seal(token, about=f"linkedaccount:{account.pk}") if token else ""


def note_success(*, accounts: Iterable[LinkedAccount], at: datetime) -> None:
    """The platforms did what we asked. Written at most hourly, or when there is trouble to take back."""
    noted = {account.pk: account for account in accounts if is_news(account, at)}
    if not noted:
        return
    changes = {"worked_at": at, "health_note": "", "paused_until": None}
    LinkedAccount.objects.filter(pk__in=noted, state="healthy").update(**changes)
    for account in noted.values():
        for name, value in changes.items():
            setattr(account, name, value)


def is_news(account: LinkedAccount, at: datetime) -> bool:
    troubled = account.health_note or account.paused_until
    return bool(troubled or not account.worked_at or account.worked_at <= at - NOTED_EVERY)


def mark_needs_relink(*, account: LinkedAccount, sentence: str, at: datetime) -> None:
    """The member has to connect again; told once, whoever notices first."""
    if account.state != "healthy":
        return
    try:
        with transaction.atomic():
            move(account, "needs_relink", at=at, health_note=sentence[:300], refreshing_until=None)
            _tell_to_relink(account, at)
    except LostRace:
        account.refresh_from_db()


def _tell_to_relink(account: LinkedAccount, at: datetime) -> None:
    member, url, names = account.member, place_of(account), {"handle": account.handle}
    # That it would end was perhaps said before; now it has, and one line is enough.
    settle_notices(member=member, url=url, at=at)
    with override(member.language):
        text = _("%(handle)s has to be connected again before anything more can go out there.") % names
        subject = _("Please connect %(handle)s again") % names
        more = _("What you planned for it waits a week for you and goes out when you have.")
        tell(member=member, kind="relink", text=text, url=url, at=at, subject=subject, more=more)


def place_of(account: LinkedAccount) -> str:
    """Where this account stands on the page of connected accounts."""
    return f"/me/accounts/#linked-{account.pk}"


def pause_account(*, account: LinkedAccount, until: datetime, sentence: str) -> None:
    """The platform asked us to wait with this one account."""
    LinkedAccount.objects.filter(pk=account.pk).update(paused_until=until, health_note=sentence[:300])
    account.paused_until, account.health_note = until, sentence[:300]


def pause_platform(*, connector: str, until: datetime, sentence: str, at: datetime) -> None:
    """Our own app is at fault there, or everybody is asked to wait: nobody posts until then, and it is said once."""
    app, _made = PlatformApp.objects.get_or_create(connector=connector, origin="")
    already = app.paused_until is not None and app.paused_until > at
    changes = {"paused_until": until, "pause_reason": sentence[:300], "pause_is_fault": True}
    PlatformApp.objects.filter(pk=app.pk).update(**changes)
    forget_kept()
    if not already:
        wake.ring_after_commit("advocacy.tasks.watch")  # which tells the administrators, once
