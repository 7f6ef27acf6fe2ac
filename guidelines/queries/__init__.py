"""Reads of guidelines: what is published, who has signed what is asked of them, what a member owes, what they ask, and
how well all of it is known."""

from guidelines.queries.asked import current, in_audience, unsatisfied
from guidelines.queries.comparing import Clause, changed, changed_clauses, changed_titles, clauses, what_changed
from guidelines.queries.coverage import Coverage, coverage, named_owing, overview, owing, reasons
from guidelines.queries.finding import guidelines_with
from guidelines.queries.groups import BY, Group, Groups, folded, groups
from guidelines.queries.owed import is_overdue, overdue, owed, places_of_sections
from guidelines.queries.polls import ANSWERS, QUESTIONS, open_poll_for, poll_results
from guidelines.queries.questions import (
    answered_by,
    asked_by_section,
    back_from,
    cases,
    helpers,
    late_questions,
    questions_for,
    questions_of,
    title_of_section,
    who_helps,
    with_absence,
)
from guidelines.queries.situations import (
    Hesitation,
    Shares,
    Steps,
    asked_from,
    hesitations,
    newcomer_seconds,
    pool_of,
    seconds,
    seconds_of,
    shares,
    steps_of,
)
from guidelines.queries.trends import AskedAbout, asked_about, trend

__all__ = [
    "ANSWERS",
    "AskedAbout",
    "BY",
    "Clause",
    "Coverage",
    "Group",
    "Groups",
    "Hesitation",
    "QUESTIONS",
    "Shares",
    "Steps",
    "answered_by",
    "asked_about",
    "asked_by_section",
    "asked_from",
    "back_from",
    "cases",
    "changed",
    "changed_clauses",
    "changed_titles",
    "clauses",
    "coverage",
    "current",
    "folded",
    "groups",
    "guidelines_with",
    "helpers",
    "hesitations",
    "in_audience",
    "is_overdue",
    "late_questions",
    "named_owing",
    "newcomer_seconds",
    "open_poll_for",
    "overdue",
    "overview",
    "owed",
    "owing",
    "places_of_sections",
    "poll_results",
    "pool_of",
    "questions_for",
    "questions_of",
    "reasons",
    "seconds",
    "seconds_of",
    "shares",
    "steps_of",
    "title_of_section",
    "trend",
    "unsatisfied",
    "what_changed",
    "who_helps",
    "with_absence",
]
