"""verify.html: one page that checks a pack in any browser, from the disk and without a network. Its script and style
are inside it, and so is the manifest."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.languages import own_name
from guidelines.archive import Kept
from guidelines.models import Pack

HERE = Path(__file__).parent / "verify"
# So that no "</script>" of anybody's ends the block it stands in.
ESCAPED = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def verify_page(pack: Pack, kept: Sequence[Kept]) -> bytes:
    """In the language of whoever asked, and in English."""
    languages = list(dict.fromkeys([pack.language, "en"]))
    data = {
        "files": [[one.name, one.sha256] for one in kept],
        "words": {language: words_in(language) for language in languages},
        "language": pack.language,
    }
    context = {
        "pack": pack,
        "data": mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPED)),
        "style": inside("verify.css"),
        "script": inside("verify.js"),
        "words": data["words"][pack.language],
        "languages": [(one, own_name(one)) for one in languages] if len(languages) > 1 else [],
        "count": len(kept),
    }
    return render_to_string("guidelines/pack/verify.html", context).encode()


@cache
def inside(name: str) -> SafeString:
    return mark_safe((HERE / name).read_text())


def words_in(language: str) -> dict[str, str]:
    with override(language):
        return _words()


def _words() -> dict[str, str]:
    """By the names that the page and its script use; {n}, {name} and {hash} are filled in there."""
    return {
        "title": _("Check this evidence pack"),
        "lead": _("This page works out the SHA-256 of each file and compares it with the one that was written down "
                  "when the pack was made. It works without a network, sends nothing, and needs nothing installed."),
        "folder": _("The unpacked folder"),
        "files": _("Or its files, several at once"),
        "drop": _("Or drop the folder here."),
        "language": _("Language"),
        "reading": _("Reading {n} of {of}: {name}"),
        "none": _("No file was chosen."),
        "all_hold": _("All {n} files are as they were written."),
        "counted": _("Counted are the files that manifest.sha256 lists, this page among them; the command below counts "
                     "the same. The manifest does not list itself."),
        "all_but": _("All {n} files are as this page has them, but not everything fits together. Please read on."),
        "not_all": _("{hold} of {n} files are as they were written."),
        "differ": _("Different from what was written: {n}"),
        "missing": _("Missing: {n}"),
        "extra": _("Not part of the pack: {n}"),
        "unread": _("Could not be read: {n}"),
        "versions_hold": _("Each of the {n} published versions is the text whose fingerprint publications.csv names."),
        "versions_differ": _("The text is not the one whose fingerprint publications.csv names: {n}"),
        "versions_unknown": _("Without publications.csv the fingerprints of versions cannot be compared."),
        "manifest": _("The SHA-256 of manifest.sha256 is {hash}. Compare it with the one that the firm’s own page "
                      "shows for this pack; ask somebody there for it, by telephone for example, and not in the mail "
                      "or on the stick that this pack came with."),
        "manifest_unlike": _("manifest.sha256 does not name the same files and hashes as this page. One of the two was "
                             "changed."),
        "manifest_missing": _("manifest.sha256 was not among the files. Without it nothing says whether verify.html is "
                              "the one of the pack, and the command sha256sum needs it."),
        "page_unlike": _("This page is not the one that manifest.sha256 names."),
        "each": _("File by file"),
        "name": _("File"),
        "state": _("State"),
        "hash": "SHA-256",
        "holds": _("holds"),
        "differs": _("differs"),
        "is_missing": _("missing"),
        "is_extra": _("not part of the pack"),
        "is_unread": _("could not be read"),
        "again": _("The same without this page, in the unpacked folder:"),
        "script": _("This page needs JavaScript. The command below needs none."),
    }  # fmt: skip
