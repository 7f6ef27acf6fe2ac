"""Words as the platforms see them: graphemes, addresses and hashtags. The door to `regex`."""

from dataclasses import dataclass
from itertools import pairwise

import regex

GRAPHEME = regex.compile(r"\X")
# The last label of the host and the path are ASCII, so that an address ends where Chinese or Japanese words go on.
ADDRESS = regex.compile(
    r"https?://(?:\[[0-9A-Fa-f:.]+\]|(?:[\p{L}\p{N}\-]+\.)*[A-Za-z0-9\-]+)(?::\d+)?"
    r"(?:[/?#][A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%|]*)?",
    regex.IGNORECASE,
)
HASHTAG = regex.compile(r"(?<![^\s(])[#＃](?=\S*[^\d\s\p{P}])([^\s#＃]*[^\s\p{P}])")
CALLED = regex.compile(r"(?<![\w/@.])@[\w][\w.\-]*(?:@[\w.\-]+)?")
CLOSING = ".,;:!?'*_~|"
# Control characters, save those that part words and lines, and halves of pairs: a table keeps none of them. And marks
# that turn the reading direction of what follows: they come with pasted numbers, and could garble the line that says
# who is speaking. Arabic and Hebrew are written without them.
UNPRINTABLE = regex.compile(r"[[\p{Cc}\p{Cs}--\t\n\r]\u202A-\u202E\u2066-\u2069\uFEFF]", regex.V1)
# Looking for pairs of flag letters takes time that grows with the square of their row.
FLAGS = regex.compile(r"[\U0001F1E6-\U0001F1FF]{9,}")
FLAGS_AT_ONCE = 8  # even, so that a row is cut between two flags
LONGEST = 15_000  # characters, beyond what any platform takes; longer is a mistake of the clipboard


@dataclass(frozen=True)
class Span:
    """A piece of a text: where it starts and ends, in code points, and what it says."""

    start: int
    end: int
    text: str


def printable(text: str) -> str:
    """What somebody wrote, without what can be neither shown nor kept."""
    return UNPRINTABLE.sub("", text)


def one_line(text: str) -> str:
    """The same on one line, with single spaces."""
    return " ".join(printable(text).split())


def called(text: str) -> list[str]:
    """Everybody and everything that a text calls by an @, as it is written, once each; nobody inside an address."""
    taken = addresses(text)
    found = [one for one in CALLED.finditer(text) if not any(span.start <= one.start() < span.end for span in taken)]
    return list(dict.fromkeys(one[0].rstrip(".-") for one in found))


def graphemes(text: str) -> int:
    """What people count as letters: a family emoji is one."""
    return len(clusters(text))


def clusters(text: str) -> list[str]:
    """The letters people count, each as it is written."""
    cuts = [at for row in FLAGS.finditer(text) for at in range(row.start() + FLAGS_AT_ONCE, row.end(), FLAGS_AT_ONCE)]
    parts = [text[start:end] for start, end in pairwise([0, *cuts, len(text)])]
    return [one for part in parts for one in GRAPHEME.findall(part)]


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
