"""Every string of ours that a translator has to see, found by Babel alone: no gettext has to be installed."""

import re
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from django.utils.translation.template import templatize

from advocacy.up.places import ROOT
from connectors.sentences import sentences

PROJECT = "Advocacy"
# The stand-in platforms are foreign pages, and so are tests and figures.
NOT_OURS = {".venv", ".data", "sandbox", "tests", "benchmarks", "node_modules"}
KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None, "gettext_noop": None, "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
IMPORTED = re.compile(r"\b(n?p?gettext(?:_lazy|_noop)?) as (\w+)")
COMMENTS = ("Translators:",)
# Sentences that stand beside the connectors as data, so that no page has to know a platform.
FACTS = ("registered_by", "asked_of_page", "costs", "beforehand", "never_sees", "lasts", "ends")

Found = tuple[str, Any, list[str], str | None]


def template() -> Catalog:
    """All there is, in the order of the files, each with where it stands (without line numbers: they only move)."""
    catalogue = Catalog(project=PROJECT, charset="utf-8", fuzzy=False)
    for place, message, comments, context in found():
        catalogue.add(message, None, [(place, 0)], auto_comments=comments, context=context)
    return catalogue


def found() -> Iterator[Found]:
    for path in sources("*.py"):
        yield from in_python(path.read_bytes(), name_of(path))
    for path in sources("*.html"):
        yield from in_template(path.read_text(), name_of(path))
    for text in sentences():
        yield "connectors", text, [], None
    for path in sources("facts.toml"):
        yield from in_facts(path.read_text(), name_of(path))


def sources(pattern: str) -> list[Path]:
    return sorted(path for path in ROOT.rglob(pattern) if not NOT_OURS & set(path.relative_to(ROOT).parts))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def in_python(source: bytes, place: str) -> Iterator[Found]:
    also = {alias: KEYWORDS[name] for name, alias in IMPORTED.findall(source.decode())}
    yield from asked(source, {**KEYWORDS, **also}, place)


def in_template(source: str, place: str) -> Iterator[Found]:
    """Django blanks out all but the calls; what is left reads as Python once no line is indented."""
    calls = "\n".join(line.strip() for line in templatize(source, origin=place).splitlines())
    yield from asked(calls.encode(), KEYWORDS, place)


def in_facts(source: str, place: str) -> Iterator[Found]:
    facts = tomllib.loads(source)
    for name in FACTS:
        for text in [facts[name]] if isinstance(facts[name], str) else facts[name]:
            yield place, text, [], None


def asked(source: bytes, keywords: dict[str, Any], place: str) -> Iterator[Found]:
    for _line, function, messages, comments in extract_python(BytesIO(source), tuple(keywords), COMMENTS, {}):
        given = messages if isinstance(messages, tuple | list) else (messages,)
        if one := message_of(keywords[function], given):
            yield place, one[0], list(comments), one[1]


def message_of(spec: Any, given: Any) -> tuple[Any, str | None] | None:
    """The text, or the pair of singular and plural, and its context; nothing for a name instead of a text."""
    context, wanted = None, []
    for part in spec or (1,):
        index = part[0] if isinstance(part, tuple) else part
        text = given[index - 1] if index <= len(given) else None
        if not text:
            return None
        if isinstance(part, tuple):
            context = text
        else:
            wanted.append(text)
    return (tuple(wanted) if len(wanted) > 1 else wanted[0]), context
