"""Reads of guidelines: what is published, who has signed what is asked of them, and what a member owes."""

from guidelines.queries.asked import current, in_audience, unsatisfied
from guidelines.queries.comparing import Clause, clauses
from guidelines.queries.coverage import Coverage, coverage
from guidelines.queries.owed import overdue, owed

__all__ = ["Clause", "Coverage", "clauses", "coverage", "current", "in_audience", "overdue", "owed", "unsatisfied"]
