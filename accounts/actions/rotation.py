"""Sealing everything again with the first key, so that an old one can be thrown away."""

from accounts.models import LinkedAccount, PlatformApp, Revocation
from accounts.queries import keyring
from core.secrets import Unopenable
from notifications.models import Hook, PushAddress
from notifications.sealing import reseal

SEALED = ("access", "refresh", "extra")


def reseal_tokens() -> tuple[int, int]:
    """(sealed again, opened by no key). Each row only if nobody has changed it meanwhile; run it again at will."""
    sealed = lost = 0
    rows: list[tuple[LinkedAccount | Revocation, str]] = [
        *((account, f"linkedaccount:{account.pk}") for account in LinkedAccount.objects.exclude(access="")),
        *((row, f"revocation:{row.key}") for row in Revocation.objects.all()),
    ]
    for row, about in rows:
        try:
            fresh = {name: resealed(getattr(row, name), about) for name in SEALED}
        except Unopenable:
            lost += 1
            continue
        if fresh != {name: getattr(row, name) for name in SEALED}:
            sealed += type(row)._default_manager.filter(pk=row.pk, access=row.access).update(**fresh)
    for app in PlatformApp.objects.exclude(client_secret=""):
        try:
            secret = resealed(app.client_secret, f"platformapp:{app.pk}")
        except Unopenable:
            lost += 1
            continue
        if secret != app.client_secret:
            same = PlatformApp.objects.filter(pk=app.pk, client_secret=app.client_secret)
            sealed += same.update(client_secret=secret)
    for again, unopened in (reseal(PushAddress, "push"), reseal(Hook, "hook")):
        sealed, lost = sealed + again, lost + unopened
    return sealed, lost


def resealed(text: str, about: str) -> str:
    if not text or keyring().is_current(text):
        return text
    return keyring().seal(keyring().open(text, about=about), about=about)
