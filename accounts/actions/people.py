"""Members leaving and coming back."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts.actions.linking import unlink_account
from accounts.models import LinkedAccount, User
from accounts.signals import member_left
from core import audit


def deactivate_member(*, actor: User | None, member: User, at: datetime) -> None:
    """End the member's sessions, revoke what they linked and, by the signal, cancel what they planned."""
    with transaction.atomic():
        gone = User.objects.filter(pk=member.pk, is_active=True).update(
            is_active=False, left_at=at, sessions_ended=F("sessions_ended") + 1
        )
        if not gone:
            return
        for account in LinkedAccount.objects.filter(member=member).exclude(state="unlinked"):
            unlink_account(actor=actor, account=account, at=at)
        audit.record(actor=actor, kind="member.deactivated", about=f"member:{member.pk}", at=at)
        transaction.on_commit(lambda: member_left.send(User, member=member, at=at))
    member.refresh_from_db()


def reactivate_member(*, actor: User, member: User, at: datetime) -> None:
    """Let the member back in. What they had linked stays unlinked: linking is their own idea."""
    with transaction.atomic():
        if User.objects.filter(pk=member.pk, is_active=False).update(is_active=True, left_at=None):
            audit.record(actor=actor, kind="member.reactivated", about=f"member:{member.pk}", at=at)
    member.refresh_from_db()
