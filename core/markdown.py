"""From the Markdown that people write to HTML that is safe to show: the one place that knows the two libraries."""

from collections.abc import Iterable, Iterator
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "h3", "h4", "blockquote", "br"}
ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "*": set()}
LISTS = {"bullet_list_open": "bullets", "ordered_list_open": "numbers"}
SCHEMES = {"https", "http", "mailto", "tel"}
# Pictures are left out: they would be fetched from elsewhere, and nobody would keep them.
_reader = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["image", "code", "fence", "html_block"])


def to_html(words: str) -> SafeString:
    """Headings begin below those of the page. What is not allowed is shown as its words, never as markup."""
    tokens = _reader.parse(words)
    for token in tokens:
        if token.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            token.tag = "h3" if token.tag in ("h1", "h2", "h3") else "h4"
    made = _reader.renderer.render(tokens, _reader.options, {})
    return mark_safe(nh3.clean(made, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES))


def to_blocks(words: str) -> list[dict[str, Any]]:
    """The same as data, for paper: {"kind": paragraph | heading | bullets | numbers | quote, …}, with runs of words."""
    return _blocks(iter(_reader.parse(words)), "")


def to_words(words: str) -> str:
    """The same as plain lines, to be compared or read in passing: what is listed has its sign, a link its address."""
    return "\n".join(_lines(to_blocks(words)))


def _lines(blocks: list[dict[str, Any]]) -> Iterator[str]:
    for block in blocks:
        if block["kind"] == "quote":
            yield from (f"> {line}" for line in _lines(block["blocks"]))
        elif "items" in block:
            for number, item in enumerate(block["items"], block["start"]):
                sign = f"{number}." if block["kind"] == "numbers" else "•"
                yield from (f"{'  ' if n else sign} {line}" for n, line in enumerate(_lines(item)))
        else:
            yield from "".join(_run(run) for run in block["runs"]).split("\n")


def _run(run: dict[str, Any]) -> str:
    if run["br"]:
        return "\n"
    return f"{run['text']} ({run['href']})" if run["href"] and run["href"] != run["text"] else str(run["text"])


def _blocks(tokens: Iterator[Token], until: str) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for token in tokens:
        if token.type == until:
            break
        if token.type in ("paragraph_open", "heading_open"):
            made.append({"kind": token.type.removesuffix("_open"), "runs": _runs(next(tokens).children or [])})
        elif token.type in LISTS:
            kind, start = LISTS[token.type], int(token.attrGet("start") or 1)
            made.append({"kind": kind, "start": start, "items": _items(tokens, token.type.replace("open", "close"))})
        elif token.type == "blockquote_open":
            made.append({"kind": "quote", "blocks": _blocks(tokens, "blockquote_close")})
    return made


def _items(tokens: Iterator[Token], until: str) -> list[list[dict[str, Any]]]:
    items = []
    for token in tokens:
        if token.type == until:
            break
        if token.type == "list_item_open":
            items.append(_blocks(tokens, "list_item_close"))
    return items


def _runs(tokens: Iterable[Token]) -> list[dict[str, Any]]:
    strong, em, href, runs = 0, 0, "", []
    for token in tokens:
        strong += token.nesting if token.tag == "strong" else 0
        em += token.nesting if token.tag == "em" else 0
        if token.type == "link_open":
            address = str(token.attrGet("href") or "")
            href = address if address.partition(":")[0] in SCHEMES else ""
        elif token.type == "link_close":
            href = ""
        elif token.type in ("softbreak", "hardbreak") or token.content:
            is_break = token.type.endswith("break")
            runs.append({"text": token.content, "strong": strong > 0, "em": em > 0, "href": href, "br": is_break})
    return runs
