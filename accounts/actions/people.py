"""Members leaving and coming back."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from accounts.actions.linking import unlink_account
from accounts.models import LinkedAccount, Team, User
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


class LastAdministrator(Exception):
    """Somebody has to be able to look after the others."""


def change_member(*, actor: User, member: User, team: Team | None, roles: list[str] | None, at: datetime) -> None:
    """Set the team and, with `roles` given, the roles. Raises LastAdministrator."""
    with transaction.atomic():
        locked = list(User.objects.select_for_update().filter(administrators() | Q(pk=member.pk)).order_by("pk"))
        row = next(one for one in locked if one.pk == member.pk)
        losing = roles is not None and "administrator" in row.roles and "administrator" not in roles
        if losing and not any(one.pk != row.pk and "administrator" in one.roles for one in locked):
            raise LastAdministrator
        before = {"team": row.team_id, "roles": sorted(row.roles)}
        row.team, row.roles = team, row.roles if roles is None else sorted(roles)
        after = {"team": row.team_id, "roles": sorted(row.roles)}
        if after == before:
            return
        row.save(update_fields=["team", "roles"])
        audit.record(
            actor=actor, kind="member.changed", about=f"member:{row.pk}", at=at, data={"from": before, "to": after}
        )
    member.refresh_from_db()


def administrators() -> Q:
    return Q(is_active=True, roles__contains=["administrator"])


def make_team(*, actor: User | None, name: str, at: datetime) -> Team:
    with transaction.atomic():
        team = Team.objects.create(name=name)
        audit.record(actor=actor, kind="team.made", about=f"team:{team.pk}", at=at)
    return team
