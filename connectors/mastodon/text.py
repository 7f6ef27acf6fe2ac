"""How Mastodon counts: graphemes, with short measure for addresses and for the server part of a mention."""

import regex

from connectors.text import addresses, graphemes

MENTION = regex.compile(r"(?<![\w/])(@[A-Za-z0-9_]+(?:[A-Za-z0-9_.\-]*[A-Za-z0-9_])?)@[\p{L}\p{N}.\-]+[\p{L}\p{N}]")
PUBLIC_NAME = regex.compile(r"https?://[^/?#:\[]*\.(?:\p{L}{2,}|xn--[A-Za-z0-9\-]+)(?:[:/?#]|$)", regex.IGNORECASE)


def length(text: str, address_counts: int = 23) -> int:
    counted, saved = [], 0
    for address in addresses(text):
        # Only what the server will turn into a link is shortened, and that takes a public name.
        if PUBLIC_NAME.match(address.text):
            counted += [text[saved : address.start], "x" * address_counts]
            saved = address.end
    counted.append(text[saved:])
    return graphemes(MENTION.sub(r"\1", "".join(counted)))
