"""Searches a member keeps."""

from datetime import datetime
from typing import Any

from accounts.models import User
from shares.models import SavedSearch

MOST = 20


def keep_search(*, actor: User, wish: dict[str, Any], at: datetime) -> bool:
    """Whether there was room. The same twice is kept once; an empty one is nothing to keep."""
    own = SavedSearch.objects.filter(member=actor)
    if not wish or own.filter(wish=wish).exists():
        return True
    if own.count() >= MOST:
        return False
    SavedSearch.objects.get_or_create(member=actor, wish=wish, defaults={"saved_at": at})
    return True


def forget_search(*, actor: User, number: int) -> None:
    """One's own; another's is not found, and nothing is said of it."""
    SavedSearch.objects.filter(member=actor, pk=number).delete()
