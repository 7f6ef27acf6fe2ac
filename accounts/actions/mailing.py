"""Mails that remind a member of something: within their working hours, and none before they have chosen any."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.hours import next_working
from accounts.models import User
from accounts.queries import organisation
from notifications.actions import send_mail
from notifications.models import Mail


def mail_in_hours(
    *, member: User, subject: str, text: str, url: str, at: datetime, within: timedelta | None = None
) -> Mail | None:
    """Write it for the member's next working moment; with `within`, not when that is further away. None where nothing
    is sent: no address, no hours chosen, or too far away. `url` is a place of ours; say both in their language."""
    due_at = next_working(member.working_hours, member.time_zone, at)
    if not member.email or not member.is_active or due_at is None or (within is not None and due_at > at + within):
        return None
    return send_mail(to=member.email, subject=subject, text=written(member, text, url), at=at, due_at=due_at)


def written(member: User, text: str, url: str) -> str:
    with override(member.language):
        choose = _("Which mails you get, you choose here: %(address)s")
        return "\n\n".join(
            [
                _("Hello %(name)s,") % {"name": member.name},
                text,
                settings.BASE_URL + url,
                organisation().name,
                choose % {"address": settings.BASE_URL + reverse("accounts:messages")},
            ]
        )
