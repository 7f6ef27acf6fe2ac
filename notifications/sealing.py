"""Addresses that are secrets, sealed to their row by its `key`; those of browsers and of hooks."""

from django.conf import settings
from django.db.models import Model

from core.secrets import Keyring, Unopenable


def keyring() -> Keyring:
    return Keyring(settings.TOKEN_KEYS)


def reseal(model: type[Model], name: str) -> tuple[int, int]:
    """Every `sealed` of a table, sealed about "name:key", with the first key again: (sealed again, opened by no key).
    See accounts/actions/rotation.py."""
    sealed = lost = 0
    for row in model._default_manager.values("pk", "key", "sealed"):
        about = f"{name}:{row['key']}"
        if keyring().is_current(row["sealed"]):
            continue
        try:
            plain = keyring().open(row["sealed"], about=about)
        except Unopenable:
            lost += 1
            continue
        same = model._default_manager.filter(pk=row["pk"], sealed=row["sealed"])
        sealed += same.update(sealed=keyring().seal(plain, about=about))
    return sealed, lost
