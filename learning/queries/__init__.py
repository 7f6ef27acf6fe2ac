"""Reads of lessons: which there are for members, how far one member is, and which path suits them."""

from learning.queries.library import lesson_of, library, lines_of, matches, whole_library
from learning.queries.mine import (
    LessonRow,
    PathRow,
    Today,
    certificate_of,
    certificates_of,
    has_anything,
    path_rows,
    place_in,
    progress_of,
    rows_of,
    today,
)
from learning.queries.suiting import why_suits

__all__ = [
    "LessonRow",
    "PathRow",
    "Today",
    "certificate_of",
    "certificates_of",
    "has_anything",
    "lesson_of",
    "library",
    "lines_of",
    "matches",
    "path_rows",
    "place_in",
    "progress_of",
    "rows_of",
    "today",
    "whole_library",
    "why_suits",
]
