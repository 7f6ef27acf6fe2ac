"""How Mastodon counts and shows the words of a post."""

from html import escape

import regex

URL = regex.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]'…]")
MENTION = regex.compile(r"(?<![\w/])(@\w+)@[\w.-]+\w")
CODE = regex.compile(r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$")
RESERVED_PER_URL = "x" * 23


def length(text: str) -> int:
    """Grapheme clusters; an address counts 23, a mention without its server."""
    text = MENTION.sub(r"\1", URL.sub(RESERVED_PER_URL, text))
    return len(regex.findall(r"\X", text))


def html(text: str) -> str:
    # An empty line makes a paragraph and a single one a break, as on a real server.
    paragraphs = [linked(escape(part, quote=False)).replace("\n", "<br />") for part in text.split("\n\n")]
    return "".join(f"<p>{part}</p>" for part in paragraphs)


def linked(part: str) -> str:
    def anchor(match: regex.Match[str]) -> str:
        # The scheme is there for machines and hidden from people, so the words shown are not the words sent.
        scheme, _, rest = match[0].partition("://")
        return (
            f'<a href="{escape(match[0])}" target="_blank" rel="nofollow noopener" translate="no">'
            f'<span class="invisible">{scheme}://</span><span class="">{rest}</span><span class="invisible"></span></a>'
        )

    return URL.sub(anchor, part)
