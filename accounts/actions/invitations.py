"""Coming in: an invitation by e-mail or on paper, used once, that makes a member or lets one back in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import codes, rules
from accounts.models import Invitation, Team, User
from accounts.queries import organisation
from core import audit
from core.flow import LostRace, move
from notifications.actions import send_mail

GOOD_FOR = timedelta(days=30)


class CannotJoin(Exception):
    """The invitation does not let this person in; `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Joining:
    """What somebody typed on the page of an invitation. `passkey` is a checked registration, or None."""

    name: str
    password: str | None = None
    passkey: dict[str, Any] | None = None
    sign_in_name: str = ""
    language: str = "en"
    reserved_pk: int | None = None


def invite(
    *,
    actor: User | None,
    email: str = "",
    name: str = "",
    note: str = "",
    team: Team | None = None,
    roles: list[str] | None = None,
    returning: User | None = None,
    at: datetime,
) -> tuple[Invitation, str]:
    """Make an invitation and the code that opens it, which is not kept. With an address it is mailed."""
    code = codes.paper_code()
    with transaction.atomic():
        invitation = Invitation.objects.create(
            email=email.strip().lower(), name=name, note=note, team=team, roles=roles or [], returning=returning,
            code_hash=codes.fingerprint(code, about="invitation"), expires_at=at + GOOD_FOR, invited_by=actor,
            state="open", state_at=at,
        )  # fmt: skip
        audit.record(
            actor=actor, kind="member.invited", about=f"invitation:{invitation.pk}", at=at,
            data={"roles": invitation.roles, "returning": returning.pk if returning else None},
            personal={"email": email, "name": name},
        )  # fmt: skip
        if email:
            write_invitation(invitation, code, at)
    return invitation, code


def join_address(code: str) -> str:
    return settings.BASE_URL + reverse("accounts:join", args=[codes.shown(code)])


def write_invitation(invitation: Invitation, code: str, at: datetime) -> None:
    firm = organisation()
    member = invitation.returning
    with override(member.language if member else (firm.languages or [settings.LANGUAGE_CODE])[0]):
        shown = {"invitation": invitation, "firm": firm.name, "url": join_address(code)}
        subject = _("A new way in to %(firm)s") if member else _("You are invited to %(firm)s")
        send_mail(
            to=invitation.email,
            subject=subject % {"firm": firm.name},
            text=render_to_string("emails/invitation.txt", shown),
            html=render_to_string("emails/invitation.html", shown),
            at=at,
        )


def invitation_of(code: str) -> Invitation | None:
    found = Invitation.objects.select_related("invited_by", "team", "returning")
    return found.filter(code_hash=codes.fingerprint(codes.normalised(code), about="invitation")).first()


def why_not(invitation: Invitation | None, at: datetime) -> str:
    """Why this invitation lets nobody in; empty when it does."""
    if invitation is None:
        return _("There is no such invitation. Please check the code, letter by letter.")
    if invitation.state == "used":
        return _("This invitation has been used. If that was you, just sign in.")
    if invitation.state == "withdrawn":
        return _("This invitation was taken back. Please ask for a new one.")
    if invitation.state == "expired" or invitation.expires_at <= at:
        return _("This invitation has run out. Please ask for a new one; it takes a minute.")
    if has_lapsed(invitation):
        return _("Whoever gave you this invitation may no longer give it. Please ask for a new one.")
    return ""


def has_lapsed(invitation: Invitation) -> bool:
    """An invitation is worth as much as the right to give it, on the day it is used. Nobody's is the installation's."""
    giver = invitation.invited_by
    return giver is not None and not rules.can_invite(giver, invitation.roles, invitation.returning)


def accept_invitation(*, invitation: Invitation, joining: Joining, at: datetime) -> User:
    """Make the member, their passkey or password, and use the invitation up: all of it or nothing."""
    sentence = why_not(invitation, at)
    if sentence:
        raise CannotJoin(sentence)
    try:
        with transaction.atomic():
            come_in = let_back_in if invitation.returning else make_member
            member = come_in(invitation, joining, at)
            if joining.passkey:
                add_passkey(member, joining.passkey)
            move(invitation, "used", at=at, member_id=None if invitation.returning else member.pk)
            audit.record(actor=member, kind="member.joined", about=f"member:{member.pk}", at=at)
    except LostRace:
        raise CannotJoin(why_not(read_again(invitation), at)) from None
    except IntegrityError:
        raise CannotJoin(_("Somebody here has that address or sign-in name already. Please choose another.")) from None
    return member


def read_again(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_related("invited_by", "returning").get(pk=invitation.pk)


def make_member(invitation: Invitation, joining: Joining, at: datetime) -> User:
    firm = organisation()
    return User.objects.create_user(
        id=joining.reserved_pk, email=invitation.email or None, password=joining.password,
        sign_in_name=joining.sign_in_name.lower() or None, name=joining.name, team=invitation.team,
        roles=invitation.roles, language=joining.language, country=firm.country, time_zone=firm.time_zone,
        joined_at=at,
    )  # fmt: skip


def let_back_in(invitation: Invitation, joining: Joining, at: datetime) -> User:
    """A new password, or a new passkey beside the old ones; sessions elsewhere end."""
    # Read again under a lock: the account may have been given a role, or closed, since the page was opened.
    account = User.objects.select_for_update().filter(is_active=True, pk=invitation.returning_id or 0)
    member = account.first()
    if member is None:
        raise CannotJoin(_("This invitation is for somebody who is no longer here."))
    sentence = why_not(read_again(invitation), at)
    if sentence:
        raise CannotJoin(sentence)
    member.set_password(joining.password)
    member.sessions_ended += 1
    if joining.sign_in_name:
        member.sign_in_name = joining.sign_in_name.lower()
    member.save(update_fields=["password", "sessions_ended", "sign_in_name"])
    return member


def add_passkey(member: User, credential: dict[str, Any]) -> None:
    WebAuthn.add(member, _("Passkey"), credential)


def withdraw_invitation(*, actor: User | None, invitation: Invitation, at: datetime) -> None:
    with transaction.atomic():
        move(invitation, "withdrawn", at=at)
        audit.record(actor=actor, kind="invitation.withdrawn", about=f"invitation:{invitation.pk}", at=at)


def withdraw_lapsed(*, actor: User | None, member: User, at: datetime) -> None:
    """Take back what this member may no longer give, and ways back to their account that lead to more than they did.
    Call it inside the transaction that changes the member."""
    theirs = Invitation.objects.filter(Q(invited_by=member) | Q(returning=member), state="open")
    for invitation in theirs.select_related("invited_by", "returning"):
        gone = invitation.returning is not None and not invitation.returning.is_active
        if not gone and not has_lapsed(invitation):
            continue
        try:
            withdraw_invitation(actor=actor, invitation=invitation, at=at)
        except LostRace:
            continue  # used at this very moment, while it was still good


def expire_invitations(*, at: datetime) -> None:
    for invitation in Invitation.objects.filter(state="open", expires_at__lte=at):
        try:
            move(invitation, "expired", at=at)
        except LostRace:
            continue
