"""How X counts: weighted by twitter-text, configuration 3. The door to twitter-text-parser."""

import re

from twitter_text import parse_tweet

from connectors.text import addresses

ADDRESS_COUNTS = 23
# The parser looks for addresses in time that grows with the cube of a word: 6,000 letters and dots took 140 seconds.
LONGEST_PARSED = 200
LINE_END = re.compile(r"\r\n?")
SPACES = re.compile(r"([ \n]+)")
CASHTAG = re.compile(r"(?<![\w$])\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?(?!\w)")


def weighted_length(text: str) -> int:
    """Word by word, which comes to the same since no address and no emoji holds a space."""
    first, *others = SPACES.split(LINE_END.sub("\n", text))
    return weight_of_word(first) + sum(weight_of_word(word, before=" ") - 1 for word in others)


def weight_of_word(word: str, before: str = "") -> int:
    """`before` since the parser looks at the letter before an address too."""
    return weight(before + word) if len(word) <= LONGEST_PARSED else weight(before) + weight_of_long(word)


def weight(text: str) -> int:
    return int(parse_tweet(text).weightedLength) if text else 0


def weight_of_long(word: str) -> int:
    """Addresses with their https:// are found our way; all the rest counts letter by letter."""
    total, at = 0, 0
    for span in addresses(word):
        total += literal_weight(word[at : span.start]) + ADDRESS_COUNTS
        at = span.end
    return total + literal_weight(word[at:])


def literal_weight(text: str) -> int:
    # Without a full stop the parser looks for no addresses; a comma weighs the same.
    return weight(text.replace(".", ","))


def cashtags(text: str) -> int:
    return len(CASHTAG.findall(text))
