from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from notifications.models import Notice

SHOWN = 3


def unread_notices(request: HttpRequest) -> dict[str, Any]:
    """The newest unread notices; asked for only by a page that shows them, and then by one query."""
    member = getattr(request, "user", None)
    if member is None or not member.is_authenticated:
        return {"notices": []}
    unread = Notice.objects.filter(member_id=member.pk, read_at=None).order_by("-at", "-pk")
    return {"notices": SimpleLazyObject(lambda: list(unread[:SHOWN]))}
