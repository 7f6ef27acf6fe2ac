"""How Threads counts, what it takes for a link and what for a topic."""

import regex

LIMIT, MOST_LINKS = 500, 5
LINK = regex.compile(r"(?:https?://|(?<![\w/.])www\.)[^\s<>\"]+[^\s<>\".,;:!?)\]'…]")
EMOJI = regex.compile(r"\p{Emoji_Presentation}|\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20E3")
TOPIC = regex.compile(r"(?<![\w&/])#(\w*\p{L}\w*)")


def length(text: str) -> int:
    """An emoji counts as many as it has bytes."""
    return sum(
        len(cluster.encode()) if EMOJI.search(cluster) else len(cluster) for cluster in regex.findall(r"\X", text)
    )


def links(text: str, attached: str = "") -> set[str]:
    return {*LINK.findall(text), *filter(None, [attached])}


def topic(text: str) -> str:
    """One a post: the first."""
    found = TOPIC.search(text)
    return found[1] if found else ""
