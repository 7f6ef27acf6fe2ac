"""Which languages the interface speaks: ours, and those a firm has added, found in the data folder.

Another process may add one at any time. Each looks at the folder every other second, when it is asked for a page or a
task anyway, so that a new language is there for everybody within seconds and costs a few file look-ups.
"""

import gettext
import time
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language_info, trans_real

from core.templatetags import times

OURS = ("en", "de")
LOOK_AFTER = 2.0
Seen = tuple[tuple[str, int], ...]

_seen: Seen = ()
_looked = float("-inf")


def added_folder() -> Path:
    return Path(settings.DATA_DIR) / "languages"


def choices() -> list[tuple[str, str]]:
    """For a form: every language by its own name, since who looks for theirs may not read this one."""
    return [(code, own_name(code)) for code, _name in settings.LANGUAGES]


def own_name(code: str) -> str:
    try:
        name = str(get_language_info(code)["name_local"])
    except KeyError:
        return code
    return name[:1].upper() + name[1:]


def is_spoken(code: str) -> bool:
    return code in dict(settings.LANGUAGES)


def look_again(*, now: bool = False) -> None:
    """Takes in what has changed in the folder. `now`: this process has just changed it itself."""
    global _looked, _seen
    moment = time.monotonic()
    if not now and moment - _looked < LOOK_AFTER:
        return
    _looked, found = moment, added()
    if found != _seen:
        changed = {code for code, _stamp in set(found) ^ set(_seen)}
        _seen = found
        take_in([code for code, _stamp in found], changed)


def added() -> Seen:
    try:
        files = sorted(added_folder().glob("*/LC_MESSAGES/django.mo"))
        found = [(translation.to_language(file.parts[-3]), file.stat().st_mtime_ns) for file in files]
    except OSError:
        return _seen  # one is being replaced at this moment, or the disk is away: as before
    return tuple((code, stamp) for code, stamp in found if code not in OURS)


def take_in(codes: list[str], changed: set[str]) -> None:
    known = [pair for pair in settings.LANGUAGES if pair[0] in OURS]
    # In place: forms and Django itself hold on to this list.
    settings.LANGUAGES[:] = [*known, *((code, own_name(code)) for code in codes)]  # type: ignore[list-item]
    # Both keep every catalogue they ever read, Python by its path and Django by its language.
    gettext._translations.clear()  # type: ignore[attr-defined]
    for code in changed:
        trans_real._translations.pop(code, None)  # type: ignore[attr-defined]
    trans_real.reset_cache(setting="LANGUAGES")
    times.forget_written()
