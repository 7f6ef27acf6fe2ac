"""Looking after linked accounts before anybody waits for them: asked once a day, and warned of an end that is near."""

import random
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.actions.health import (
    ask_platform,
    can_refresh,
    fresh_credentials,
    mark_needs_relink,
    note_success,
    place_of,
)
from accounts.models import LinkedAccount
from accounts.queries import connectors
from connectors.base import ConnectorError, NeedsRelink
from core.rows import write_each
from notifications.actions import tell

EVERY = timedelta(days=1)
LATELY = timedelta(hours=20)  # what worked since then need not be asked
WARNED_BEFORE = timedelta(days=10)  # of LinkedIn's sixty days: from day fifty on


def spread_checks(*, at: datetime) -> int:
    """Accounts that have no time for it yet get one somewhere in the next day, so that they do not all come at once."""
    fresh = LinkedAccount.objects.filter(state="healthy", check_due_at=None).only("pk")[:1000]
    return write_each({account: {"check_due_at": at + EVERY * random.random()} for account in fresh})


def take_due_check(*, at: datetime) -> LinkedAccount | None:
    """One account whose check is due, put off to tomorrow by the same stroke: two workers never ask twice."""
    with transaction.atomic():
        due = LinkedAccount.objects.filter(state="healthy", check_due_at__lte=at).order_by("check_due_at")
        account = due.select_for_update(skip_locked=True).first()
        if account is not None:
            tomorrow = at + EVERY + timedelta(minutes=random.randint(-60, 60))
            LinkedAccount.objects.filter(pk=account.pk).update(check_due_at=tomorrow)
    return account


def check_account(*, account: LinkedAccount, at: datetime) -> bool:
    """Ask the platform who we are there, unless it did something for us lately or its price list forbids asking for
    nothing. A refusal is told to the member; any other trouble says nothing about the account."""
    connector = connectors().get(account.connector)
    if connector is None or (account.worked_at and account.worked_at > at - LATELY):
        return False
    try:
        if not connector.who_is_free:
            fresh_credentials(account=account, at=at)
            return False
        ask_platform(account=account, call=connector.who, at=at)
    except NeedsRelink as error:
        mark_needs_relink(account=account, sentence=error.sentence, at=at)
        return True
    except ConnectorError:
        return False
    note_success(accounts=[account], at=at)
    return True


def warn_of_ends(*, at: datetime) -> int:
    """Tell each member once, ten days ahead, of a connection that only they can make last."""
    near = LinkedAccount.objects.filter(state="healthy", expires_at__gt=at, expires_at__lte=at + WARNED_BEFORE)
    unsaid = near.filter(Q(reminded_for=None) | ~Q(reminded_for=F("expires_at"))).select_related("member")
    return sum(_warn(account, at) for account in unsaid.order_by("expires_at")[:1000] if runs_out(account))


def runs_out(account: LinkedAccount) -> bool:
    return account.connector in connectors() and not can_refresh(account)


def _warn(account: LinkedAccount, at: datetime) -> bool:
    unsaid = LinkedAccount.objects.filter(pk=account.pk, expires_at=account.expires_at, state="healthy")
    with transaction.atomic(), override(account.member.language):
        if not unsaid.exclude(reminded_for=account.expires_at).update(reminded_for=account.expires_at):
            return False
        text = warning(account, at)
        subject = _("Please connect %(handle)s again soon") % {"handle": account.handle}
        tell(member=account.member, kind="relink_soon", text=text, url=place_of(account), at=at, subject=subject)
    return True


def warning(account: LinkedAccount, at: datetime) -> str:
    assert account.expires_at
    names = {
        "platform": connectors()[account.connector].name,
        "handle": account.handle,
        "days": max(1, (account.expires_at - at).days),
    }
    return (
        _(
            "%(platform)s ends our permission for %(handle)s in %(days)s days, as it does for everybody. "
            "Connect it again before, and nothing you planned has to wait."
        )
        % names
    )
