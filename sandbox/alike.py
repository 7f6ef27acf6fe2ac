"""Posts that say nearly the same from several accounts, as a platform that minds would see them.

Its own measure, and not the product's: words in their order, compared as sequences, links and hashtags left out. The
line that says who is speaking counts here, because a platform does not know it for one.
"""

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

from .world import World

ALIKE = 0.7
LEFT_OUT = re.compile(r"https?://\S+|#\w+")
WORD = re.compile(r"\w+")


def alike(world: World, platform: str) -> list[dict[str, Any]]:
    """Pairs of living posts of different accounts that are too much alike."""
    sql = "SELECT account, post_id, text FROM posts WHERE platform = ? AND deleted_at IS NULL ORDER BY seq"
    posts = [(row["account"], row["post_id"], words(row["text"])) for row in world.store.all(sql, platform)]
    return [
        {"first": first[1], "second": second[1]}
        for first, second in combinations(posts, 2)
        if first[0] != second[0] and are_alike(first[2], second[2])
    ]


def words(text: str) -> list[str]:
    return WORD.findall(LEFT_OUT.sub(" ", text).casefold())


def are_alike(one: list[str], other: list[str]) -> bool:
    both = len(one) + len(other)
    # The words in common are the most it can come to, and are counted faster than their order is compared.
    most = 2 * sum((Counter(one) & Counter(other)).values())
    return bool(both) and most >= ALIKE * both and SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE
