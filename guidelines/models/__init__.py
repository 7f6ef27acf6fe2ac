"""The tables of guidelines: what HR writes, what was published, who is asked, what nobody can change afterwards, what
people ask, and how well all of it is known."""

from guidelines.models.dues import FORGOTTEN, OWED, Due
from guidelines.models.evidence import Publication, Receipt, ReceiptPersonal, Reminder
from guidelines.models.knowing import CoverageDay, Poll, PollDone, PollTally
from guidelines.models.packs import Pack
from guidelines.models.questions import Case, Question
from guidelines.models.situations import Pool, Tally
from guidelines.models.versions import Guideline, Version

__all__ = [
    "FORGOTTEN",
    "OWED",
    "Case",
    "CoverageDay",
    "Due",
    "Guideline",
    "Pack",
    "Poll",
    "PollDone",
    "PollTally",
    "Pool",
    "Publication",
    "Question",
    "Receipt",
    "ReceiptPersonal",
    "Reminder",
    "Tally",
    "Version",
]
