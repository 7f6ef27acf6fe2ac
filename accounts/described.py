"""Platforms that nobody registers us with: they read a document of ours, and its address is our name there."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from connectors.base import App, Connector
from connectors.pushed import loopback_client


def callback_address(connector: str) -> str:
    return settings.BASE_URL + reverse("accounts:callback", args=[connector])


def document_address(connector: str) -> str:
    return settings.BASE_URL + reverse("accounts:client_metadata", args=[connector])


def all_scopes(connector: Connector) -> tuple[str, ...]:
    """All that may ever be asked for, as a document has to say in advance."""
    return tuple(dict.fromkeys([*connector.scopes, *connector.wider_scopes]))


def described_app(connector: Connector, key: str) -> App:
    """What we call ourselves there. `key` signs for us; on this machine alone, and beside stand-ins, there is none."""
    if settings.SANDBOX or on_this_machine():
        return loopback_client(callback_address(connector.key), all_scopes(connector))
    return App(document_address(connector.key), key)


def on_this_machine() -> bool:
    """Servers make an exception for these two names only, and not for `localhost`."""
    return urlsplit(settings.BASE_URL).hostname in ("127.0.0.1", "::1")


def why_not_described(connector: Connector) -> str:
    """What is missing before their servers can read who we are; empty when nothing is."""
    if settings.SANDBOX or on_this_machine() or has_public_address():
        return ""
    text = _(
        "%(name)s reads who we are at our https address. BASE_URL is %(address)s: "
        "it has to begin with https:// and name a host that can be reached from outside."
    )
    return text % {"name": connector.name, "address": settings.BASE_URL}


def has_public_address() -> bool:
    parts = urlsplit(settings.BASE_URL)
    host = parts.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return parts.scheme == "https" and "." in host
    return False
