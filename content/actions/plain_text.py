"""What strangers write, as plain text that can be shown, stored and cut."""

import html
import unicodedata

import nh3
import regex

SUMMARY_LENGTH = 300
MOST_READ = 20_000  # characters of markup: titles and summaries stand at the beginning
TITLE_LENGTH = 300
BLOCKS = (
    "address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|ol|p|pre|section|"
    "t[dhr]|ul"
)
BLOCK = regex.compile(rf"<(?=/?(?:{BLOCKS})\b)", regex.IGNORECASE)
# Their text is for machines, or for browsers without scripts.
UNREAD = {"iframe", "noscript", "object", "script", "style", "template"}
# Marks that turn the reading direction of everything after them.
TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
SENTENCE_END = regex.compile(r"(?:[.!?…]+[\"”’»)\]]*(?=\s)|[。！？]+[」』”）]*)")
# WordPress signs every summary with this line.
SIGNED = regex.compile(r"\s*The post .{1,400} appeared first on .{1,200}$")
TRAILS_OFF = regex.compile(r"\s*(?:\[(?:…|\.\.\.)\]|Read more\s*[»→…]*|Continue reading.{0,300})\s*$", regex.IGNORECASE)


def plain(text: str | None) -> str:
    """One line of text without markup, control characters or marks that turn the reading direction."""
    if not text:
        return ""
    spaced = BLOCK.sub(" <", printable(text[:MOST_READ]))
    bare = nh3.clean(spaced, tags=set(), attributes={}, clean_content_tags=UNREAD)
    return " ".join(printable(html.unescape(bare)).split())


def printable(text: str) -> str:
    kept = (
        " " if char in "\t\n\r" else char
        for char in text
        if char in "\t\n\r" or unicodedata.category(char) not in ("Cc", "Cs")
    )
    return "".join(kept).translate(TURNING)


def summary_of(text: str | None) -> str:
    """The beginning of an article in at most 300 characters, ending where a sentence ends if there is one."""
    line = SIGNED.sub("", plain(text))
    if trimmed := TRAILS_OFF.sub("", line):
        line = trimmed if trimmed == line or trimmed[-1] in ".!?…。！？" else f"{trimmed}…"
    return cut(line, SUMMARY_LENGTH)


def cut(text: str, limit: int) -> str:
    """At most `limit` characters: whole sentences, else whole words and an ellipsis."""
    if len(text) <= limit:
        return text
    ends = [match.end() for match in SENTENCE_END.finditer(text[: limit + 1]) if match.end() <= limit]
    if ends and ends[-1] >= limit // 3:
        return text[: ends[-1]]
    head = text[: limit - 1]
    words, space, _ = head.rpartition(" ")
    if space and len(words) >= limit // 2:
        return words.rstrip(" ,;:–—-") + "…"
    # A script without spaces, or one endless word: leave off the last letter, which may be half of one.
    return "".join(regex.findall(r"\X", head)[:-1]) + "…"
