"""A member's e-mail address: changed only once the new one has shown that it is theirs."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from accounts.queries import organisation
from core import audit
from notifications.actions import send_mail

SALT = "accounts.change-mail"
GOOD_FOR = timedelta(days=3)


class CannotChange(Exception):
    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def ask_to_confirm(*, member: User, email: str, at: datetime) -> None:
    """Write to the new address. Signed with the old one, so that a second change makes the first link useless."""
    email = email.strip().lower()
    until = (at + GOOD_FOR).timestamp()
    key = signing.dumps({"member": member.pk, "email": email, "old": member.email, "until": until}, salt=SALT)
    url = settings.BASE_URL + reverse("accounts:confirm_mail", args=[key])
    with override(member.language):
        shown = {"member": member, "url": url, "firm": organisation().name}
        text = render_to_string("emails/change_mail.txt", shown)
        send_mail(to=email, subject=_("Is this your address?"), text=text, at=at)


def asked_for(key: str, at: datetime) -> tuple[User, str]:
    """Whose address this link would change, and to what. Raises CannotChange."""
    try:
        asked = signing.loads(key, salt=SALT)
    except signing.BadSignature:
        raise CannotChange(_("This link is not complete. Please open it from the mail again.")) from None
    member = User.objects.filter(pk=asked["member"], is_active=True).first()
    if member is None or member.email != asked["old"] or at.timestamp() > asked["until"]:
        raise CannotChange(_("This link has been used or is too old. You can ask for a new one in your profile."))
    return member, asked["email"]


def confirm_address(*, key: str, at: datetime) -> User:
    member, email = asked_for(key, at)
    old = member.email
    try:
        with transaction.atomic():
            if not User.objects.filter(pk=member.pk, email=old).update(email=email):
                raise CannotChange(_("This link has been used already."))
            audit.record(
                actor=member, kind="member.address", about=f"member:{member.pk}", at=at, personal={"email": email}
            )
    except IntegrityError:
        raise CannotChange(_("Another member here has this address already.")) from None
    member.refresh_from_db()
    if old:
        with override(member.language):
            text = render_to_string("emails/mail_changed.txt", {"member": member})
            send_mail(to=old, subject=_("Your address was changed"), text=text, at=at)
    return member
