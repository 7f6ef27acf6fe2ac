"""Fingerprints of rows that nobody may change, and whether they still hold. Each stands in the audit trail, whose
entries are chained: a row that was changed, or is missing, is found by its name."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from core import audit
from core.models import AuditEntry
from guidelines import texts
from guidelines.models import Publication, Receipt

RECEIPT, PUBLICATION = "guideline_receipt", "guideline_published"


def digest_of(row: Receipt | Publication) -> str:
    """SHA-256 over all columns of the row, hexadecimal."""
    fields = {field.attname: _plain(getattr(row, field.attname)) for field in row._meta.concrete_fields}
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def keep_receipts(receipts: Iterable[Receipt], *, actor: Any, at: datetime) -> list[Receipt]:
    """Write them, and their fingerprints into the trail, in the caller's transaction."""
    made = Receipt.objects.bulk_create(receipts, batch_size=2000)
    AuditEntry.objects.bulk_create(
        (
            AuditEntry(
                at=at, actor_id=getattr(actor, "pk", None), kind=RECEIPT, about=f"receipt:{row.pk}",
                data={"digest": digest_of(row), "what": row.kind, "publication": row.publication_id},
            )
            for row in made
        ),
        batch_size=2000,
    )  # fmt: skip
    return made


def keep_publication(row: Publication, *, actor: Any, at: datetime) -> Publication:
    row.save(force_insert=True)
    data = {"digest": digest_of(row), "fingerprint": row.fingerprint, "number": row.number, "change": row.change}
    audit.record(actor=actor, kind=PUBLICATION, about=f"publication:{row.pk}", at=at, data=data)
    return row


def faults() -> Iterator[str]:
    """The names of rows that are not as they were written: "receipt:12 was changed"."""
    for kind, model, name in ((PUBLICATION, Publication, "publication"), (RECEIPT, Receipt, "receipt")):
        rows = {row.pk: row for row in model.objects.all()}
        seen = set()
        for entry in AuditEntry.objects.filter(kind=kind).order_by("pk").iterator():
            number = int(entry.about.partition(":")[2])
            seen.add(number)
            if number not in rows:
                yield f"{name}:{number} is missing"
            elif digest_of(rows[number]) != entry.data["digest"]:
                yield f"{name}:{number} was changed"
        yield from (f"{name}:{number} stands in no trail" for number in rows.keys() - seen)
    for row in Publication.objects.order_by("pk"):
        if texts.fingerprint(row.content) != row.fingerprint:
            yield f"publication:{row.pk} does not fit its fingerprint"
    _held, _tail, broken = audit.verify()
    if broken is not None:
        yield f"audit:{broken} does not fit its chain"
