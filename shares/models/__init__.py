"""The tables of the member's side: shares with their attempts, drafts, and what the feed remembers."""

from shares.models.digests import Digest
from shares.models.feed import Mark, Tally
from shares.models.shares import MONEY, OPEN, OWNER, PAUSE, SAYS, Attempt, SavedDraft, Share, Told

__all__ = [
    "MONEY",
    "OPEN",
    "OWNER",
    "PAUSE",
    "SAYS",
    "Attempt",
    "Digest",
    "Mark",
    "SavedDraft",
    "Share",
    "Tally",
    "Told",
]
