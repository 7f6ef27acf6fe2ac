"""How X counts: weighted by twitter-text, configuration 3. The door to twitter-text-parser."""

import re

from twitter_text import parse_tweet  # type: ignore[import-untyped]

CASHTAG = re.compile(r"(?<![\w$])\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?(?!\w)")


def weighted_length(text: str) -> int:
    return int(parse_tweet(text).weightedLength) if text else 0


def cashtags(text: str) -> int:
    return len(CASHTAG.findall(text))
