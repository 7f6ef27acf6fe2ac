"""Words as the platforms see them: graphemes, addresses and hashtags. The door to `regex`."""

from dataclasses import dataclass

import regex

GRAPHEME = regex.compile(r"\X")
# The last label of the host and the path are ASCII, so that an address ends where Chinese or Japanese words go on.
ADDRESS = regex.compile(
    r"https?://(?:\[[0-9A-Fa-f:.]+\]|(?:[\p{L}\p{N}\-]+\.)*[A-Za-z0-9\-]+)(?::\d+)?"
    r"(?:[/?#][A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%|]*)?",
    regex.IGNORECASE,
)
HASHTAG = regex.compile(r"(?<![^\s(])[#＃](?=\S*[^\d\s\p{P}])([^\s#＃]*[^\s\p{P}])")
CLOSING = ".,;:!?'*_~|"
# Control characters, save those that part words and lines, and halves of pairs: a table keeps none of them.
UNPRINTABLE = regex.compile(r"[\p{Cc}\p{Cs}--\t\n\r]", regex.V1)

# Marks that turn everything after them, so that what is read is not what is written. Languages written from right to
# left need none of them; their own marks stay.
TURNING = regex.compile(r"[\u202a-\u202e]")


@dataclass(frozen=True)
class Span:
    """A piece of a text: where it starts and ends, in code points, and what it says."""

    start: int
    end: int
    text: str


def printable(text: str) -> str:
    """What a stranger wrote, without what can be neither shown nor kept."""
    return UNPRINTABLE.sub("", text)


def sendable(text: str) -> str:
    """What somebody wrote, without marks that nobody sees and that spoil what is seen; lines end in one way."""
    return TURNING.sub("", printable(text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def graphemes(text: str) -> int:
    """What people count as letters: a family emoji is one."""
    return len(GRAPHEME.findall(text))


def utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def addresses(text: str) -> list[Span]:
    """The web addresses in a text, without the full stop or bracket that merely follows one."""
    found = []
    for match in ADDRESS.finditer(text):
        address = trimmed(match[0])
        found.append(Span(match.start(), match.start() + len(address), address))
    return found


def trimmed(address: str) -> str:
    unopened = address.count(")") - address.count("(")
    end = len(address)
    while address[end - 1] in CLOSING or (address[end - 1] == ")" and unopened > 0):
        unopened -= address[end - 1] == ")"
        end -= 1
    return address[:end]


def hashtags(text: str) -> list[Span]:
    """The hashtags in a text, none of them running into an address; the span includes the sign, `text` does not."""
    found = (Span(match.start(), match.end(), match[1]) for match in HASHTAG.finditer(text))
    taken = addresses(text)
    return [tag for tag in found if not any(tag.start < span.end and span.start < tag.end for span in taken)]
