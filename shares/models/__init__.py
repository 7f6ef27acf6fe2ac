"""The tables of the member's side: shares with their attempts, drafts, and what the feed remembers."""

from shares.models.feed import Mark, SavedSearch, Tally
from shares.models.shares import MONEY, OPEN, OWNER, PAUSE, SAYS, Attempt, SavedDraft, Share, Told

__all__ = [
    "MONEY",
    "OPEN",
    "OWNER",
    "PAUSE",
    "SAYS",
    "Attempt",
    "Mark",
    "SavedDraft",
    "SavedSearch",
    "Share",
    "Tally",
    "Told",
]
