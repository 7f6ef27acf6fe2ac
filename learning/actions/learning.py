"""A member learns. Each verb writes rows of whoever acts, and of nobody else; none of it stands in the audit trail,
since it is nobody's business."""

from datetime import datetime
from secrets import token_hex

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.refusals import NotReady
from learning import queries, shipped, texts
from learning.models import Certificate, ChosenPath, Progress


def keep_place(*, actor: User, lesson: texts.Lesson, card: int, at: datetime) -> Progress:
    """Where they are. Who comes to the exercise, behind the last card, has read it."""
    last = len(lesson.original.cards)
    row = _progress(actor, lesson, at)
    mine = Progress.objects.filter(member=actor, pk=row.pk)
    # Each by itself: of two that arrive at once, none takes back what the other has written.
    mine.update(card=max(0, min(card, last)))
    if card >= last:
        mine.filter(read_at=None).update(read_at=at)
    row.refresh_from_db()
    return row


def say_read(*, actor: User, lesson: texts.Lesson, at: datetime) -> Progress:
    """To the end; the exercise is for another day."""
    return keep_place(actor=actor, lesson=lesson, card=len(lesson.original.cards), at=at)


def say_done(*, actor: User, lesson: texts.Lesson, at: datetime) -> Progress:
    """They say that they have done the exercise. Said again it changes nothing."""
    row = say_read(actor=actor, lesson=lesson, at=at)
    if Progress.objects.filter(member=actor, pk=row.pk, done_at=None).update(done_at=at):
        row.done_at = at
    return row


def _progress(actor: User, lesson: texts.Lesson, at: datetime) -> Progress:
    return Progress.objects.get_or_create(member=actor, lesson=lesson.key, defaults={"begun_at": at})[0]


def choose_path(*, actor: User, path: shipped.LearningPath, at: datetime) -> None:
    ChosenPath.objects.get_or_create(member=actor, path=path.key, defaults={"chosen_at": at})


def leave_path(*, actor: User, path: shipped.LearningPath) -> None:
    """What was done on it stays done."""
    ChosenPath.objects.filter(member=actor, path=path.key).delete()


def make_certificate(*, actor: User, path: shipped.LearningPath, at: datetime) -> Certificate:
    """Of a path they have finished: which lessons, when, and no score. Made once; what is there is given again."""
    if found := Certificate.objects.filter(member=actor, path=path.key).first():
        return found
    known = queries.progress_of(actor)
    rows = queries.rows_of(queries.lines_of(path, queries.library()), known, actor.language)
    days = [row.progress.done_at for row in rows if row.progress and row.progress.done_at]
    if not rows or len(days) != len(rows):
        raise NotReady(_("There are lessons left on this path. A certificate is made once all of them are done."))
    title, _line, language = path.shown_in(actor.language)
    learned = [
        {"title": row.text.title, "language": row.language, "day": done_at.isoformat()}
        for row, done_at in zip(rows, days, strict=True)
    ]
    made, _is_new = Certificate.objects.get_or_create(
        member=actor, path=path.key,
        defaults={
            "number": _number(), "language": language, "title": title, "lessons": learned, "finished_at": max(days),
        },
    )  # fmt: skip
    return made


def _number() -> str:
    digits = token_hex(4).upper()
    return f"{digits[:4]}-{digits[4:]}"


def forget_progress(*, actor: User) -> None:
    """Everything that is kept of their learning: progress, chosen paths, certificates."""
    with transaction.atomic():
        for table in (Progress, ChosenPath, Certificate):
            table.objects.filter(member=actor).delete()
