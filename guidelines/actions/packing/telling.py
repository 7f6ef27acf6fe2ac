"""The first sheet of a pack: what it is, how much of what is in it, how to check it, and what it does not say."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from core.templatetags.times import say_day, say_moment
from guidelines.archive import Kept
from guidelines.models import Pack
from guidelines.printing import summary_pdf
from guidelines.queries.packed import Counted, Scope, counted


def summary(pack: Pack, kept: Sequence[Kept]) -> bytes:
    parts: list[dict[str, Any]] = [
        {"title": _("What is in it"), "table": _counts(counted(Scope.of(pack))), "lines": _whole(kept)},
        {"title": _("The files"), "facts": [{"name": name, "value": what} for name, what in _files().items()]},
        {"title": _("How to check it"), "steps": _steps()},
        {"title": _("The audit trail"), **_head(pack)},
        {"title": _("What it does not say"), "lines": _silent()},
    ]
    return summary_pdf(facts=_facts(pack), parts=parts, language=pack.language, at=pack.asked_at, number=pack.pk)


def _facts(pack: Pack) -> dict[str, str]:
    asked_by = pack.asked_by.name if pack.asked_by else "–"
    return {
        _("As it stood"): _("at the end of %(day)s") % {"day": say_day(pack.day)},
        _("Guideline"): pack.guideline.name if pack.guideline else _("all"),
        _("Person"): person_word(pack),
        _("Asked for by"): asked_by,
        _("Asked for"): say_moment(pack.asked_at, "full"),
        _("Number of this pack"): str(pack.pk),
    }


def person_word(pack: Pack) -> str:
    if pack.member_id is None:
        return _("all")
    found = User._base_manager.filter(pk=pack.member_id).values_list("name", flat=True).first()
    return _("%(name)s, number %(n)s") % {"name": found or _("erased"), "n": pack.member_id}


def _counts(several: Sequence[Counted]) -> dict[str, Any]:
    head = [_("Version"), _("Signed"), _("Cannot agree"), _("Opened, not signed"), _("Never opened"), _("Asked still")]
    rows = [
        [f"{one.publication.guideline.name} · {one.publication.number}",
         *map(str, (one.signed, one.declined, one.opened, one.never_opened, one.asked))]
        for one in several
    ]  # fmt: skip
    return {"head": head, "rows": rows}


def _whole(kept: Sequence[Kept]) -> list[str]:
    rows, faults = sum(one.rows for one in kept), sum(one.faults for one in kept)
    said = _("Opened and never opened are people who left the audience, or for whom a newer version or a withdrawal "
             "came before a signature.")  # fmt: skip
    if not faults:
        return [said, _("All %(n)s lines were read; every row of evidence agrees with the audit trail.") % {"n": rows}]
    return [said, _("%(n)s rows of evidence do not agree with the audit trail. In the tables they say “no” under "
                    "digest_agrees.") % {"n": faults}]  # fmt: skip


def _files() -> dict[str, str]:
    return {
        "versions/": _(
            "each version as it was published: .json is what its fingerprint is made of, .pdf is for reading"
        ),
        "publications.csv": _("what was published, when, by whom, for whom, and its fingerprint"),
        "receipts-….csv": _("what became of each person's being asked: signed or not, and why not"),
        "open.csv": _("who is asked and has not signed"),
        "reminders.csv": _("who was reminded when, and whose manager was told"),
        "questions.csv": _("when questions were asked and answered; words only of what both put into the case book"),
        "verify.html": _("checks all of it in a browser, without a network"),
        "manifest.sha256": _("the SHA-256 of each file"),
    }


def _steps() -> list[str]:
    return [
        _("Unpack the archive."),
        _("Open verify.html in any browser and choose the unpacked folder. It works without a network and sends "
          "nothing."),
        _("Or in that folder: sha256sum -c manifest.sha256 (Linux), shasum -a 256 -c manifest.sha256 (macOS)."),
        _("Compare the SHA-256 of manifest.sha256 itself with the one that the firm's page shows for this pack. Ask "
          "somebody there for it, by telephone for example, and not in the mail or on the stick that this archive came "
          "with."),
    ]  # fmt: skip


def _head(pack: Pack) -> dict[str, Any]:
    head = pack.plan["head"]
    if head is None:
        return {"lines": [_("The trail had no sealed entry yet.")]}
    facts = [
        {"name": _("Its last seal then"), "value": _("%(seal)s, over entry %(entry)s") % head},
        {"name": "SHA-256", "value": head["digest"], "code": True},
    ]
    lines = [
        _("Every publication and every receipt has its digest in a trail whose entries are chained. The firm can show "
          "at any time that this seal is still part of the chain, so that nothing before it was rewritten: with make "
          "verify, to which it gives the number and the digest; the documentation says how."),
    ]  # fmt: skip
    return {"facts": facts, "lines": lines}


def _silent() -> list[str]:
    return [
        _("How long somebody read, what they answered to situations, why they cannot agree, what they posted, and "
          "anything of their own accounts. It is not kept with a name, or not evidence."),
        _("Of people who were erased the number stands, and “erased” for the name; their rows count all the same."),
    ]  # fmt: skip
