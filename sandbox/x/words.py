"""How X counts, and how it rewrites links. twitter-text configuration 3."""

import hashlib
import unicodedata
from html import escape
from typing import Any

import regex

LIMIT, LINK_WEIGHT = 280, 23
LINK = regex.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]'…]")
CASHTAG = regex.compile(r"(?<!\w)\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?(?!\w)")
EMOJI = regex.compile(
    r"\p{Emoji_Presentation}|\p{Extended_Pictographic}[\uFE0F\p{Emoji_Modifier}]|\p{Regional_Indicator}{2}"
    r"|[0-9#*]\uFE0F?\u20E3"
)
LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))


def weight(text: str) -> int:
    # An e with an accent weighs one, however it was typed.
    text = unicodedata.normalize("NFC", text)
    total = LINK_WEIGHT * len(LINK.findall(text))
    rest = LINK.sub("", text)
    # Most posts end here, and looking for clusters is by far the slower way.
    if rest.isascii():
        return total + len(rest)
    return total + sum(weight_of(cluster) for cluster in regex.findall(r"\X", rest))


def weight_of(cluster: str) -> int:
    if not cluster.isascii() and EMOJI.match(cluster):
        return 2
    return sum(1 if any(low <= ord(letter) <= high for low, high in LIGHT) else 2 for letter in cluster)


def short(url: str) -> str:
    digest = hashlib.sha256(url.encode()).hexdigest()
    return "https://t.co/" + digest[:10]


def shortened(text: str) -> tuple[str, list[dict[str, Any]]]:
    """The text as X shows it, every link replaced, and what each stands for."""
    urls: list[dict[str, Any]] = []
    parts, position, length = [], 0, 0
    for match in LINK.finditer(text):
        before, link = text[position : match.start()], short(match[0])
        start = length + len(before)
        urls.append(
            {
                "start": start,
                "end": start + len(link),
                "url": link,
                "expanded_url": match[0],
                "display_url": match[0].split("://", 1)[1][:30],
            }
        )
        parts += [before, link]
        position, length = match.end(), start + len(link)
    return escape("".join(parts) + text[position:], quote=False), urls
