"""Tables of evidence: what was published, what became of each person's being asked, and who is asked still."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.text import slugify

from core.models import AuditEntry
from guidelines import evidence
from guidelines.models import OWED, Due, Publication, Receipt, ReceiptPersonal
from guidelines.models.evidence import DECLINED, SIGNED
from guidelines.queries.packed.tables import ERASED, Cells, Scope, Table, moment, names_of, yes

NAME_PROOFS = ("name", "again", "paper")


def publications(scope: Scope) -> QuerySet[Publication]:
    """For one person those that they were asked for."""
    rows = scope.narrow(Publication.objects.filter(at__lte=scope.until), guideline="guideline")
    if scope.member is not None:
        of_member = {"member": scope.member, "publication": OuterRef("pk")}
        rows = rows.filter(
            Exists(Receipt.objects.filter(at__lte=scope.until, **of_member)) | Exists(_open(scope).filter(**of_member))
        )
    return rows.select_related("guideline", "version")


def stem(row: Publication) -> str:
    """The name of a version's files."""
    return f"{row.guideline_id}-{slugify(row.guideline.name)[:60] or 'guideline'}-v{row.number}"


def _publication_cells(several: list[Publication], scope: Scope) -> Iterator[Cells]:
    names, trail = names_of(row.by_id for row in several), _trail(evidence.PUBLICATION, "publication", several)
    for row in several:
        ended = row.version.state in ("superseded", "withdrawn") and row.version.state_at <= scope.until
        yield (
            row.pk, row.guideline_id, row.guideline.name, row.number, row.fingerprint, f"versions/{stem(row)}.json",
            row.previous, row.language, " ".join(sorted(row.content)), row.change,
            row.what_changed.get(row.language, ""), moment(row.at), row.by_id, _name(row.by_id, names),
            row.version.state if ended else "out", moment(row.version.state_at) if ended else "",
            _said(row.terms), _said(row.some_terms) if row.some_terms else "", row.sign_within, row.least_seconds,
            row.proof, row.asks, yes(row.must_pass), row.pool, *_digests(row, trail),
        )  # fmt: skip


PUBLICATIONS = Table(
    "publications",
    (
        "publication", "guideline", "guideline_name", "version", "fingerprint", "file", "previous_fingerprint",
        "language", "languages", "change", "what_changed", "published_at", "published_by", "published_by_name",
        "state", "state_at", "audience", "change_for", "days_to_sign", "least_seconds", "proof", "situations",
        "must_pass", "situations_fingerprint", "trail_entry", "digest", "digest_agrees",
    ),
    publications,
    _publication_cells,
)  # fmt: skip


def _receipts(scope: Scope) -> QuerySet[Receipt]:
    rows = Receipt.objects.filter(at__lte=scope.until)
    return scope.narrow(rows, guideline="publication__guideline", member="member")


def _receipt_cells(several: list[Receipt], scope: Scope) -> Iterator[Cells]:
    names = names_of(number for row in several for number in (row.member_id, row.by_id))
    typed = dict(ReceiptPersonal.objects.filter(receipt__in=several).values_list("receipt", "typed_name"))
    published, trail = _published(several), _trail(evidence.RECEIPT, "receipt", several)
    for row in several:
        of = published[row.publication_id]
        signs = row.kind == SIGNED and row.proof in NAME_PROOFS
        yield (
            row.pk, row.kind, outcome(row), row.member_id, _name(row.member_id, names), of.guideline_id,
            of.guideline.name, of.number, row.publication_id, row.fingerprint, row.language, row.proof,
            typed.get(row.pk, ERASED) if signs else "", moment(row.asked_at), yes(row.opened), moment(row.at),
            row.by_id, _name(row.by_id, names), row.situations, row.signed_on or "", *_digests(row, trail),
        )  # fmt: skip


def outcome(row: Receipt) -> str:
    if row.kind in (SIGNED, DECLINED):
        return row.kind
    return "opened, not signed" if row.opened else "never opened"


RECEIPTS = Table(
    "receipts",
    (
        "receipt", "kind", "outcome", "member", "member_name", "guideline", "guideline_name", "version", "publication",
        "fingerprint", "language", "proof", "typed_name", "asked_at", "opened", "at", "recorded_by",
        "recorded_by_name", "situations", "signed_on", "trail_entry", "digest", "digest_agrees",
    ),
    _receipts,
    _receipt_cells,
    numbered=True,
)  # fmt: skip


def _open(scope: Scope) -> QuerySet[Due]:
    """Asked by then, and neither signed nor ended by then. Who left since and came back was asked anew: what they owed
    then is known from the receipt of their leaving."""
    ended = Receipt.objects.filter(member=OuterRef("member"), publication=OuterRef("publication"))
    ended = ended.exclude(kind=DECLINED)
    by_then = ended.filter(Q(asked_at=OuterRef("asked_at")) | Q(asked_at=None), at__lte=scope.until)
    before = ended.filter(asked_at__lte=scope.until, at__gt=scope.until)
    rows = Due.objects.annotate(before=Subquery(before.order_by("pk").values("asked_at")[:1])).filter(
        Q(asked_at__lte=scope.until) & ~Exists(by_then) | Q(asked_at__gt=scope.until, before__isnull=False)
    )
    return scope.narrow(rows, guideline="guideline", member="member")


def _open_cells(several: list[Any], scope: Scope) -> Iterator[Cells]:
    names, published = names_of(due.member_id for due in several), _published(several)
    declined = Receipt.objects.filter(kind=DECLINED, at__lte=scope.until, member__in={due.member_id for due in several})
    said = {(one.member_id, one.publication_id, one.asked_at) for one in declined}
    for due in several:
        of, is_kept = published[due.publication_id], due.asked_at <= scope.until
        since = due.asked_at if is_kept else due.before
        yield (
            due.member_id, _name(due.member_id, names), due.guideline_id, of.guideline.name, of.number,
            due.publication_id, of.fingerprint, moment(since), *(_times(due, scope) if is_kept else ("", "", "", "")),
            "cannot agree yet" if (due.member_id, due.publication_id, since) in said else "",
        )  # fmt: skip


def _times(due: Due, scope: Scope) -> Cells:
    """Of who has signed since, when they opened it is kept no more."""
    told = due.told_at if due.told_at and due.told_at <= scope.until else None
    opened = yes(due.opened_at is not None and due.opened_at <= scope.until) if due.state in OWED else ""
    return moment(due.due_at), yes(due.due_at <= scope.until), opened, moment(told)


OPEN = Table(
    "open",
    (
        "member", "member_name", "guideline", "guideline_name", "version", "publication", "fingerprint", "asked_at",
        "due_at", "overdue", "opened", "told_at", "answer",
    ),
    _open,
    _open_cells,
)  # fmt: skip


def _published(rows: Iterable[Any]) -> dict[int, Publication]:
    """Without their words, which may be long."""
    wanted = {row.publication_id for row in rows}
    return Publication.objects.defer("content").select_related("guideline").in_bulk(wanted)


def _trail(kind: str, name: str, rows: Iterable[Any]) -> dict[str, tuple[int, dict[str, Any]]]:
    """By row, its entry in the audit trail and what stands there."""
    entries = AuditEntry.objects.filter(kind=kind, about__in=[f"{name}:{row.pk}" for row in rows])
    return {about: (pk, data) for pk, about, data in entries.values_list("pk", "about", "data")}


def _digests(row: Receipt | Publication, trail: dict[str, tuple[int, dict[str, Any]]]) -> Cells:
    name = "receipt" if isinstance(row, Receipt) else "publication"
    entry, data = trail.get(f"{name}:{row.pk}", ("", {}))
    return entry, data.get("digest", ""), yes(bool(data) and evidence.holds(row, data))


def _name(number: int | None, names: dict[int, str]) -> str:
    return "" if number is None else names.get(number, ERASED)


def _said(terms: Any) -> str:
    return "everybody" if terms is None else json.dumps(terms, sort_keys=True, ensure_ascii=False)
