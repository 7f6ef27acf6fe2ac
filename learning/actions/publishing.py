"""From a draft to what colleagues read, and away again; and lessons of ours that a firm does not want."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.flow import ForbiddenMove, LostRace, move
from core.refusals import EditedMeanwhile, MovedOn, NotAllowed, NotReady
from learning import rules, shipped, texts
from learning.models import HiddenLesson, WrittenLesson


def missing_parts(lesson: WrittenLesson) -> list[str]:
    raw = lesson.content.get(lesson.language)
    return missing_in(texts.read(raw) if raw else texts.EMPTY)


def missing_in(text: texts.Text) -> list[str]:
    """What keeps it from being read by colleagues, one sentence each."""
    sentences = {
        _("Please write its title, and in one line what somebody can do afterwards."): not (text.title and text.line),
        _("Please write at least one card."): not text.cards,
        _("Each card needs a title and some words."): any(not (one.title and one.body) for one in text.cards),
        _("Please say what each picture shows, for colleagues who cannot see it."): any(
            one.picture and not one.alt for one in text.cards
        ),
        _("Please write what to try at the end."): not text.exercise,
    }
    return [sentence for sentence, is_missing in sentences.items() if is_missing]


def publish_lesson(*, actor: User, lesson: WrittenLesson, edition: int, at: datetime) -> WrittenLesson:
    """Put out what was read (`edition`)."""
    _allow(actor)
    if missing := missing_parts(lesson):
        raise NotReady(" ".join(missing))
    try:
        with transaction.atomic():
            row = WrittenLesson.objects.select_for_update().filter(pk=lesson.pk, edition=edition).first()
            if row is None or lesson.edition != edition:
                raise EditedMeanwhile(_("It was changed after you opened it. Please read it again."))
            _step(row, "published", actor, "lesson_published", at)
    except IntegrityError:
        raise NotReady(_("Another version of this lesson is out already. Withdraw that one first.")) from None
    lesson.refresh_from_db()
    return lesson


def withdraw_lesson(*, actor: User, lesson: WrittenLesson, at: datetime) -> WrittenLesson:
    """Nobody finds it any more. Where it stood in the place of one of ours, ours is there again."""
    _allow(actor)
    with transaction.atomic():
        return _step(lesson, "withdrawn", actor, "lesson_withdrawn", at)


def bring_back_lesson(*, actor: User, lesson: WrittenLesson, at: datetime) -> WrittenLesson:
    _allow(actor)
    with transaction.atomic():
        return _step(lesson, "draft", actor, "lesson_brought_back", at)


def hide_lesson(*, actor: User, key: str, at: datetime) -> None:
    """One of ours does not suit this firm."""
    _allow(actor)
    if key not in shipped.lessons():
        raise NotReady(_("There is no such lesson of ours."))
    with transaction.atomic():
        _row, is_new = HiddenLesson.objects.get_or_create(key=key, defaults={"hidden_by": actor, "hidden_at": at})
        if is_new:
            audit.record(actor=actor, kind="lesson_hidden", about=f"lesson:{key}", at=at)


def show_lesson(*, actor: User, key: str, at: datetime) -> None:
    _allow(actor)
    with transaction.atomic():
        if HiddenLesson.objects.filter(key=key).delete()[0]:
            audit.record(actor=actor, kind="lesson_shown", about=f"lesson:{key}", at=at)


def _step(lesson: WrittenLesson, to: str, actor: User, kind: str, at: datetime) -> WrittenLesson:
    try:
        move(lesson, to, at=at)
    except (LostRace, ForbiddenMove):
        raise MovedOn(_("A colleague has moved this lesson already.")) from None
    audit.record(actor=actor, kind=kind, about=f"lesson:{lesson.pk}", at=at)
    return lesson


def _allow(actor: User) -> None:
    if not rules.can_write(actor):
        raise NotAllowed(_("Lessons are written by curators."))
