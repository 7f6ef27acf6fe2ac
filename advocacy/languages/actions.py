"""Adding a language to this installation, and taking one away again. The file in the data folder is the truth."""

import shutil
from datetime import datetime
from io import BytesIO

from babel.messages.pofile import write_po
from django.utils.translation import to_locale

from accounts.models import User
from advocacy.languages import catalogues
from advocacy.languages.uploads import Language
from core import audit, languages


def add_language(*, actor: User, language: Language, at: datetime) -> None:
    """Takes the place of an earlier file of the same language. What is not translated is shown in English."""
    folder = languages.added_folder() / to_locale(language.code)
    words = BytesIO()
    write_po(words, language.catalogue, width=110)
    catalogues.replace(folder / catalogues.NAME, words.getvalue())
    catalogues.replace((folder / catalogues.NAME).with_suffix(".mo"), catalogues.compiled(language.catalogue))
    languages.look_again(now=True)
    data = {"translated": language.translated, "of": language.of}
    audit.record(actor=actor, kind="language.added", about=f"language:{language.code}", at=at, data=data)


def remove_language(*, actor: User, code: str, at: datetime) -> None:
    """Whoever had chosen it reads English from now on; should it come back, their choice still stands."""
    shutil.rmtree(languages.added_folder() / to_locale(code), ignore_errors=True)
    languages.look_again(now=True)
    audit.record(actor=actor, kind="language.removed", about=f"language:{code}", at=at)
