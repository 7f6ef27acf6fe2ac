"""Little text: reserved characters are syntax unless escaped, and a post is cut where the syntax makes no sense.

https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/little-text-format
"""

import re

RESERVED = r"\\|{}@\[\]()<>#*_~"
TOKEN = re.compile(
    rf"""(?P<escaped>\\[{RESERVED}])
       | (?P<url>https?://\S+)
       | (?P<template>\{{hashtag\|\\?\#\|(?P<word>[^}}|]+)\}})
       | (?P<mention>@\[(?P<name>[^\]]+)\]\(urn:li:(?:person|organization):[\w-]+\))
       | (?P<tag>\#\w+)
       | (?P<reserved>[{RESERVED}])
       | (?P<plain>[^{RESERVED}h]+|h)""",
    re.X,
)


def shown(commentary: str) -> str:
    """What readers see: escapes resolved, and nothing after the first reserved character that stands alone."""
    parts: list[str] = []
    for match in TOKEN.finditer(commentary):
        # No error: the answer is 201 all the same, and the rest of the post is gone.
        if match["reserved"]:
            break
        parts.append(visible(match))
    return "".join(parts)


def visible(match: re.Match[str]) -> str:
    if match["escaped"]:
        return match[0][1]
    # Inside an address nothing needs an escape; one that is there is taken away.
    if match["url"]:
        return re.sub(rf"\\([{RESERVED}])", r"\1", match[0])
    if match["template"]:
        return "#" + match["word"]
    return match["name"] or match[0]


def length(text: str) -> int:
    """UTF-16 units, so that most emoji count two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
