"""How far one member is. Every read here begins with the member who asks; there is none about somebody else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from learning import shipped, texts
from learning.models import Certificate, ChosenPath, Progress
from learning.queries.library import lines_of
from learning.queries.suiting import why_suits

Known = Mapping[str, Progress]


@dataclass(frozen=True)
class LessonRow:
    lesson: texts.Lesson
    text: texts.Text
    language: str
    minutes: int
    progress: Progress | None

    @property
    def is_done(self) -> bool:
        return bool(self.progress and self.progress.done_at)

    @property
    def is_read(self) -> bool:
        """Read, and its exercise is still to do."""
        return bool(self.progress and self.progress.read_at and not self.progress.done_at)

    @property
    def is_begun(self) -> bool:
        return bool(self.progress and not self.progress.read_at and not self.progress.done_at)


@dataclass(frozen=True)
class PathRow:
    path: shipped.LearningPath
    title: str
    line: str
    language: str
    why: str
    rows: Sequence[LessonRow]
    is_chosen: bool
    certificate: str = ""  # its number

    @property
    def done(self) -> int:
        return sum(one.is_done for one in self.rows)

    @property
    def is_finished(self) -> bool:
        return self.done == len(self.rows)

    @property
    def next(self) -> LessonRow | None:
        return next((one for one in self.rows if not one.is_done), None)


@dataclass(frozen=True)
class Today:
    """What is worth a few minutes now, and why."""

    row: LessonRow
    why: str


def progress_of(member: User) -> dict[str, Progress]:
    return {one.lesson: one for one in Progress.objects.filter(member=member)}


def place_in(member: User, lesson: texts.Lesson) -> int:
    """The card they were at; the first again once they have come to the end."""
    found = Progress.objects.filter(member=member, lesson=lesson.key, read_at=None, done_at=None).first()
    return min(found.card, len(lesson.original.cards)) if found else 0


def rows_of(lessons: Iterable[texts.Lesson], known: Known, language: str) -> list[LessonRow]:
    found = []
    for lesson in lessons:
        text, shown_in = lesson.shown_in(language)
        found.append(LessonRow(lesson, text, shown_in, texts.minutes(text, shown_in), known.get(lesson.key)))
    return found


def path_rows(member: User, lessons: Mapping[str, texts.Lesson], known: Known) -> list[PathRow]:
    """Everybody's first, then those chosen, then those that suit them, then the rest."""
    chosen = set(ChosenPath.objects.filter(member=member).values_list("path", flat=True))
    numbers = dict(Certificate.objects.filter(member=member).values_list("path", "number"))
    found = []
    for key, path in shipped.paths().items():
        if rows := rows_of(lines_of(path, lessons), known, member.language):
            said, why = path.shown_in(member.language), why_suits(path, member)
            found.append(PathRow(path, *said, why, rows, key in chosen, numbers.get(key, "")))
    return sorted(found, key=lambda one: (one.path.key != shipped.EVERYBODY, not one.is_chosen, not one.why))


def today(paths: Sequence[PathRow], rows: Sequence[LessonRow]) -> Today | None:
    """An exercise that waits, then what was begun, then the next of a path they chose, of everybody's, of one that
    suits them, then any."""
    for one in rows:
        if one.is_read:
            return Today(one, _("You have read it; only its exercise is left."))
    for one in rows:
        if one.is_begun:
            return Today(one, _("You have begun it."))
    by_choice = sorted(paths, key=lambda path: not path.is_chosen)
    for path in by_choice:
        if path.next and (path.is_chosen or path.path.key == shipped.EVERYBODY or path.why):
            return Today(path.next, _reason(path))
    left = next((one for one in rows if not one.is_done), None)
    return Today(left, _("You have not read this one yet.")) if left else None


def _reason(path: PathRow) -> str:
    if path.is_chosen:
        return _("The next one of the path you chose: %(path)s.") % {"path": path.title}
    if path.path.key == shipped.EVERYBODY:
        return _("A good one to begin with, whatever you do here.")
    return _("For you, %(why)s.") % {"why": path.why}


def certificates_of(member: User) -> QuerySet[Certificate]:
    return Certificate.objects.filter(member=member).order_by("-finished_at")


def certificate_of(member: User, number: str) -> Certificate | None:
    """Only its owner finds it."""
    return Certificate.objects.filter(member=member, number=number).first()


def has_anything(member: User) -> bool:
    """Whether there is something to delete."""
    tables: tuple[Any, ...] = (Progress, ChosenPath, Certificate)
    return any(table.objects.filter(member=member).exists() for table in tables)
