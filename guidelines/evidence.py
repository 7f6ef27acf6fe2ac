"""Fingerprints of rows that nobody may change, and whether they still hold. Each stands in the audit trail, whose
entries are chained: a row that was changed, or is missing, is found by its name."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet

from core import audit
from core.models import AuditEntry
from guidelines import bank, texts
from guidelines.models import Pool, Publication, Receipt, Tally, Version

RECEIPT, PUBLICATION = "guideline_receipt", "guideline_published"
PIECE = 2000


# The columns that a digest covers. A row keeps the form it was written in: a column that comes later makes a new form,
# and nothing that was written before is any less whole. A test holds the last one against the tables.
FORMS: dict[type[Receipt] | type[Publication], dict[int, tuple[str, ...]]] = {
    Publication: {
        1: (
            "id", "version_id", "guideline_id", "number", "language", "content", "what_changed", "change", "terms",
            "some_terms", "sign_within", "least_seconds", "proof", "fingerprint", "previous", "at", "by_id",
        ),
    },
    Receipt: {
        1: (
            "id", "member_id", "publication_id", "kind", "opened", "language", "fingerprint", "proof", "by_id", "at",
        ),
    },
}  # fmt: skip
FORMS[Publication][2] = (*FORMS[Publication][1], "asks", "must_pass", "pool")
FORMS[Receipt][2] = (*FORMS[Receipt][1], "asked_at", "situations")
FORMS[Publication][3] = FORMS[Publication][2]
FORMS[Receipt][3] = (*FORMS[Receipt][2], "signed_on")
NEWEST = 3


def digest_of(row: Receipt | Publication, form: int = NEWEST) -> str:
    """SHA-256 over the columns of this form, hexadecimal."""
    fields = {name: _plain(getattr(row, name)) for name in FORMS[type(row)][form]}
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def holds(row: Receipt | Publication, data: Mapping[str, Any]) -> bool:
    """Whether the row is still what its entry in the trail says."""
    return digest_of(row, int(data.get("form", 1))) == data["digest"]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value  # a moment is one, too


def keep_receipts(receipts: Iterable[Receipt], *, actor: Any, at: datetime) -> list[Receipt]:
    """Write them, and their fingerprints into the trail, in the caller's transaction."""
    made = Receipt.objects.bulk_create(receipts, batch_size=PIECE)
    AuditEntry.objects.bulk_create(
        (
            AuditEntry(
                at=at, actor_id=getattr(actor, "pk", None), kind=RECEIPT, about=f"receipt:{row.pk}",
                data={"digest": digest_of(row), "form": NEWEST, "what": row.kind, "publication": row.publication_id},
            )
            for row in made
        ),
        batch_size=PIECE,
    )  # fmt: skip
    return made


def keep_publication(row: Publication, *, actor: Any, at: datetime) -> Publication:
    row.save(force_insert=True)
    data = {
        "digest": digest_of(row),
        "form": NEWEST,
        "fingerprint": row.fingerprint,
        "number": row.number,
        "change": row.change,
    }
    audit.record(actor=actor, kind=PUBLICATION, about=f"publication:{row.pk}", at=at, data=data)
    return row


def keep_pool(publication: Publication, situations: Sequence[bank.Situation]) -> None:
    """What its members are asked from, whose fingerprint the publication holds; and a place to count answers in."""
    if not situations:
        return
    Pool.objects.create(publication=publication, situations=[bank.write(one) for one in situations])
    Tally.objects.bulk_create(
        Tally(publication=publication, situation=one.key, choice=choice)
        for one in situations
        for choice in range(len(one.good))
    )


def faults() -> Iterator[str]:
    """The names of rows that are not as they were written: "receipt:12 was changed". Reads a few thousand at a time."""
    yield from _faults_of(Publication, PUBLICATION, "publication")
    yield from _faults_of(Receipt, RECEIPT, "receipt")
    for row in Publication.objects.order_by("pk").iterator():
        if texts.fingerprint(row.content) != row.fingerprint:
            yield f"publication:{row.pk} does not fit its fingerprint"
    yield from _faults_of_pools()
    for row in Version.objects.filter(publication__isnull=False).exclude(content=F("publication__content")):
        yield f"version:{row.pk} is not what was published"
    _held, _tail, broken = audit.verify()
    if broken is not None:
        yield f"audit:{broken} does not fit its chain"


def _faults_of_pools() -> Iterator[str]:
    """Situations that are not those that were published."""
    for several in in_pieces(Publication.objects.exclude(pool="").only("pk", "pool")):
        pools = {row.publication_id: row.situations for row in Pool.objects.filter(publication__in=several)}
        for row in several:
            if texts.fingerprint({"situations": pools.get(row.pk)}) != row.pool:
                yield f"pool of publication:{row.pk} was changed"


def count() -> int:
    return Publication.objects.count() + Receipt.objects.count()


def _faults_of(model: type[Publication] | type[Receipt], kind: str, name: str) -> Iterator[str]:
    """From the trail to the rows, and from the rows to the trail."""
    for entries in in_pieces(AuditEntry.objects.filter(kind=kind)):
        rows = model._base_manager.in_bulk([number_of(entry.about) for entry in entries])
        for entry in entries:
            row = rows.get(number_of(entry.about))
            if row is None:
                yield f"{entry.about} is missing"
            elif not holds(row, entry.data):
                yield f"{entry.about} was changed"
    for several in in_pieces(model._base_manager.all()):
        named = {f"{name}:{row.pk}" for row in several}
        known = AuditEntry.objects.filter(kind=kind, about__in=named).values_list("about", flat=True)
        yield from (f"{about} stands in no trail" for about in sorted(named - set(known)))


def number_of(about: str) -> int:
    return int(about.partition(":")[2])


def in_pieces(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    """In the order of their numbers."""
    last = 0
    while found := list(rows.filter(pk__gt=last).order_by("pk")[:PIECE]):
        yield found
        last = found[-1].pk
