"""Reads of guidelines: what is published, who has signed what is asked of them, what a member owes, what they ask, and
how well all of it is known."""

from guidelines.queries.asked import current, in_audience, unsatisfied
from guidelines.queries.comparing import Clause, changed, clauses
from guidelines.queries.coverage import Coverage, coverage, named_owing, overview, owing
from guidelines.queries.groups import BY, Group, Groups, folded, groups
from guidelines.queries.owed import is_overdue, overdue, owed
from guidelines.queries.polls import ANSWERS, QUESTIONS, open_poll_for, poll_results
from guidelines.queries.questions import (
    answered_by,
    asked_by_section,
    cases,
    helpers,
    late_questions,
    questions_for,
    questions_of,
    title_of_section,
    who_helps,
)
from guidelines.queries.trends import Hesitation, hesitates, trend

__all__ = [
    "ANSWERS",
    "BY",
    "QUESTIONS",
    "Clause",
    "Coverage",
    "Group",
    "Groups",
    "Hesitation",
    "answered_by",
    "asked_by_section",
    "cases",
    "changed",
    "clauses",
    "coverage",
    "current",
    "folded",
    "groups",
    "helpers",
    "hesitates",
    "in_audience",
    "is_overdue",
    "late_questions",
    "named_owing",
    "open_poll_for",
    "overdue",
    "overview",
    "owed",
    "owing",
    "poll_results",
    "questions_for",
    "questions_of",
    "title_of_section",
    "trend",
    "unsatisfied",
    "who_helps",
]
