"""Reads of the member's side: the feed's cards, the composer's choices, one's own plans and posts."""

from shares.queries.approvals import came_back, not_by_hand, terms, unread_sentence, waiting_for
from shares.queries.composer import (
    AccountChoice,
    Measured,
    account_choices,
    attachments_of,
    left_out,
    measure,
    platform_of,
    targets,
    targets_for,
    why_by_hand,
)
from shares.queries.feed import TODAY, FeedCard, cards, feed, is_put_away, put_away, remembers, today
from shares.queries.lent import can_lend, lent_posts, passed_on, people_of
from shares.queries.lines import Lines, chosen_in, lines_of
from shares.queries.offers import Offer, offer_of
from shares.queries.own import LIVELY, UNDER_WAY, is_lively, own_shares, under_way
from shares.queries.picks import today_of_each
from shares.queries.search import Wish, find, is_saved, kinds, languages, saved_searches
from shares.queries.seen_as import SeenAs, seen_as, today_as
from shares.queries.sounds import Heard, heard
from shares.queries.wording import colleague_sentences, word_problems

__all__ = [
    "LIVELY",
    "TODAY",
    "UNDER_WAY",
    "AccountChoice",
    "FeedCard",
    "Heard",
    "Lines",
    "Measured",
    "Offer",
    "SeenAs",
    "Wish",
    "account_choices",
    "attachments_of",
    "came_back",
    "can_lend",
    "cards",
    "chosen_in",
    "colleague_sentences",
    "feed",
    "find",
    "heard",
    "is_lively",
    "is_put_away",
    "is_saved",
    "kinds",
    "languages",
    "left_out",
    "lent_posts",
    "lines_of",
    "measure",
    "not_by_hand",
    "offer_of",
    "own_shares",
    "passed_on",
    "people_of",
    "put_away",
    "remembers",
    "saved_searches",
    "seen_as",
    "platform_of",
    "targets",
    "targets_for",
    "terms",
    "today",
    "today_as",
    "today_of_each",
    "under_way",
    "unread_sentence",
    "waiting_for",
    "why_by_hand",
    "word_problems",
]
