"""Reads of guidelines: what is published, who has signed what is asked of them, and what a member owes."""

from guidelines.queries.asked import current, in_audience, unsatisfied
from guidelines.queries.comparing import Clause, clauses
from guidelines.queries.coverage import Coverage, coverage, overview
from guidelines.queries.owed import is_overdue, overdue, owed

__all__ = [
    "Clause",
    "Coverage",
    "clauses",
    "coverage",
    "current",
    "in_audience",
    "is_overdue",
    "overdue",
    "overview",
    "owed",
    "unsatisfied",
]
