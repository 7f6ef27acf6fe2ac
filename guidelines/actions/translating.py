"""HR translates a draft. The original decides which sections there are; what a translation lacks, and what has changed
in the original since, is said before anybody reads it."""

import re
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from connectors.text import one_line
from core.refusals import NotReady
from guidelines import queries, texts
from guidelines.actions.writing import allow, cleaned, save
from guidelines.models import Version

LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)


def translate_version(
    *, actor: User, version: Version, edition: int, language: str, text: texts.Text, what_changed: str, at: datetime
) -> Version:  # fmt: skip
    """Save a translation, and with it the original that it was made from. As `edit_version`."""
    allow(actor)
    original = version.guideline.language
    if language == original or not LANGUAGE.fullmatch(language):
        raise NotReady(_("Please choose a language that the original is not in."))
    whole = texts.aligned(texts.read(version.content[original]), cleaned(text))
    said = {**version.what_changed, language: one_line(what_changed)[:300]}
    changes = {
        "content": {**version.content, language: texts.write(whole)},
        "what_changed": {one: sentence for one, sentence in said.items() if sentence},
        "translated_from": {**version.translated_from, language: version.content[original]},
    }
    return save(actor, version, edition, changes, at)


def confirm_translation(*, actor: User, version: Version, edition: int, language: str, at: datetime) -> Version:
    """The original changed, and the translation still fits as it is. As `edit_version`."""
    allow(actor)
    original = version.guideline.language
    if language == original or language not in version.content:
        raise NotReady(_("There is no translation into that language."))
    from_now = {**version.translated_from, language: version.content[original]}
    return save(actor, version, edition, {"translated_from": from_now}, at)


def remove_translation(*, actor: User, version: Version, edition: int, language: str, at: datetime) -> Version:
    allow(actor)
    if language == version.guideline.language:
        raise NotReady(_("The original stays."))
    columns = ("content", "what_changed", "translated_from")
    kept = {name: {one: raw for one, raw in getattr(version, name).items() if one != language} for name in columns}
    return save(actor, version, edition, kept, at)


def untranslated(version: Version) -> dict[str, list[str]]:
    """By language, titles of what its translation lacks; complete ones are left out."""
    whole, others = _original(version), _translations(version)
    lacking = {one: texts.untranslated(whole, text) for one, text in others.items()} if whole else {}
    return {one: titles for one, titles in lacking.items() if titles}


def outdated(version: Version) -> dict[str, list[str]]:
    """By language, titles of what changed in the original since it was translated: its title or first lines, and
    sections; those that fit are left out."""
    whole, found = _original(version), {}
    for language in _translations(version) if whole else ():
        before = version.translated_from.get(language)
        if whole and before and (titles := queries.changed_titles(texts.read(before), whole)):
            found[language] = titles
    return found


def _original(version: Version) -> texts.Text | None:
    raw = version.content.get(version.guideline.language)
    return texts.read(raw) if raw else None


def _translations(version: Version) -> dict[str, texts.Text]:
    return {one: texts.read(raw) for one, raw in version.content.items() if one != version.guideline.language}
