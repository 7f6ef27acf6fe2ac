"""Turning templates into pages. Values are escaped, except the parts that are HTML already."""

from functools import cache
from html import escape
from pathlib import Path
from string import Template

FOLDER = Path(__file__).parent
HTML_PARTS = frozenset(("rights", "body", "posts", "card", "words", "replies", "more", "figures", "picture", "nav"))


@cache
def template(name: str) -> Template:
    return Template((FOLDER / "templates" / f"{name}.html").read_text())


def fill(name: str, /, **values: object) -> str:
    ready = {key: str(value) if key in HTML_PARTS else escape(str(value)) for key, value in values.items()}
    return template(name).substitute(ready)


def document(title: str, body: str, *, places: str = "") -> str:
    """With `places`, list items that lead elsewhere, the page is wide; without them it holds one question."""
    nav = f'<nav aria-label="Timelines"><ul>{places}</ul></nav>' if places else ""
    return fill("document", title=title, body=body, nav=nav, width="wide" if places else "narrow")


@cache
def static(name: str) -> bytes:
    return (FOLDER / "static" / name).read_bytes()
