"""How often something may be tried. Counted in the cache; core.cache refuses nobody when that is down, and says so."""

import hashlib
from datetime import timedelta

from django.core.cache import cache


def allowed(action: str, key: str, *, times: int, within: timedelta) -> bool:
    """Count one more try of `action` by `key`; False when that is one too many."""
    name = f"limit:{action}:{hashlib.sha256(key.encode()).hexdigest()[:32]}"
    cache.add(name, 0, timeout=int(within.total_seconds()))
    try:
        return cache.incr(name) <= times
    except ValueError:
        return True  # the count ran out between the two lines, or there is no cache at all
