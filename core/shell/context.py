"""Context of the shell that needs no product: theme, moment, languages. The project adds organisation, me, nav."""

from typing import Any

from django.http import HttpRequest

from core import clock, languages
from core.shell import embedded

THEMES = ("system", "light", "dark")
THEME_COOKIE = "theme"


def chosen_theme(request: HttpRequest) -> str:
    theme = request.COOKIES.get(THEME_COOKIE, "system")
    return theme if theme in THEMES else "system"


def shell(request: HttpRequest) -> dict[str, Any]:
    return {
        "theme": chosen_theme(request),
        "now": clock.now(),
        "languages": languages.choices,
        **embedding(request.headers.get("user-agent", ""), closed=embedded.CLOSED in request.COOKIES),
    }


def embedding(agent: str, *, closed: bool) -> dict[str, Any]:
    app = "" if closed else embedded.app_around(agent)
    return {"inside_app": app, "on_apple": bool(embedded.APPLE.search(agent))} if app else {}
