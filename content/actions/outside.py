"""Our door to the servers that hold feeds, pages and pictures. Unlike platforms they may speak plain http."""

import functools

from django.conf import settings

from core.http import Answer, Door, Policy, origin_of

MOST_HOPS = 5


def fetch(url: str, *, headers: dict[str, str] | None = None, max_bytes: int, total: float = 20.0) -> Answer:
    """GET through the door, going along at most five redirects. Raises the errors of core.http."""
    return _door(_allowed_origins()).request(
        "GET", url, headers=headers, max_bytes=max_bytes, total=total, follow=MOST_HOPS
    )


def _allowed_origins() -> frozenset[str]:
    """Private addresses an administrator has named, such as the firm's own intranet blog; in the demo its own blog."""
    stand_ins = [
        address for address in (settings.BASE_URL, settings.SANDBOX_URL) if address and not settings.PRODUCTION
    ]
    return frozenset(origin_of(origin) for origin in [*settings.ALLOWED_ORIGINS, *stand_ins])


@functools.cache
def _door(allowed_origins: frozenset[str]) -> Door:
    return Door(Policy(allowed_origins=allowed_origins, https_only=False))
