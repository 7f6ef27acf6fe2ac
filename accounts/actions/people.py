"""Members leaving and coming back."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from accounts.actions.invitations import withdraw_lapsed
from accounts.actions.linking import unlink_account
from accounts.models import LinkedAccount, Team, User
from accounts.signals import member_left
from core import audit


class LastAdministrator(Exception):
    """Somebody has to be able to look after the others."""


def deactivate_member(*, actor: User | None, member: User, at: datetime) -> None:
    """End the member's sessions, revoke what they linked, take back what invitations they gave and, by the signal,
    cancel what they planned. Raises LastAdministrator."""
    with transaction.atomic():
        row, others_left = locked(member)
        if row.is_active and "administrator" in row.roles and not others_left:
            raise LastAdministrator
        gone = User.objects.filter(pk=member.pk, is_active=True).update(
            is_active=False, left_at=at, sessions_ended=F("sessions_ended") + 1
        )
        if not gone:
            return
        for account in LinkedAccount.objects.filter(member=member).exclude(state="unlinked"):
            unlink_account(actor=actor, account=account, at=at)
        withdraw_lapsed(actor=actor, member=member, at=at)
        audit.record(actor=actor, kind="member.deactivated", about=f"member:{member.pk}", at=at)
        transaction.on_commit(lambda: member_left.send(User, member=member, at=at))
    member.refresh_from_db()


def reactivate_member(*, actor: User, member: User, at: datetime) -> None:
    """Let the member back in. What they had linked stays unlinked: linking is their own idea."""
    with transaction.atomic():
        if User.objects.filter(pk=member.pk, is_active=False).update(is_active=True, left_at=None):
            audit.record(actor=actor, kind="member.reactivated", about=f"member:{member.pk}", at=at)
    member.refresh_from_db()


def locked(member: User) -> tuple[User, bool]:
    """The member as they are now, and whether there are administrators beside them. All of them are locked, always in
    the same order: two who go at once wait for each other, and the second finds that nobody else is left."""
    rows = list(User.objects.select_for_update().filter(administrators() | Q(pk=member.pk)).order_by("pk"))
    return next(one for one in rows if one.pk == member.pk), any(one.pk != member.pk for one in rows)


def change_member(*, actor: User, member: User, team: Team | None, roles: list[str] | None, at: datetime) -> None:
    """Set the team and, with `roles` given, the roles. Raises LastAdministrator."""
    with transaction.atomic():
        row, others_left = locked(member)
        losing = roles is not None and "administrator" in row.roles and "administrator" not in roles
        if losing and not others_left:
            raise LastAdministrator
        before = {"team": row.team_id, "roles": sorted(row.roles)}
        row.team, row.roles = team, row.roles if roles is None else sorted(roles)
        after = {"team": row.team_id, "roles": sorted(row.roles)}
        if after == before:
            return
        row.save(update_fields=["team", "roles"])
        withdraw_lapsed(actor=actor, member=row, at=at)
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
