import time
from datetime import timedelta

from celery import shared_task

from accounts.actions import checking, end_lapsed_quiet, fresh_credentials, renew_early, revocation, sign_in
from accounts.actions.health import NEARLY_EXPIRED
from accounts.actions.invitations import expire_invitations
from accounts.actions.servers import read_old_limits
from accounts.models import LinkedAccount, LinkingDance
from accounts.queries import connectors
from connectors.base import NeedsRelink, Unavailable
from core import clock

BATCH = 200
SERVERS = 50
CHECK_SECONDS = 40


@shared_task
def refresh_tokens() -> None:
    """Renew what runs out within minutes, so that a share does not have to; and notice what cannot be renewed."""
    at = clock.now()
    near = LinkedAccount.objects.filter(state="healthy", expires_at__lte=at + NEARLY_EXPIRED).order_by("expires_at")
    for account in near.select_related("member")[:BATCH]:
        if account.connector not in connectors():
            continue
        try:
            # Two hundred calls take longer than a lease lasts: each begins with the time of its own call.
            fresh_credentials(account=account, at=clock.now())
        except (NeedsRelink, Unavailable):
            continue  # noted on the account, or tried again in a minute


@shared_task
def renew_tokens_early() -> None:
    """Where a token that has run out cannot be renewed: those of members who have not posted for weeks, too. One that
    cannot be renewed now has weeks left and is tried again the next time."""
    at = clock.now()
    for connector in connectors().values():
        if connector.renew_before is None:
            continue
        near = LinkedAccount.objects.filter(
            connector=connector.key, state="healthy", expires_at__gt=at, expires_at__lte=at + connector.renew_before
        )
        for account in near.exclude(refresh="").select_related("member").order_by("expires_at")[:BATCH]:
            try:
                renew_early(account=account, at=clock.now())
            except (NeedsRelink, Unavailable):
                continue


@shared_task
def check_accounts() -> None:
    """A call a day for each account, spread over the day; what is left over is due the next minute still."""
    until = time.monotonic() + CHECK_SECONDS
    checking.spread_checks(at=clock.now())
    while time.monotonic() < until and (account := checking.take_due_check(at=clock.now())):
        checking.check_account(account=account, at=clock.now())


@shared_task
def warn_of_ends() -> None:
    checking.warn_of_ends(at=clock.now())


@shared_task
def revoke_tokens() -> None:
    revocation.revoke_due(at=clock.now(), limit=BATCH)


@shared_task
def read_server_limits() -> None:
    read_old_limits(at=clock.now(), limit=SERVERS)


@shared_task
def end_quiet() -> None:
    end_lapsed_quiet(at=clock.now())


@shared_task
def tidy_sign_in() -> None:
    """What has run out: sign-in mails, unfinished dances, invitations."""
    at = clock.now()
    sign_in.forget_old_mails(at=at)
    LinkingDance.objects.filter(expires_at__lt=at - timedelta(hours=1)).delete()
    expire_invitations(at=at)
