"""Signing in by mail: a code to type or a button to press, in whichever browser, once."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import codes
from accounts.models import SignInMail, User
from accounts.queries import organisation
from notifications.actions import send_mail

LASTS = timedelta(minutes=15)
TRIES = 5
KEPT = timedelta(days=1)


def mail_sign_in(*, typed: str, return_to: str, at: datetime) -> SignInMail:
    """Write to the member with this address or sign-in name. The answer looks the same when there is nobody."""
    member = member_of(typed)
    email = member.email if member and member.email else ""
    code, token = codes.short_code(), codes.long_token()
    with transaction.atomic():
        row = SignInMail.objects.create(
            key=uuid.uuid4(), member=member if email else None, email=email or typed[:254],
            code_hash="", token_hash=codes.fingerprint(token, about="sign-in"), return_to=return_to[:300],
            expires_at=at + LASTS,
        )  # fmt: skip
        SignInMail.objects.filter(pk=row.pk).update(code_hash=codes.fingerprint(code, about=str(row.key)))
        if member and email:
            write_sign_in(member, email, code, token, at)
    return row


def member_of(typed: str) -> User | None:
    field = "email" if "@" in typed else "sign_in_name"
    return User.objects.filter(is_active=True, **{f"{field}__iexact": typed.strip()}).first()


def write_sign_in(member: User, email: str, code: str, token: str, at: datetime) -> None:
    with override(member.language):
        firm = organisation().name
        url = settings.BASE_URL + reverse("accounts:mail_button", args=[token])
        shown = {"member": member, "code": code, "url": url, "firm": firm, "minutes": int(LASTS.total_seconds() // 60)}
        send_mail(
            to=email,
            subject=_("%(code)s signs you in to %(firm)s") % {"code": code, "firm": firm},
            text=render_to_string("emails/sign_in.txt", shown),
            html=render_to_string("emails/sign_in.html", shown),
            at=at,
        )


def use_code(*, row: SignInMail, typed: str, at: datetime) -> User | None:
    """The member when the code is right, unused and in time; each wrong one uses up a try."""
    open_ = SignInMail.objects.filter(pk=row.pk, used_at=None, expires_at__gt=at, tries__lt=TRIES)
    # Counted before it is compared, so that a hundred guesses sent at once get no more tries than one after another.
    if not open_.update(tries=F("tries") + 1):
        return None
    digits = "".join(letter for letter in typed if letter.isdecimal())
    if not codes.same(row.code_hash, codes.fingerprint(digits, about=str(row.key))):
        return None
    return use_up(row, at)


def row_of_token(token: str) -> SignInMail | None:
    rows = SignInMail.objects.select_related("member")
    return rows.filter(token_hash=codes.fingerprint(token, about="sign-in")).first()


def use_token(*, row: SignInMail, at: datetime) -> User | None:
    return use_up(row, at)


def use_up(row: SignInMail, at: datetime) -> User | None:
    taken = SignInMail.objects.filter(pk=row.pk, used_at=None, expires_at__gt=at, member__isnull=False)
    if not taken.update(used_at=at):
        return None
    member = row.member
    return member if member and member.is_active else None


def is_open(row: SignInMail, at: datetime) -> bool:
    return row.used_at is None and row.expires_at > at and row.tries < TRIES


def forget_old_mails(*, at: datetime) -> int:
    return SignInMail.objects.filter(expires_at__lt=at - KEPT).delete()[0]
