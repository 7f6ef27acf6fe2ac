"""Members leaving and coming back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

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


@dataclass(frozen=True)
class WhatHrKnows:
    """Of one member. Who is told to somebody's manager, and which guidelines are for them, goes by it. `keeps_away`:
    whatever they have said themselves meanwhile stays."""

    team: Team | None = None
    profession: str = ""
    manager: User | None = None
    away_until: date | None = None
    keeps_away: bool = False


def change_member(*, actor: User, member: User, known: WhatHrKnows, roles: list[str] | None, at: datetime) -> None:
    """Set what HR knows and, with `roles` given, the roles. Raises LastAdministrator."""
    with transaction.atomic():
        row, others_left = locked(member)
        losing = roles is not None and "administrator" in row.roles and "administrator" not in roles
        if losing and not others_left:
            raise LastAdministrator
        before, before_personal = _known(row), _personal(row)
        row.team, row.manager, row.profession = known.team, known.manager, known.profession
        row.away_until = row.away_until if known.keeps_away else known.away_until
        row.roles = row.roles if roles is None else sorted(roles)
        after, personal = _known(row), _personal(row)
        if (after, personal) == (before, before_personal):
            return
        row.save(update_fields=["team", "roles", "profession", "manager", "away_until"])
        withdraw_lapsed(actor=actor, member=row, at=at)
        audit.record(
            actor=actor, kind="member.changed", about=f"member:{row.pk}", at=at, data={"from": before, "to": after},
            personal={"from": before_personal, "to": personal},
        )  # fmt: skip
    member.refresh_from_db()


def _known(row: User) -> dict[str, Any]:
    return {"team": row.team_id, "roles": sorted(row.roles)}


def _personal(row: User) -> dict[str, Any]:
    """What can be erased from the trail."""
    away = row.away_until.isoformat() if row.away_until else None
    return {"profession": row.profession, "manager": row.manager_id, "away_until": away}


def administrators() -> Q:
    return Q(is_active=True, roles__contains=["administrator"])


def make_team(*, actor: User | None, name: str, at: datetime) -> Team:
    with transaction.atomic():
        team = Team.objects.create(name=name)
        audit.record(actor=actor, kind="team.made", about=f"team:{team.pk}", at=at)
    return team
