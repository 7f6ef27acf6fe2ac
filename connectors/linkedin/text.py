"""LinkedIn's "little text". A reserved character left bare cuts the post off there, and the answer is still 201.

learn.microsoft.com/linkedin/marketing/community-management/shares/little-text-format
"""

import re

from connectors.text import addresses, hashtags

RESERVED = re.compile(r"[\\|{}@\[\]()<>#*_~]")


def escaped(text: str) -> str:
    """Everything literal, save addresses, which are taken as they are, and hashtags, which are to stay hashtags."""
    kept = [span for span in hashtags(text) if is_plain_hashtag(text[span.start : span.end])] + addresses(text)
    parts, at = [], 0
    for span in sorted(kept, key=lambda span: span.start):
        parts += [literal(text[at : span.start]), text[span.start : span.end]]
        at = span.end
    return "".join(parts) + literal(text[at:])


def literal(text: str) -> str:
    return RESERVED.sub(r"\\\g<0>", text)


def is_plain_hashtag(text: str) -> bool:
    """The wide sign of Chinese and Japanese keyboards is an ordinary letter here."""
    return text[0] == "#" and not RESERVED.search(text[1:])
