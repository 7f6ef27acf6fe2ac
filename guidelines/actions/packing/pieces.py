"""Which files a pack has, and how each is written."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from core.models import AuditSeal
from guidelines import printing, texts
from guidelines.actions.packing.telling import summary
from guidelines.archive import Draft, Kept
from guidelines.models import Pack, Pool, Publication
from guidelines.queries.packed import TABLES, Cut, Scope, cells_of, cuts, publications, stem
from guidelines.verifying import verify_page

SUMMARY, CONTENTS, VERIFY, MANIFEST = "summary.pdf", "manifest.json", "verify.html", "manifest.sha256"
TELLING = (SUMMARY, CONTENTS, VERIFY, MANIFEST)  # they tell of the others, so they come last
AGREES = "digest_agrees"
SITUATIONS = "-situations.json"  # what was asked before signing; its SHA-256 is the fingerprint in publications.csv


def plan_of(pack: Pack) -> dict[str, Any]:
    """Made once, so that every worker cuts at the same places, and with the head of the audit chain at that moment."""
    scope = Scope.of(pack)
    head = AuditSeal.objects.order_by("-pk").first()
    published = list(publications(scope).defer("content", "version__content").order_by("guideline", "number"))
    return {
        "versions": {stem(one): one.pk for one in published},
        "situations": [stem(one) for one in published if one.pool],
        "cuts": {cut.file: [table.name, cut.after, cut.upto] for table in TABLES for cut in cuts(table, scope)},
        "head": {"seal": head.pk, "entry": head.entry_id, "digest": head.digest} if head else None,
    }


def names(plan: dict[str, Any]) -> list[str]:
    versions = [f"versions/{one}.{kind}" for one in plan["versions"] for kind in ("json", "pdf")]
    situations = [f"versions/{one}{SITUATIONS}" for one in plan["situations"]]
    return [*versions, *situations, *plan["cuts"], *TELLING]


def write(pack: Pack, name: str, kept: Sequence[Kept], draft: Draft) -> Kept:
    if name in pack.plan["cuts"]:
        return _table(pack, name, draft)
    if name.startswith("versions/"):
        return draft.write(_version(pack, name))
    made = {SUMMARY: summary, CONTENTS: contents, VERIFY: verify_page, MANIFEST: manifest}[name]
    return draft.write(made(pack, kept))


def _table(pack: Pack, name: str, draft: Draft) -> Kept:
    of, after, upto = pack.plan["cuts"][name]
    table = next(one for one in TABLES if one.name == of)
    faults = 0

    def lines() -> Iterator[Sequence[object]]:
        nonlocal faults
        for line in cells_of(table, Scope.of(pack), Cut(name, after, upto)):
            faults += table.header[-1] == AGREES and line[-1] == "no"
            yield line

    kept = draft.write_table(table.header, lines())
    return Kept(kept.name, kept.bytes, kept.sha256, kept.rows, faults)


def _version(pack: Pack, name: str) -> bytes:
    if name.endswith(SITUATIONS):
        pk = pack.plan["versions"][name.removeprefix("versions/").removesuffix(SITUATIONS)]
        return texts.canonical({"situations": Pool.objects.get(publication=pk).situations})
    file, _dot, kind = name.removeprefix("versions/").rpartition(".")
    publication = Publication.objects.select_related("guideline").get(pk=pack.plan["versions"][file])
    if kind == "json":
        return texts.canonical(publication.content)
    return printing.version_pdf(publication, language=pack.language)


def contents(pack: Pack, kept: Sequence[Kept]) -> bytes:
    data = {
        "pack": pack.pk,
        "day": pack.day.isoformat(),
        "until": pack.until.isoformat(),
        "asked_at": pack.asked_at.isoformat(),
        "guideline": pack.guideline_id,
        "member": pack.member_id,
        "audit_trail": pack.plan["head"],
        "files": [one.as_data for one in kept],
    }
    return json.dumps(data, indent=1, ensure_ascii=False).encode()


def manifest(pack: Pack, kept: Sequence[Kept]) -> bytes:
    """In the form of sha256sum. It names every file but itself."""
    return "".join(f"{one.sha256}  {one.name}\n" for one in kept).encode()
