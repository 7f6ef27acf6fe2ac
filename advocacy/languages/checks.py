"""What must hold of a translation, whoever wrote it: ours in `make lint`, a firm's own when it is uploaded.

A translation is put into pages as it stands, so it may hold no tag, quotation mark or placeholder of its own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from babel.messages.catalog import Catalog, Message

PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif%]|%|\{\w*\}")
TAG = re.compile(r"<[^>]*>?|>")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
WORD = re.compile(r"[^\W\d_]+")
EQUAL_FROM = 3  # words; shorter ones may well be the same


def is_missing(message: Message) -> bool:
    texts = forms(message)
    return not texts or not all(texts)


def is_plural(message: Message) -> bool:
    return isinstance(message.id, list | tuple)


def forms(message: Message) -> list[str]:
    return [message.string or ""] if isinstance(message.string, str | None) else [text or "" for text in message.string]


def originals(message: Message) -> list[str]:
    return list(message.id) if is_plural(message) else [str(message.id)]


def missing(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id and is_missing(message)]


def faults(catalogue: Catalog, may_be_equal: Iterable[str] = ()) -> Iterator[str]:
    """One sentence for each thing that is wrong with what is translated. What is missing is not told here."""
    equal = set(may_be_equal)
    for message in catalogue:
        if not message.id or not any(forms(message)):
            continue
        name = shortened(originals(message)[0])
        for fault in of_message(message, catalogue.num_plurals):
            yield f"“{name}”: {fault}"
        if is_equal(message) and originals(message)[0] not in equal:
            yield f"“{name}”: the translation is the original"


def of_message(message: Message, plurals: int) -> Iterator[str]:
    if message.fuzzy:
        yield "marked as fuzzy"
    texts = forms(message)
    if is_plural(message) and (len(texts) != plurals or not all(texts)):
        yield f"needs {plurals} plural forms"
        return
    for number, text in enumerate(texts):
        yield from of_text(text, originals(message), is_last=number == len(texts) - 1)


def of_text(text: str, texts: list[str], *, is_last: bool) -> Iterator[str]:
    """`texts` are the original: one, or singular and plural."""
    if fault := placeholders_fault(text, texts, is_last=is_last):
        yield fault
    if Counter(TAG.findall(text)) not in [Counter(TAG.findall(one)) for one in texts]:
        yield "other tags than in the original"
    if '"' in text and not any('"' in one for one in texts):
        yield "a straight quotation mark, which pages need for themselves; use typographic ones"
    if CONTROL.search(text):
        yield "an invisible control character"
    if edges(text) != edges(texts[-1]):
        yield "begins or ends with other spaces or line breaks than the original"


def placeholders_fault(text: str, texts: list[str], *, is_last: bool) -> str:
    """All of them and no other. Of several plural forms all but the last may leave out the number: “one post”."""
    found = set(PLACEHOLDER.findall(text))
    known = {name for one in texts for name in PLACEHOLDER.findall(one)}
    if foreign := found - known:
        return f"a placeholder the original does not have: {', '.join(sorted(foreign))}"
    needed = set(PLACEHOLDER.findall(texts[-1]))
    lost = needed - found
    spared = 1 if len(texts) > 1 and not is_last else 0
    return f"lost a placeholder: {', '.join(sorted(lost))}" if len(lost) > spared else ""


def edges(text: str) -> tuple[str, str]:
    inner = text.strip()
    return (text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]) if inner else ("", "")


def is_equal(message: Message) -> bool:
    return all(text in originals(message) for text in forms(message)) and any(
        len(WORD.findall(PLACEHOLDER.sub("", TAG.sub("", text)))) >= EQUAL_FROM for text in forms(message)
    )


def shortened(text: str) -> str:
    return text if len(text) <= 70 else text[:69] + "…"
