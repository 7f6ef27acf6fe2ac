"""Refusing to run when nobody could post any more: linked accounts whose tokens no key opens."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from accounts.models import LinkedAccount, PlatformApp
from accounts.queries import keyring
from core.secrets import Unopenable, UnusableKey


@register(Tags.security)
def token_keys_are_usable(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    try:
        keyring()
    except UnusableKey as error:
        return [Error(str(error), hint="TOKEN_KEYS holds keys of 32 bytes in base64.", id="accounts.E001")]
    return []


@register(Tags.database)
def tokens_can_be_opened(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Runs where the database is asked: `migrate`, `check --database default`, and the start of `up`."""
    if not databases:
        return []
    try:
        locked = tokens_nobody_opens()
    except (DatabaseError, UnusableKey):
        return []  # before the first migration, or said by the other check
    if not locked:
        return []
    return [
        Error(
            f"No key in TOKEN_KEYS opens the tokens of {locked}.",
            hint="Put the key they were sealed with back into TOKEN_KEYS, behind the first one.",
            id="accounts.E002",
        )
    ]


def tokens_nobody_opens() -> str:
    """Names one row of each kind that cannot be opened; empty when all is well. Looks at the newest of each key."""
    for row in LinkedAccount.objects.exclude(access="").order_by("-pk")[:200]:
        if not opens(row.access, f"linkedaccount:{row.pk}"):
            return f"linked account {row.pk}"
    for app in PlatformApp.objects.exclude(client_secret=""):
        if not opens(app.client_secret, f"platformapp:{app.pk}"):
            return f"the registration with {app.connector}"
    return ""


def opens(sealed: str, about: str) -> bool:
    try:
        keyring().open(sealed, about=about)
    except Unopenable:
        return False
    return True
