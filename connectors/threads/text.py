"""How Threads counts: characters, except that an emoji counts as many as it has bytes in UTF-8.

developers.facebook.com/documentation/threads/posts, "Limitations" (2026-04-14)
"""

import regex

from connectors.text import addresses, clusters

EMOJI = regex.compile(r"\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20E3")
BARE_ADDRESS = regex.compile(r"(?<![\w/.])www\.[^\s]+", regex.IGNORECASE)


def length(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(len(one.encode("utf-8", "replace")) if EMOJI.search(one) else len(one) for one in clusters(text))


def links(text: str) -> set[str]:
    """Each different address once, also those that begin with www. alone, as Threads counts them."""
    return {span.text for span in addresses(text)} | set(BARE_ADDRESS.findall(text))
