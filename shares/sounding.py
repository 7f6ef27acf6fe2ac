"""How a post sounds when a screen reader speaks it. Pure: words in, words out.

The names of emoji are Unicode's own, which come with Python and are in English; screen readers use nearly the same.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from connectors.text import ADDRESS, HASHTAG, clusters

MANY_EMOJI = 3
LONG_TAG = 9
LONG_ADDRESS = 40
# Where Unicode's name of old is not what anybody says.
SAID = {
    "heavy black heart": "red heart",
    "white heavy check mark": "check mark",
    "heavy check mark": "check mark",
    "clapping hands sign": "clapping hands",
    "thumbs up sign": "thumbs up",
    "person with folded hands": "folded hands",
    "hundred points symbol": "hundred points",
    "black rightwards arrow": "right arrow",
    "black sun with rays": "sun",
}
SKIN = range(0x1F3FB, 0x1F400)
FLAG = range(0x1F1E6, 0x1F200)
JOINER, SHOWN_AS_PICTURE, KEYCAP = "\u200d", "\ufe0f", "\u20e3"
# Words that hashtags are often made of, to show how one is written; those of the post itself come to them.
USUAL_WORDS = (
    "a an and are at be best by day days for from future great hiring in is it join jobs life love make my new of on "
    "open our people proud team teams that the this time to together today us we week women work working world you "
    "your am das der die ein eine für gut ist leben mit neu neue und unser unsere wir woche arbeit zusammen zukunft "
    "climate community culture digital engineering green innovation leadership learning news story sustainability tech"
)
USUAL = frozenset(USUAL_WORDS.split())


@dataclass(frozen=True)
class Hint:
    """Something that sounds other than it looks: which kind, what was found, and how it would sound well."""

    kind: str  # hashtag, emoji, letters, address, picture
    found: str = ""
    better: str = ""
    number: int = 0


@dataclass(frozen=True)
class Sound:
    spoken: str
    hints: list[Hint]


def sound_of(text: str, pictures: Sequence[str] = ()) -> Sound:
    """`pictures` are their descriptions; an empty one is missing."""
    hints = [*tag_hints(text), *emoji_hints(text), *letter_hints(text), *address_hints(text)]
    missing = sum(not words.strip() for words in pictures)
    if missing:
        hints.append(Hint("picture", number=missing))
    said = [" ".join(words.split()) for words in pictures]
    shown = [f"[image: {words}]" if words else "[image]" for words in said]
    return Sound(" ".join([spoken(text), *shown]).strip(), hints)


def spoken(text: str) -> str:
    """The words one hears, in one row."""
    text = ADDRESS.sub(lambda match: f" {spoken_address(match[0])} ", text)
    text = HASHTAG.sub(lambda match: f"hashtag {' '.join(parts_of(match[1]))}", text)
    return " ".join("".join(f" {name_of(one)}, " if is_spelled(one) else one for one in clusters(text)).split())


def is_spelled(cluster: str) -> bool:
    """Whether it is read out by its name."""
    return is_emoji(cluster) or is_fancy(cluster)


def is_emoji(cluster: str) -> bool:
    first = ord(cluster[0])
    if SHOWN_AS_PICTURE in cluster or KEYCAP in cluster or first in FLAG:
        return True
    return (first >= 0x1F000 or 0x2600 <= first <= 0x27BF) and unicodedata.category(cluster[0]) == "So"


def is_fancy(cluster: str) -> bool:
    """A letter or digit drawn by a mathematical or enclosed sign."""
    if len(cluster) != 1 or cluster.isascii():
        return False
    plain = unicodedata.normalize("NFKC", cluster)
    drawn = unicodedata.name(cluster, "").split(" ")[0] in ("MATHEMATICAL", "FULLWIDTH", "CIRCLED", "SQUARED")
    return drawn and plain != cluster and plain.isalnum()


def name_of(cluster: str) -> str:
    if all(ord(one) in FLAG for one in cluster):
        return "flag " + "".join(chr(ord(one) - FLAG.start + ord("A")) for one in cluster)
    if KEYCAP in cluster:
        return f"keycap {cluster[0]}"
    names = [plain_name(one) for one in cluster if one not in (JOINER, SHOWN_AS_PICTURE) and ord(one) not in SKIN]
    return ", ".join(name for name in names if name)


def plain_name(letter: str) -> str:
    name = unicodedata.name(letter, "").lower()
    return SAID.get(name, name)


def spoken_address(address: str) -> str:
    bare = address.split("://", 1)[-1]
    for sign, name in (("/", " slash "), (".", " dot "), ("?", " question mark "), ("=", " equals "), ("&", " and ")):
        bare = bare.replace(sign, name)
    return f"link {' '.join(bare.split())}"


def parts_of(tag: str) -> list[str]:
    """A hashtag as it is heard: capitals and digits begin a new word, nothing else does."""
    parts = [""]
    for before, letter in zip(" " + tag, tag, strict=False):
        begins = letter.isupper() and not before.isupper() or letter.isdigit() and not before.isdigit()
        if letter == "_" or begins and parts[-1]:
            parts.append("")
        parts[-1] += letter.strip("_")
    return [part for part in parts if part]


def tag_hints(text: str) -> Iterator[Hint]:
    known = USUAL | {word.lower() for word in "".join(one if one.isalnum() else " " for one in text).split()}
    for match in HASHTAG.finditer(text):
        tag = match[1]
        if tag != tag.lower() and tag != tag.upper() or len(tag) < LONG_TAG:
            continue
        words = split_words(tag.lower(), known - {tag.lower()})
        if words and len(words) > 1:
            yield Hint("hashtag", f"#{tag}", "#" + "".join(word[:1].upper() + word[1:] for word in words))
        elif len(tag) > LONG_TAG + 4:
            yield Hint("hashtag", f"#{tag}")


def split_words(tag: str, known: frozenset[str]) -> list[str] | None:
    """Into as few known words as can be, or None."""
    best: list[list[str] | None] = [[]] + [None] * len(tag)
    for end in range(1, len(tag) + 1):
        for start in range(max(0, end - 30), end):
            before = best[start]
            if before is None or tag[start:end] not in known:
                continue
            now = best[end]
            if now is None or len(before) + 1 < len(now):
                best[end] = [*before, tag[start:end]]
    return best[-1]


def emoji_hints(text: str) -> Iterator[Hint]:
    row: list[str] = []
    for one in [*clusters(text), "."]:
        if is_emoji(one):
            row.append(one)
        elif one.strip() and row:
            if len(row) >= MANY_EMOJI:
                yield Hint("emoji", "".join(row[:12]), ", ".join(map(name_of, row[:12])), len(row))
            row = []


def letter_hints(text: str) -> Iterator[Hint]:
    run = ""
    for one in [*clusters(text), "."]:
        if is_fancy(one) or run and one == " ":
            run += one
        elif run:
            if run.strip():
                yield Hint("letters", run.strip(), unicodedata.normalize("NFKC", run).strip())
            run = ""


def address_hints(text: str) -> Iterator[Hint]:
    for match in ADDRESS.finditer(text):
        if len(match[0]) > LONG_ADDRESS:
            yield Hint("address", match[0], number=len(match[0]))
