from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from notifications.models import Notice

COUNTED = 99


def unread_notices(request: HttpRequest) -> dict[str, Any]:
    """The newest unread notice and how many more there are; asked for only by a page that shows them, and then by one
    query. One that leads to the very page it stands on is not shown there: who looks at it has read it."""
    member = getattr(request, "user", None)
    if member is None or not member.is_authenticated:
        return {"notices": [], "unread": 0, "more_notices": 0}
    unread = Notice.objects.filter(member_id=member.pk, read_at=None).order_by("-at", "-pk")
    found = SimpleLazyObject(lambda: list(unread[:COUNTED]))
    request.unread_notices = found  # type: ignore[attr-defined]
    elsewhere = SimpleLazyObject(lambda: [notice for notice in found if not leads_here(notice, request)])
    return {
        "notices": elsewhere,
        "unread": SimpleLazyObject(lambda: len(elsewhere)),
        "more_notices": SimpleLazyObject(lambda: len(elsewhere) - 1),
    }


def leads_here(notice: Notice, request: HttpRequest) -> bool:
    """A list stands for its part: /shares/ shows what /shares/?story=3 would."""
    there, asked = urlsplit(notice.url), request.META.get("QUERY_STRING", "")
    return bool(notice.url) and there.path == request.path and asked in ("", there.query)
