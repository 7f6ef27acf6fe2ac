"""The languages of this installation, and how much of each is translated."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.pofile import write_po
from django.conf import settings
from django.utils.translation import to_locale

from advocacy.languages import catalogues, checks, uploads
from core import languages


@dataclass(frozen=True)
class Spoken:
    code: str
    name: str
    is_ours: bool
    percent: int


def spoken() -> list[Spoken]:
    return [
        Spoken(code, languages.own_name(code), code in languages.OURS, percent_of(code))
        for code, _name in settings.LANGUAGES
    ]


def percent_of(code: str) -> int:
    """Against the strings of today: after an update some may be new."""
    path = file_of(code)
    if code == settings.LANGUAGE_CODE or not path.exists():
        return 100 if code in languages.OURS else 0
    there = catalogues.kept(path)
    whole = [message for message in uploads.known_strings() if message.id]
    theirs = [there.get(message.id, message.context) for message in whole]
    return sum(1 for one in theirs if one is not None and not checks.is_missing(one)) * 100 // len(whole)


def file_of(code: str) -> Path:
    folder = catalogues.LOCALE if code in languages.OURS else languages.added_folder()
    return folder / to_locale(code) / catalogues.NAME


def to_translate(code: str) -> bytes:
    """For a translator: every string of today, with what there is in that language already."""
    made, path = uploads.blank(code), file_of(code)
    if path.exists():
        there = catalogues.kept(path)
        made = uploads.empty(code, there.num_plurals, there.plural_expr)
        for message in uploads.known_strings():
            if message.id:
                known = there.get(message.id, message.context)
                text = known.string if known is not None else None
                made.add(message.id, text, [(place, 0) for place, _line in message.locations], context=message.context)
    file = BytesIO()
    write_po(file, made, width=110, include_lineno=False)
    return file.getvalue()
