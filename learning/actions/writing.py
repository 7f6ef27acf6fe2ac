"""A curator writes a lesson, from nothing or from one of ours, as often as it takes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from connectors.text import one_line, printable
from core import audit
from core.refusals import EditedMeanwhile, NotAllowed, NotReady
from learning import rules, shipped, texts
from learning.actions.publishing import missing_in
from learning.exercises import EXERCISES
from learning.models import WrittenLesson

LONGEST = {
    "title": 120,
    "line": 200,
    "exercise": 1500,
    "alt": 300,
    "body": 3000,
    "before": 1500,
    "after": 1500,
    "why": 400,
}
ONE_LINE = ("title", "line", "alt")
MOST_CARDS = 12


@dataclass(frozen=True)
class LessonWords:
    """What is typed in one language; where the exercise leads and the topic belong to all of them."""

    language: str
    text: texts.Text
    topic: str = texts.WRITE
    kind: str = "draft"


def begin_lesson(*, actor: User, language: str, title: str = "", copy_of: str = "", at: datetime) -> WrittenLesson:
    """A draft: empty but for its title, or with the words of one of ours, in whose place it will stand."""
    _allow(actor)
    if copy_of:
        ours = shipped.lessons().get(copy_of)
        if ours is None:
            raise NotReady(_("There is no such lesson of ours."))
        made = {"language": ours.language, "topic": ours.topic, "kind": ours.kind, "in_place_of": copy_of}
        content = {code: texts.write(text) for code, text in ours.content.items()}
    else:
        if not one_line(title):
            raise NotReady(_("Please give it a title."))
        made = {"language": language, "topic": texts.WRITE, "kind": "draft", "in_place_of": ""}
        content = {language: texts.write(replace(texts.EMPTY, title=one_line(title)[: LONGEST["title"]]))}
    with transaction.atomic():
        row = WrittenLesson.objects.create(
            content=content,
            state="draft",
            state_at=at,
            made_by=actor,
            made_at=at,
            edited_by=actor,
            edited_at=at,
            **made,
        )
        audit.record(actor=actor, kind="lesson_begun", about=f"lesson:{row.pk}", at=at, data={"copy_of": copy_of})
    return row


def edit_lesson(*, actor: User, lesson: WrittenLesson, edition: int, words: LessonWords, at: datetime) -> WrittenLesson:
    """Save one language on top of `edition`. What is out has to stay whole. Raises EditedMeanwhile."""
    _allow(actor)
    text = cleaned(words.text)
    content = {**lesson.content, words.language: texts.write(text)}
    changes: dict[str, object] = {"content": content}
    if words.language == lesson.language:
        if words.kind not in EXERCISES or words.topic not in texts.TOPICS:
            raise NotReady(_("Please choose what it is about, and where the exercise leads."))
        changes |= {"topic": words.topic, "kind": words.kind}
        if lesson.state == "published" and (missing := missing_in(text)):
            raise NotReady(" ".join([_("Colleagues read it already, so it has to stay whole."), *missing]))
    changes |= {"edition": edition + 1, "edited_by": actor, "edited_at": at}
    # As it was read: of what came between, a translation could be lost, or something half put out.
    rows = WrittenLesson.objects.filter(pk=lesson.pk, edition=edition, state=lesson.state)
    if lesson.edition != edition or not rows.update(**changes):
        raise EditedMeanwhile(
            _("Somebody else has saved this lesson meanwhile. Your words are below; save again to keep yours.")
        )
    lesson.refresh_from_db()
    return lesson


def cleaned(text: texts.Text) -> texts.Text:
    """Without marks that nobody sees and without empty cards; what is too long is refused."""
    cards = [card for card in text.cards if not card.is_empty]
    if len(cards) > MOST_CARDS:
        raise NotReady(
            _("That is more than %(n)s cards. Two short lessons are read; a long one is not.") % {"n": MOST_CARDS}
        )
    cards = [
        replace(
            card, **_cleaned({name: getattr(card, name) for name in ("title", "body", "alt", "before", "after", "why")})
        )
        for card in cards
    ]
    said = _cleaned({"title": text.title, "line": text.line, "exercise": text.exercise})
    return texts.Text(**said, cards=tuple(cards))


def _cleaned(parts: Mapping[str, str]) -> dict[str, str]:
    found = {name: one_line(said) if name in ONE_LINE else printable(said).strip() for name, said in parts.items()}
    for name, said in found.items():
        if len(said) > LONGEST[name]:
            start = f"{said[:40]}…"
            raise NotReady(
                _("“%(start)s” is longer than fits there: %(n)s characters.") % {"start": start, "n": LONGEST[name]}
            )
    return found


def _allow(actor: User) -> None:
    if not rules.can_write(actor):
        raise NotAllowed(_("Lessons are written by curators."))
