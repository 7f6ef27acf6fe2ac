"""Turning templates into pages. Values are escaped, except the parts that are HTML already."""

from functools import cache
from html import escape
from pathlib import Path
from string import Template

FOLDER = Path(__file__).parent
HTML_PARTS = frozenset({"rights", "body", "posts", "card", "words", "replies", "people", "more", "figures", "picture"})


@cache
def template(name: str) -> Template:
    return Template((FOLDER / "templates" / f"{name}.html").read_text())


def fill(name: str, /, **values: object) -> str:
    ready = {key: str(value) if key in HTML_PARTS else escape(str(value)) for key, value in values.items()}
    return template(name).substitute(ready)


def document(title: str, body: str, *, narrow: bool = False) -> str:
    return fill("document", title=title, body=body, width="narrow" if narrow else "wide")


@cache
def stylesheet() -> bytes:
    return (FOLDER / "static" / "town.css").read_bytes()
