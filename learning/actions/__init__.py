"""Verbs of lessons: a member learns, a curator writes."""

from core.refusals import CannotDo, EditedMeanwhile, MovedOn, NotAllowed, NotReady
from learning.actions.learning import (
    choose_path,
    forget_progress,
    keep_place,
    leave_path,
    make_certificate,
    say_done,
    say_read,
)
from learning.actions.pictures import keep_picture
from learning.actions.publishing import (
    bring_back_lesson,
    hide_lesson,
    missing_parts,
    publish_lesson,
    show_lesson,
    withdraw_lesson,
)
from learning.actions.writing import LessonWords, begin_lesson, edit_lesson

__all__ = [
    "CannotDo",
    "EditedMeanwhile",
    "LessonWords",
    "MovedOn",
    "NotAllowed",
    "NotReady",
    "begin_lesson",
    "bring_back_lesson",
    "choose_path",
    "edit_lesson",
    "forget_progress",
    "hide_lesson",
    "keep_picture",
    "keep_place",
    "leave_path",
    "make_certificate",
    "missing_parts",
    "publish_lesson",
    "say_done",
    "say_read",
    "show_lesson",
    "withdraw_lesson",
]
