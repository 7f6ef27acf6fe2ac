"""The audit trail: `record` writes an entry in the act's transaction; `seal` chains committed entries by hash."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from core.models import AuditEntry, AuditPersonal, AuditSeal

GENESIS = "0" * 64
SEALER_LOCK = 7_211_001


def record(
    *,
    actor: Any,
    kind: str,
    about: str,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    personal: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Write one entry. `about` reads "story:12"; `personal` is kept aside so that it can be erased."""
    entry = AuditEntry.objects.create(
        at=at, actor_id=getattr(actor, "pk", None), kind=kind, about=about, data=dict(data or {})
    )
    if personal:
        AuditPersonal.objects.create(entry=entry, data=dict(personal))
    return entry


def digest_of(entry: AuditEntry, previous: str) -> str:
    """SHA-256 over the previous digest and the entry's own fields, hexadecimal."""
    fields = [entry.pk, entry.at.isoformat(), entry.actor_id, entry.kind, entry.about, entry.data]
    return hashlib.sha256((previous + json.dumps(fields, sort_keys=True)).encode()).hexdigest()


def seal(*, limit: int = 5000) -> int:
    """Chain entries that have no seal yet. Only one sealer works at a time; a second one does nothing."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALER_LOCK])
            if not cursor.fetchone()[0]:
                return 0
        last = AuditSeal.objects.order_by("-pk").first()
        digest, seals = (last.digest if last else GENESIS), []
        for entry in AuditEntry.objects.filter(seal=None).order_by("pk")[:limit]:
            digest = digest_of(entry, digest)
            seals.append(AuditSeal(entry=entry, digest=digest))
        AuditSeal.objects.bulk_create(seals)
    return len(seals)


def unsealed_before(at: datetime) -> bool:
    """Whether entries older than this are still without a seal. Asked from the end, so that the chain's length does
    not matter; one that slipped behind its neighbours is found by `verify`."""
    last = AuditSeal.objects.order_by("-pk").values_list("entry", flat=True).first() or 0
    oldest = AuditEntry.objects.filter(pk__gt=last).order_by("pk").first()
    return oldest is not None and oldest.at < at


def holds_seal(number: str, digest: str) -> bool:
    """Whether this seal, as somebody wrote it down earlier, still stands in the chain. That it fits says `verify`."""
    return number.isdecimal() and AuditSeal.objects.filter(pk=int(number), digest=digest).exists()


def verify() -> tuple[int, int, int | None]:
    """(sealed entries that hold, entries not yet sealed, id of the first entry that does not fit or None)."""
    digest, held = GENESIS, 0
    for link in AuditSeal.objects.select_related("entry").order_by("pk").iterator():
        digest = digest_of(link.entry, digest)
        if digest != link.digest:
            return held, AuditEntry.objects.filter(seal=None).count(), link.entry_id
        held += 1
    return held, AuditEntry.objects.filter(seal=None).count(), None
