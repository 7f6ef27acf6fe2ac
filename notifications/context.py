from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from notifications.models import Notice

SHOWN, COUNTED = 3, 99


def unread_notices(request: HttpRequest) -> dict[str, Any]:
    """The newest unread notices; asked for only by a page that shows them, and then by one query."""
    member = getattr(request, "user", None)
    if member is None or not member.is_authenticated:
        return {"notices": [], "unread": 0}
    unread = Notice.objects.filter(member_id=member.pk, read_at=None).order_by("-at", "-pk")
    found = SimpleLazyObject(lambda: list(unread[:COUNTED]))
    return {"notices": SimpleLazyObject(lambda: found[:SHOWN]), "unread": SimpleLazyObject(lambda: len(found))}
