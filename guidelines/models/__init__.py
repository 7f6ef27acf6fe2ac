"""The tables of guidelines: what HR writes, what was published, who is asked, and what nobody can change afterwards."""

from guidelines.models.dues import OWED, Due
from guidelines.models.evidence import Publication, Receipt, ReceiptPersonal
from guidelines.models.versions import Guideline, Version

__all__ = ["OWED", "Due", "Guideline", "Publication", "Receipt", "ReceiptPersonal", "Version"]
