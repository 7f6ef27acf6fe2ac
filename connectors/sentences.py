"""What connectors say. Their sentences are plain English and are kept as they were said; a page says them in the
language of whoever reads. For that they are found here, with their gaps: “%(name)s asks us to wait.” They are read from
the source, so that a new connector needs no list of its own."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent
SENTENCE = re.compile(r"[A-Z“%][^\n]* [^\n]* [^\n]*(?:[.:?]|%\(\w+\)s)")
GAP = re.compile(r"%\((\w+)\)s")


@lru_cache(maxsize=1)
def sentences() -> tuple[str, ...]:
    """Each once. A class's word for what it counts (`counts = "characters"`) is one too, since it fills a gap."""
    found = (text for path in sorted(HERE.rglob("*.py")) for text in in_source(path.read_text(encoding="utf-8")))
    return tuple(dict.fromkeys(found))


def in_source(source: str) -> Iterator[str]:
    tree = ast.parse(source)
    apart = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            apart.add(node.value)  # what explains the code
        if isinstance(node, ast.JoinedStr):
            apart |= set(node.values)
    for node in ast.walk(tree):
        if counts := words_for_counts(node):
            yield counts
        elif node not in apart and SENTENCE.fullmatch(text := text_of(node)):
            yield text


def words_for_counts(node: ast.AST) -> str:
    """`counts = "characters"`, also where a server of its own decides it."""
    if not isinstance(node, ast.Assign):
        return ""
    names = [getattr(target, "id", getattr(target, "attr", "")) for target in node.targets]
    return text_of(node.value) if names == ["counts"] else ""


def text_of(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value.replace("%", "%%")
    if not isinstance(node, ast.JoinedStr):
        return ""
    known: dict[str, str] = {}
    return "".join(gap(part, known) if isinstance(part, ast.FormattedValue) else text_of(part) for part in node.values)


def gap(part: ast.FormattedValue, known: dict[str, str]) -> str:
    """Named after what fills it; two that differ never share a name."""
    what = ast.unparse(part.value)
    name = known.setdefault(what, unlike((re.findall(r"[A-Za-z_]\w*", what) or ["it"])[-1], known))
    return f"%({name})s"


def unlike(name: str, known: dict[str, str]) -> str:
    return name if name not in known.values() else unlike(name + "_", known)


@lru_cache(maxsize=1)
def patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Those with the fewest gaps first, then the longest, so that none takes what another says more exactly."""
    ordered = sorted(sentences(), key=lambda text: (len(GAP.findall(text)), -len(text)))
    return tuple((pattern_of(text), text) for text in ordered)


def pattern_of(text: str) -> re.Pattern[str]:
    parts, seen = GAP.split(text), set[str]()
    made = ""
    for number, part in enumerate(parts):
        if number % 2 == 0:
            made += re.escape(part.replace("%%", "%"))
        else:
            made += f"(?P={part})" if part in seen else f"(?P<{part}>.+?)"
            seen.add(part)
    return re.compile(made, re.DOTALL)


@lru_cache(maxsize=1024)
def recognised(said: str) -> tuple[str, dict[str, str]] | None:
    """The sentence with its gaps, and what filled them; None for words that no connector says."""
    for pattern, text in patterns():
        if found := pattern.fullmatch(said):
            return text, found.groupdict()
    return None
