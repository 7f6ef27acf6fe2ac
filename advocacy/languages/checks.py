"""What must hold of a translation, whoever wrote it: ours in `make lint`, a firm's own when it is uploaded.

A translation is put into pages as it stands, so it may hold no tag, quotation mark or placeholder of its own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babel.messages.catalog import Catalog, Message

PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif%]|%|\{\w*\}")
TAG = re.compile(r"<[^>]*>?|>")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
WORD = re.compile(r"[^\W\d_]+")
LONGEST = 60  # letters, beside four times the original
EQUAL_FROM = 3  # words; shorter ones may well be the same


def N_(text: str) -> str:
    """Marks a text for translation where it stands; whoever shows it translates it."""
    return text


WORDS = {
    "fuzzy": N_("marked as fuzzy."),
    "plurals": N_("needs %(what)s plural forms."),
    "foreign": N_("a placeholder the original does not have: %(what)s"),
    "lost": N_("lost a placeholder: %(what)s"),
    "tags": N_("other tags than in the original."),
    "quotes": N_("a straight quotation mark, which pages need for themselves; use typographic ones."),
    "control": N_("an invisible control character."),
    "edges": N_("begins or ends with other spaces or line breaks than the original."),
    "equal": N_("the translation is the original."),
    "long": N_("much longer than the original."),
}


@dataclass(frozen=True)
class Fault:
    kind: str
    original: str
    what: str = ""

    def __str__(self) -> str:
        return f"“{shortened(self.original)}”: {WORDS[self.kind] % {'what': self.what}}"


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


def faults(catalogue: Catalog, may_be_equal: Iterable[str] = (), *, plurals: int = 0) -> Iterator[Fault]:
    """Everything that is wrong with what is translated. What is missing is not told here. `plurals`: how many forms the
    language has, where the catalogue itself counts otherwise."""
    equal = set(may_be_equal)
    for message in catalogue:
        if not message.id or not any(forms(message)):
            continue
        yield from of_message(message, plurals or catalogue.num_plurals)
        if is_equal(message) and originals(message)[0] not in equal:
            yield Fault("equal", originals(message)[0])


def of_message(message: Message, plurals: int) -> Iterator[Fault]:
    texts, first = forms(message), originals(message)[0]
    if message.fuzzy:
        yield Fault("fuzzy", first)
    if is_plural(message) and (len(texts) != plurals or not all(texts)):
        yield Fault("plurals", first, str(plurals))
        return
    for number, text in enumerate(texts):
        yield from of_text(text, originals(message), is_last=number == len(texts) - 1)


def of_text(text: str, texts: list[str], *, is_last: bool) -> Iterator[Fault]:
    """`texts` are the original: one, or singular and plural."""
    first = texts[0]
    yield from of_placeholders(text, texts, is_last=is_last)
    if Counter(TAG.findall(text)) not in [Counter(TAG.findall(one)) for one in texts]:
        yield Fault("tags", first)
    if '"' in TAG.sub("", text) and not any('"' in TAG.sub("", one) for one in texts):
        yield Fault("quotes", first)
    if CONTROL.search(text):
        yield Fault("control", first)
    if edges(text) != edges(texts[-1]):
        yield Fault("edges", first)
    if len(text) > LONGEST + 4 * max(map(len, texts)):
        yield Fault("long", first)


def of_placeholders(text: str, texts: list[str], *, is_last: bool) -> Iterator[Fault]:
    """All of them and no other. Of several plural forms all but the last may leave out the number: “one post”."""
    found = set(PLACEHOLDER.findall(text))
    known = {name for one in texts for name in PLACEHOLDER.findall(one)}
    if foreign := found - known:
        yield Fault("foreign", texts[0], ", ".join(sorted(foreign)))
    lost = set(PLACEHOLDER.findall(texts[-1])) - found
    if len(lost) > (1 if len(texts) > 1 and not is_last else 0):
        yield Fault("lost", texts[0], ", ".join(sorted(lost)))


def edges(text: str) -> tuple[str, str]:
    inner = text.strip()
    return (text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]) if inner else ("", "")


def is_equal(message: Message) -> bool:
    return all(text in originals(message) for text in forms(message)) and any(
        len(WORD.findall(PLACEHOLDER.sub("", TAG.sub("", text)))) >= EQUAL_FROM for text in forms(message)
    )


def shortened(text: str) -> str:
    return text if len(text) <= 70 else text[:69] + "…"
