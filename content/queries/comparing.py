"""Two editions of a story beside each other, word by word. Touches no table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from content.queries.lengths import platform_names
from core.comparing import by_word
from core.languages import own_name

USES = ("connector", "language", "locked", "for_makers")


@dataclass(frozen=True)
class Difference:
    label: str
    parts: list[tuple[str, str]]  # as core.comparing.by_word tells them


def labels() -> dict[str, str]:
    """What a campaign says, and whom a story is for, is no part of an edition."""
    return {
        "title": _("Title"), "url": _("Address of the page"), "summary": _("Summary"), "kind": _("What it is"),
        "language": _("Language"), "picture": _("Picture"), "picture_alt": _("What the picture shows"),
        "picture_rights": _("Whose picture it is"), "picture_note": _("Licensed from whom, until when"),
        "video": _("The video as a file"), "partnership": _("Sharing this is rewarded"),
        "utm_campaign": _("utm_campaign"),
    }  # fmt: skip


def compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """One for each part that differs: what was written, then each suggestion, then what is posted itself."""
    found = [
        Difference(label, by_word(_said(before, name), _said(after, name)))
        for name, label in labels().items()
        if _said(before, name) != _said(after, name)
    ]
    for list_name, part, label in (
        ("captions", "text", _("Suggestion %(n)s")),
        ("captions", "first_comment", _("First comment of suggestion %(n)s")),
        ("attachments", "alt", _("File %(n)s")),
    ):
        old, new = before.get(list_name, []), after.get(list_name, [])
        for number in range(max(len(old), len(new))):
            texts = [rows[number].get(part, "") if number < len(rows) else "" for rows in (old, new)]
            if texts[0] != texts[1]:
                found.append(Difference(label % {"n": number + 1}, by_word(*texts)))
    return found + _uses(before.get("captions", []), after.get("captions", []))


def _uses(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> list[Difference]:
    """Where, in which language and by whom a suggestion is used, of those that are in both editions."""
    found = []
    for number, pair in enumerate(zip(old, new, strict=False), start=1):
        before, after = (" · ".join(uses_of(**{name: one[name] for name in USES if name in one})) for one in pair)
        if before != after:
            found.append(Difference(_("Suggestion %(n)s is used") % {"n": number}, by_word(before, after)))
    return found


def uses_of(connector: str, language: str, locked: bool = False, for_makers: bool = False) -> list[str]:
    """In words. What an older edition does not say was not so."""
    platform = platform_names().get(connector, connector) or _("Every platform")
    marks = {_("goes out as it stands"): locked, _("for those who worked on it"): for_makers}
    return [platform, own_name(language), *(words for words, is_so in marks.items() if is_so)]


def _said(edition: Mapping[str, Any], name: str) -> str:
    value = edition.get(name, "")
    return (_("Yes") if value else _("No")) if isinstance(value, bool) else str(value)
