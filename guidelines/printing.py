"""What goes on paper: a receipt, and a version as it was published. Words of the sheet are those of the language in
force; words of HR and of members come in as data."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.queries import organisation
from core import languages, markdown
from core.pdf import make_pdf
from core.templatetags.times import say_day, say_moment
from guidelines import texts
from guidelines.models import Publication, Receipt
from guidelines.models.evidence import DECLINED, GONE, LEFT, PASSED, SIGNED, SUPERSEDED
from guidelines.models.versions import AGAIN, PAPER
from guidelines.queries.packed import names_of


def receipt_pdf(receipt: Receipt, *, language: str) -> bytes:
    """What the page of a receipt says, its fingerprint, and how somebody else checks it."""
    publication = receipt.publication
    data = {
        "title": _("Receipt"),
        "line": title_of(publication, language),
        "firm": organisation().name,
        "footer": _("Receipt %(number)s") % {"number": receipt.pk},
        "facts": _rows(_receipt_facts(receipt), code={_("Fingerprint of the text")}),
        "notes": [
            _("The database refuses this program every change to the text and to this receipt. Whoever owns the "
              "database could force one; the check then names the row. How long it took to read is not kept."),
        ],
        "check_title": _("How to check it"),
        "check": [
            _("Ask HR for the evidence pack of this guideline. It holds the text as a file, named “%(file)s”.")
            % {"file": f"…-v{publication.number}.json"},
            _("The SHA-256 of that file is the fingerprint above. Any computer can work it out: sha256sum on Linux, "
              "shasum -a 256 on macOS, or the page verify.html in the pack."),
            _("The pack lists this receipt under its number, with its digest in the audit trail."),
        ],
    }  # fmt: skip
    return make_pdf("receipt", data, language=language, at=receipt.at)


def _receipt_facts(receipt: Receipt) -> dict[str, str]:
    publication, personal = receipt.publication, getattr(receipt, "personal", None)
    names = names_of([receipt.member_id, receipt.by_id])
    said = {
        _("Number"): str(receipt.pk),
        _("Who"): names.get(receipt.member_id) or _("erased, number %(n)s") % {"n": receipt.member_id},
        _("What"): kind_word(receipt),
        _("When"): say_day(receipt.signed_on) if receipt.signed_on else say_moment(receipt.at, "full"),
        _("Guideline"): publication.guideline.name,
        _("Version"): str(publication.number),
        language_label(receipt): languages.own_name(receipt.language) if receipt.language else "",
        name_label(receipt): personal.typed_name if personal else "",
        _("Why"): personal.reason if personal else "",
        _("How"): proof_word(receipt, names.get(receipt.by_id or 0, "")),
        _("Situations"): {GONE: _("Gone through"), PASSED: _("Passed")}.get(receipt.situations, ""),
        _("Fingerprint of the text"): receipt.fingerprint,
    }
    return {name: value for name, value in said.items() if name and value}


def language_label(receipt: Receipt) -> str:
    """What was shown on a screen, or printed; empty where nobody wrote down which sheet it was."""
    if receipt.proof != PAPER:
        return _("Shown in")
    return _("Language of the sheet") if receipt.signed_on else ""


def name_label(receipt: Receipt) -> str:
    return _("Name on the paper") if receipt.proof == PAPER else _("Name as typed")


def kind_word(receipt: Receipt) -> str:
    return {
        SIGNED: _("Signed"),
        DECLINED: _("Cannot agree yet"),
        LEFT: _("Left the audience, not signed"),
        SUPERSEDED: _("A newer version came first, not signed"),
    }.get(receipt.kind, _("Withdrawn, not signed"))


def proof_word(receipt: Receipt, by: str) -> str:
    if receipt.proof == PAPER:
        told = {"name": by or receipt.by_id, "moment": say_moment(receipt.at, "full")}
        return _("On paper; recorded by %(name)s on %(moment)s") % told
    return _("Typed name, after showing once more who it is") if receipt.proof == AGAIN else ""


def version_pdf(publication: Publication, *, language: str) -> bytes:
    """As it was published, in every language it has, the original first."""
    original = publication.language
    order = [original, *sorted(one for one in publication.content if one != original)]
    data = {
        "title": publication.guideline.name,
        "firm": organisation().name,
        "footer": _("%(name)s, version %(n)s") % {"name": publication.guideline.name, "n": publication.number},
        "facts": _rows(
            {
                _("Version"): str(publication.number),
                _("Published"): say_moment(publication.at, "full"),
                _("What changed"): publication.what_changed.get(original, "") or "–",
                _("Fingerprint"): publication.fingerprint,
            },
            code={_("Fingerprint")},
        ),
        "note": _("This sheet is for reading. The fingerprint is that of the file beside it, which ends in .json."),
        "texts": [_text(texts.read(publication.content[one]), one) for one in order if one in publication.content],
    }
    return make_pdf("version", data, language=language, at=publication.at)


def _text(text: texts.Text, language: str) -> dict[str, Any]:
    kinds = {texts.RULE: _("Rule"), texts.RECOMMENDATION: _("Recommendation"), texts.SUPPORT: _("Who helps")}
    sections = [
        {"title": one.title, "kind": kinds.get(one.kind, ""), "blocks": markdown.to_blocks(one.body)}
        for one in text.sections
    ]
    return {
        "lang": language.partition("-")[0], "title": text.title, "summary": text.summary, "sections": sections
    }  # fmt: skip


def title_of(publication: Publication, language: str) -> str:
    return texts.text_of(publication.content, language, publication.language)[0].title


def _rows(facts: Mapping[str, str], code: set[str]) -> list[dict[str, Any]]:
    return [{"name": name, "value": str(value), "code": name in code} for name, value in facts.items()]


def summary_pdf(
    *, facts: Mapping[str, str], parts: list[dict[str, Any]], language: str, at: datetime, number: int
) -> bytes:
    """The first sheet of a pack."""
    data = {
        "title": _("Evidence on guidelines"),
        "firm": organisation().name,
        "footer": _("Evidence pack %(n)s") % {"n": number},
        "facts": _rows(facts, code=set()),
        "parts": parts,
    }
    return make_pdf("summary", data, language=language, at=at)
