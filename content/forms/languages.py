import re

from django.conf import settings

from accounts.queries import organisation
from core.languages import own_name

CODE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,4})?")


def language_choices(*also: str) -> list[tuple[str, str]]:
    """The firm's languages, ours, and those already in use here, by their own names."""
    codes = dict.fromkeys([*organisation().languages, *(code for code, _ in settings.LANGUAGES), *also])
    return [(code, own_name(code)) for code in codes if CODE.fullmatch(code)]
