"""Whether two posts say nearly the same: the measure that the composer, the gates and the tables share. No Django.

A text becomes the set of its neighbouring pairs of words, without addresses, hashtags, case and punctuation. Two texts
are alike when at least half of all their pairs are in both (Jaccard, LIKENESS). In a text of twenty words one changed
word leaves 0.81, two leave 0.65, a sentence of ten words put before it 0.66: still alike. When half of a post is the
member's own it is theirs. Of texts with fewer than FEW words only equal ones are alike: "Proud of this" is nobody's.

To find the few that may be alike among a million, sixty smallest hashes of the pairs are folded into twenty bands of
three (min-hash, locality sensitive): two texts that have J of their pairs in common share a band with the chance
1 - (1 - J³)²⁰, which is 93 % at 0.5, 99.2 % at 0.6, 99.99 % at 0.75 and 2 in 100,000 for strangers with one pair in
a hundred in common. What shares a band is then measured exactly.
"""

import hashlib
import struct
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import regex

from connectors.text import Span, addresses, clusters, hashtags

LIKENESS = 0.5
FEW = 5  # words; below, only equal texts are alike
BANDS, ROWS = 20, 3
# Languages that write without spaces are read letter by letter.
WORD = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]|(?:[\p{L}\p{M}\p{N}](?:'(?=\p{L}))?)+"
)
UNSEEN = regex.compile(r"[\p{Cf}\uFE00-\uFE0F]")  # joiners and selectors: they change nothing one reads


@dataclass(frozen=True)
class Print:
    """The fingerprint of a text. `pairs` are hashes of 32 bits, signed, as a column of integers keeps them."""

    pairs: frozenset[int]

    @property
    def few(self) -> bool:
        return len(self.pairs) < FEW - 1

    def alike(self, other: "Print") -> bool:
        if self.few or other.few:
            return bool(self.pairs) and self.pairs == other.pairs
        return likeness(self.pairs, other.pairs) >= LIKENESS

    @cached_property
    def bands(self) -> list[int]:
        """Twenty numbers; alike texts have one in common. None for a text that says nothing."""
        if not self.pairs:
            return []
        smallest = [min(column) for column in zip(*map(_hashes, self.pairs), strict=True)]
        return [_signed(f"{band}:{smallest[band * ROWS : (band + 1) * ROWS]}") for band in range(BANDS)]

    def bands_on(self, platform: str) -> list[int]:
        """As they are kept: those of another platform have none in common with them, however alike the texts."""
        return [band ^ key_of(platform) for band in self.bands]


def print_of(text: str, *, aside: Collection[str] = ()) -> Print:
    """`aside` are sentences that say nothing here, such as the disclosure, should they stand in the text."""
    words = words_of(text, aside=aside)
    pairs = [" ".join(pair) for pair in pairwise(words)] or words
    return Print(frozenset(map(_signed, pairs)))


def are_alike(one: str, other: str) -> bool:
    return print_of(one).alike(print_of(other))


def likeness(one: Collection[int], other: Collection[int]) -> float:
    """How much of both is in common: 0 nothing, 1 all."""
    first, second = set(one), set(other)
    return len(first & second) / len(first | second) if first and second else 0.0


def words_of(text: str, *, aside: Collection[str] = ()) -> list[str]:
    """The words, folded, without addresses and hashtags; of a text without any, its signs."""
    for sentence in aside:
        text = text.replace(sentence, " ") if sentence else text
    bare = _without(text, [*addresses(text), *hashtags(text)])
    folded = UNSEEN.sub("", unicodedata.normalize("NFKC", bare)).casefold().replace("’", "'")
    words: list[str] = WORD.findall(folded)
    return words or [sign for sign in clusters(folded) if not sign.isspace()]


def key_of(platform: str) -> int:
    """What parts the bands of one platform from those of all others."""
    return _signed(platform)


def _without(text: str, spans: list[Span]) -> str:
    """`text` with those pieces cut out. Addresses and hashtags never overlap."""
    for span in sorted(spans, key=lambda span: -span.start):
        text = f"{text[: span.start]} {text[span.end :]}"
    return text


def _hashes(pair: int) -> tuple[int, ...]:
    """Sixty-four of one pair, of which sixty are used. They never change, since bands are kept in a table."""
    digests = [
        hashlib.blake2b(struct.pack("<i", pair), digest_size=64, salt=bytes([turn])).digest() for turn in range(4)
    ]
    return struct.unpack("<64I", b"".join(digests))


def _signed(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest, "big", signed=True)
