import re

from django.conf import settings
from django.utils.translation import get_language_info

from accounts.queries import organisation

CODE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,4})?")


def language_choices(*also: str) -> list[tuple[str, str]]:
    """The firm's languages, ours, and those already in use here, by their own names."""
    codes = dict.fromkeys([*organisation().languages, *(code for code, _ in settings.LANGUAGES), *also])
    return [(code, own_name(code)) for code in codes if CODE.fullmatch(code)]


def own_name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_local"]).capitalize()
    except KeyError:
        return code
