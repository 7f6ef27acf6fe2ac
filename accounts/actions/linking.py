"""Linking and unlinking a member's own account on a platform."""

import json
import uuid
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actions.health import place_of, sealed, sealed_extra
from accounts.models import LinkedAccount, Revocation, User
from accounts.queries import credentials_of, keyring
from accounts.signals import account_relinked, account_unlinked
from connectors.base import Credentials, Grant, Identity
from core import audit, wake
from core.flow import move
from core.secrets import Unopenable
from notifications.actions import settle_notices

# How long we keep asking a platform to forget a token before we forget it ourselves.
KEEP_REVOKING = timedelta(days=1)


class LinkingRefused(Exception):
    """The account cannot be linked; `sentence` says why and what to do. Nothing has changed."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class AlreadyLinked(LinkingRefused):
    """The way back was gone twice, and the first time did it."""


def link_account(
    *,
    actor: User,
    connector: str,
    origin: str,
    identity: Identity,
    grant: Grant,
    at: datetime,
    relinks: LinkedAccount | None = None,
) -> LinkedAccount:
    """Make or mend the link. Raises LinkingRefused for a colleague's account, or another one than was to be mended."""
    if relinks and (relinks.member_id != actor.pk or relinks.remote_id != identity.remote_id):
        raise LinkingRefused(
            _("You signed in there as %(other)s, but this connection is for %(wanted)s. Nothing was changed.")
            % {"other": identity.handle, "wanted": relinks.handle}
        )
    try:
        with transaction.atomic():
            account = found_or_made(actor, connector, origin, identity, at)
            save_link(account, identity, grant, at)
            settle_notices(member=actor, url=place_of(account), at=at)
            audit.record(
                actor=actor,
                kind="account.linked",
                about=f"linkedaccount:{account.pk}",
                at=at,
                data={"connector": connector, "scopes": sorted(grant.scopes)},
                personal={"handle": identity.handle},
            )
    except IntegrityError:
        # Two tabs linking the same new account; the other one was first.
        return link_account(
            actor=actor, connector=connector, origin=origin, identity=identity, grant=grant, at=at, relinks=relinks
        )
    return account


def found_or_made(actor: User, connector: str, origin: str, identity: Identity, at: datetime) -> LinkedAccount:
    """The row of this account, locked. It never changes hands, since the posts in its history are somebody's own."""
    same = LinkedAccount.objects.select_for_update().filter(
        connector=connector, origin=origin, remote_id=identity.remote_id
    )
    account = same.first()
    if account is None:
        return LinkedAccount.objects.create(
            member=actor, connector=connector, origin=origin, remote_id=identity.remote_id,
            handle=identity.handle[:200], state="healthy", state_at=at, linked_at=at,
        )  # fmt: skip
    if account.member_id != actor.pk:
        raise LinkingRefused(
            _("%(handle)s is or was connected by a colleague here, and an account keeps its member. Nothing changed.")
            % {"handle": identity.handle}
        )
    return account


def save_link(account: LinkedAccount, identity: Identity, grant: Grant, at: datetime) -> None:
    changes = {
        "access": sealed(account, grant.access), "refresh": sealed(account, grant.refresh),
        "extra": sealed_extra(account, grant.extra), "expires_at": grant.expires_at,
        "scopes": sorted(grant.scopes), "refreshing_until": None,
        "paused_until": None, "health_note": "", "worked_at": at, "linked_at": at,
        "check_due_at": at + timedelta(days=1), "reminded_for": None,
        "handle": identity.handle[:200], "name": identity.name[:200], "profile_url": identity.profile_url[:500],
    }  # fmt: skip
    if account.state == "healthy":
        LinkedAccount.objects.filter(pk=account.pk).update(**changes)
        account.refresh_from_db()
    else:
        move(account, "healthy", at=at, **changes)
    transaction.on_commit(lambda: account_relinked.send(LinkedAccount, account=account, at=at))


def unlink_account(*, actor: User | None, account: LinkedAccount, at: datetime) -> None:
    """Purge the tokens now, and have the platform forget them as soon as it answers. Row and posts stay."""
    with transaction.atomic():
        account = LinkedAccount.objects.select_for_update().get(pk=account.pk)
        if account.state == "unlinked":
            return
        queue_revocation(account, at)
        settle_notices(member=account.member, url=place_of(account), at=at)
        move(
            account, "unlinked", at=at, access="", refresh="", extra="", expires_at=None, scopes=[],
            refreshing_until=None, paused_until=None, health_note="",
        )  # fmt: skip
        audit.record(
            actor=actor, kind="account.unlinked", about=f"linkedaccount:{account.pk}", at=at,
            data={"connector": account.connector}, personal={"handle": account.handle},
        )  # fmt: skip
        transaction.on_commit(lambda: account_unlinked.send(LinkedAccount, account=account, at=at))


def queue_revocation(account: LinkedAccount, at: datetime) -> None:
    """Hand the tokens over to be revoked. A platform that knows no revocation has nothing to be told later."""
    if not account.access:
        return
    try:
        credentials = credentials_of(account)
    except Unopenable:
        return  # nobody can use what no key opens
    add_revocation(account.connector, credentials, at)


def sealed_to(key: uuid.UUID, token: str) -> str:
    return keyring().seal(token, about=f"revocation:{key}") if token else ""


def add_revocation(connector: str, credentials: Credentials, at: datetime) -> None:
    key = uuid.uuid4()
    Revocation.objects.create(
        key=key, connector=connector, origin=credentials.origin, remote_id=credentials.remote_id,
        access=sealed_to(key, credentials.access), refresh=sealed_to(key, credentials.refresh),
        extra=sealed_to(key, json.dumps(dict(credentials.extra)) if credentials.extra else ""),
        due_at=at, give_up_at=at + KEEP_REVOKING,
    )  # fmt: skip
    wake.ring_after_commit("accounts.tasks.revoke_tokens")
