"""How often something may be tried. Counted in the cache; a cache that is down refuses nobody, and says so."""

import hashlib
import logging
from datetime import timedelta

from django.core.cache import cache

log = logging.getLogger(__name__)


def allowed(action: str, key: str, *, times: int, within: timedelta) -> bool:
    """Count one more try of `action` by `key`; False when that is one too many."""
    name = f"limit:{action}:{hashlib.sha256(key.encode()).hexdigest()[:32]}"
    try:
        cache.add(name, 0, timeout=int(within.total_seconds()))
        return cache.incr(name) <= times
    except ValueError:
        return True  # the count ran out between the two lines, or there is no cache at all
    except Exception as error:  # whatever the cache's client raises: redis' own, the socket's
        log.warning("limit %s is not counted, the cache does not answer: %s", action, type(error).__name__)
        return True
