"""The one door to PDF. A template of ours (templates/pdf, Typst) reads what it prints as data, handed in as JSON: no
word of anybody's is ever read as markup. Tagged for screen readers (PDF/UA-1), with its language.

The letters that come with it are Latin, Greek, Cyrillic and most of those that DejaVu has (Hebrew, Arabic, Armenian,
Georgian). For others the machine's own fonts are asked; letters that no font there has are printed as empty boxes,
in a file that is tagged all the same but does not call itself PDF/UA any more.

Typst is a wheel without system packages, so that a fresh machine prints, too.
"""

import json
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

STANDARD = ["ua-1"]


def make_pdf(template: str, data: Mapping[str, Any], *, language: str, at: datetime) -> bytes:
    """The same bytes for the same data and moment. `data` holds what JSON can hold; its "title" names the file."""
    folder = Path(settings.BASE_DIR) / "templates" / "pdf"
    # Of de-AT only the language: Typst wants a region apart, and none of ours differs by one.
    handed = {**_printable(data), "lang": language.partition("-")[0].lower() or "en"}
    given: dict[str, Any] = {
        "input": str(folder / f"{template}.typ"),
        "root": str(folder),
        "format": "pdf",
        "sys_inputs": {"data": json.dumps(handed)},
        "timestamp": int(at.timestamp()),
    }
    for more in ({"ignore_system_fonts": True, "pdf_standards": STANDARD}, {"pdf_standards": STANDARD}):
        try:
            return bytes(typst.compile(**given, **more))
        except typst.TypstError as error:
            if "could not be displayed" not in str(error):
                raise
    return bytes(typst.compile(**given))


def _printable(value: Any) -> Any:
    """Without signs that no font has and nobody sees."""
    if isinstance(value, str):
        return "".join(one for one in value if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cn", "Cs"))
    if isinstance(value, Mapping):
        return {str(name): _printable(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    return value
