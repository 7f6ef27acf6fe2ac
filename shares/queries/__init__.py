"""Reads of the member's side: the feed's cards, the composer's choices, one's own plans and posts."""

from shares.queries.composer import (
    AccountChoice,
    Measured,
    account_choices,
    attachments_of,
    left_out,
    measure,
    targets,
    targets_for,
    why_by_hand,
)
from shares.queries.feed import FeedCard, cards, feed, is_put_away, put_away, remembers, today
from shares.queries.lent import can_lend, lent_posts, passed_on, people_of
from shares.queries.lines import Lines, chosen_in, lines_of
from shares.queries.own import LIVELY, UNDER_WAY, is_lively, own_shares, under_way

__all__ = [
    "LIVELY",
    "UNDER_WAY",
    "AccountChoice",
    "FeedCard",
    "Lines",
    "Measured",
    "account_choices",
    "attachments_of",
    "can_lend",
    "cards",
    "chosen_in",
    "feed",
    "is_lively",
    "is_put_away",
    "left_out",
    "lent_posts",
    "lines_of",
    "measure",
    "own_shares",
    "passed_on",
    "people_of",
    "put_away",
    "remembers",
    "targets",
    "targets_for",
    "today",
    "under_way",
    "why_by_hand",
]
