"""The tables of the member's side: shares with their attempts, drafts, words in use, and what the feed remembers."""

from shares.models.approvals import WordsApproval
from shares.models.digests import Digest
from shares.models.feed import Mark, SavedSearch, Tally
from shares.models.mishaps import Mishap
from shares.models.shares import APPROVAL, MONEY, OPEN, OWNER, PAUSE, SAYS, Attempt, SavedDraft, Share, Told
from shares.models.words import Fingerprint, Reservation

__all__ = [
    "APPROVAL",
    "MONEY",
    "OPEN",
    "OWNER",
    "PAUSE",
    "SAYS",
    "Attempt",
    "Digest",
    "Fingerprint",
    "Mark",
    "Mishap",
    "Reservation",
    "SavedDraft",
    "SavedSearch",
    "Share",
    "Tally",
    "Told",
    "WordsApproval",
]
