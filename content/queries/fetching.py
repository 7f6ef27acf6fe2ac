"""Pictures for platforms that fetch them from us: behind an address that says itself what it is for, for an hour."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet
from django.urls import reverse

from content.models import Attachment, Story
from core.reachable import is_reachable

SALT = "content.attachment.fetched"
LASTS = timedelta(hours=1)


def fetch_address(name: str, *, at: datetime) -> str:
    """Where a platform may fetch what is kept under `name`; empty where no platform can reach this installation."""
    if not is_reachable():
        return ""
    until = int((at + LASTS).timestamp())
    token = Signer(salt=SALT).sign_object([name, until])
    return settings.BASE_URL + reverse("content:handed_out", args=[token])


def file_behind(token: str, *, at: datetime) -> str:
    """The name in storage, or nothing for an address that is over or none of ours."""
    try:
        name, until = Signer(salt=SALT).unsign_object(token)
    except (BadSignature, ValueError, TypeError):
        return ""
    return str(name) if at.timestamp() <= until else ""


def stories_with(name: str) -> QuerySet[Story]:
    """Every story that shows or posts this file. A file is named by its content, so several may."""
    posted = Attachment.objects.filter(file=name).values("story")
    return Story.objects.filter(Q(picture=name) | Q(pk__in=posted))


def closed_stories_with(name: str) -> list[Story]:
    return list(stories_with(name).filter(audience__isnull=False))


def is_open_elsewhere(name: str) -> bool:
    """Whether everybody may see it anyway, in a story for everybody."""
    return stories_with(name).filter(audience=None, state="live").exists()
