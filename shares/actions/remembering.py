"""The fingerprints of what is planned, so that colleagues do not say the same."""

from datetime import datetime

from django.db import connection

from accounts import queries as accounts
from connectors.alike import Print
from shares.models import Fingerprint, Reservation, Share
from shares.queries.wording import COUNTED_FOR, print_of_share

LOCK = 7211


def remember_words(share: Share, *, at: datetime) -> None:
    """Write down what it says and since when. Call it inside the transaction that decides about its words, before the
    gates are asked: of two who plan alike words at once, the second waits here and then finds the first."""
    said = print_of_share(share)
    platform = accounts.connectors().get(share.connector)
    if platform and platform.forbids_same_words:
        _wait_for_alike(said, share.connector)
    told = {
        "member": share.member,
        "connector": share.connector,
        "at": at,
        "until": share.wanted_at + COUNTED_FOR,
        "pairs": sorted(said.pairs),
        "bands": said.bands_on(share.connector),
    }
    Fingerprint.objects.update_or_create(share=share, defaults=told)


def remember_time(share: Share) -> None:
    """It was moved, so its words count until later."""
    Fingerprint.objects.filter(share=share).update(until=share.wanted_at + COUNTED_FOR)


def _wait_for_alike(said: Print, connector: str) -> None:
    """Texts that share a band take turns until each transaction ends; strangers never meet. In one order for all, so
    that nobody waits in a circle."""
    bands = sorted(said.bands_on(connector))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, band) FROM unnest(%s) AS band", [LOCK, bands])


def forget_words(*, at: datetime) -> int:
    """What counts no more, and reservations whose time is over."""
    Reservation.objects.filter(until__lte=at).delete()
    return Fingerprint.objects.filter(until__lte=at).delete()[0]
