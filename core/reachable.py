"""Whether platforms can fetch something from this installation."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings

PRIVATE_NAMES = (".local", ".internal", ".lan", ".test", ".localhost")


def is_reachable() -> bool:
    """From the outside, or because the platforms are stand-ins on this machine."""
    if settings.SANDBOX:
        return True
    parts = urlsplit(settings.BASE_URL)
    host = parts.hostname or ""
    try:
        return parts.scheme == "https" and ip_address(host).is_global
    except ValueError:
        return parts.scheme == "https" and "." in host and not host.endswith(PRIVATE_NAMES)
