"""“May I?”: a question goes to a named person, the answer to its asker alone; and only if both agree does a rewritten
one without anybody in it join the case book."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from unicodedata import category

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from connectors.text import printable
from core.flow import ForbiddenMove, LostRace, move
from core.hours import working_after
from core.refusals import MovedOn, NotAllowed, NotReady
from guidelines import queries, rules
from guidelines.models import Case, Guideline, Question
from notifications import actions as notifications

PROMISED = timedelta(hours=8)  # of the helper's own working hours: a day
LONGEST, LONGEST_DRAFT, LONGEST_ANSWER = 1000, 5000, 4000
ASKED, ANSWERED, CASE = "question.asked", "question.answered", "question.case"


@dataclass(frozen=True)
class About:
    """What a question is about: a paragraph of a guideline, or nothing in particular."""

    guideline: Guideline | None = None
    section: str = ""


def ask_question(
    *, actor: User, helper: User, words: str, draft: str = "", about: About | None = None, at: datetime
) -> Question:
    _require_helper(helper, actor, about.guideline if about else None)
    words = tidy(words, LONGEST)
    if not words:
        raise NotReady(_("Please write what you would like to know."))
    about = about or About()
    with transaction.atomic():
        made = Question.objects.create(
            asker=actor, helper=helper, guideline=about.guideline, section=about.section[:40], words=words,
            draft=tidy(draft, LONGEST_DRAFT), state="open", state_at=at, asked_at=at,
            promised_at=_promised(helper, at),
        )  # fmt: skip
        _tell_helper(helper, at)
    return made


def ask_another(*, actor: User, question: Question, helper: User, at: datetime) -> Question:
    """Instead of whoever was asked, with the same words and a promise of their own. Whoever was asked before does not
    see it any more."""
    if question.asker_id != actor.pk:
        raise NotAllowed(_("This question is somebody else's."))
    _require_helper(helper, actor, question.guideline)
    before = question.helper_id
    if helper.pk == before:
        raise NotReady(_("They have your question already. Please choose somebody else."))
    with transaction.atomic():
        open_one = Question.objects.filter(pk=question.pk, state="open", helper=before)
        if not open_one.update(helper=helper, promised_at=_promised(helper, at)):
            raise MovedOn(_("That was decided already. Please look at what is there now."))
        _settle_asked(question, at)
        _tell_helper(helper, at)
    question.refresh_from_db()
    return question


def _require_helper(helper: User, asker: User, guideline: Guideline | None) -> None:
    if helper.pk == asker.pk or not rules.can_help(helper, guideline):
        raise NotReady(_("Please choose who should answer."))


def _tell_helper(helper: User, at: datetime) -> None:
    with override(helper.language):
        text = _("A colleague asks you: may I?")
    # One line for all that waits, so that five questions are not five notices.
    notifications.tell(member=helper, kind=ASKED, text=text, url=reverse("guidelines:questions"), at=at)


def _promised(helper: User, at: datetime) -> datetime:
    """A working day of theirs, from when they are back."""
    return working_after(helper.working_hours, helper.time_zone, queries.back_from(helper, at), PROMISED)


def answer_question(*, actor: User, question: Question, answer: str, at: datetime) -> Question:
    if not rules.can_answer(actor, question):
        raise NotAllowed(_("This question went to somebody else."))
    answer = tidy(answer, LONGEST_ANSWER)
    if not answer:
        raise NotReady(_("Please write an answer."))
    with transaction.atomic():
        _step(question, "answered", at, answer=answer, answered_by=actor)
        with override(question.asker.language):
            text = _("Your question is answered.")
        _tell(question.asker, ANSWERED, text, question, at)
        _settle_asked(question, at)
    return question


def withdraw_question(*, actor: User, question: Question, at: datetime) -> Question:
    """Its asker does not need an answer any more; words and draft are thrown away."""
    if question.asker_id != actor.pk:
        raise NotAllowed(_("This question is somebody else's."))
    with transaction.atomic():
        _step(question, "withdrawn", at, words="", draft="")
        _settle_asked(question, at)
    return question


def propose_case(*, actor: User, question: Question, words: str, answer: str, at: datetime) -> Case:
    """Whoever answered writes it anew, without names; its asker decides."""
    if not rules.can_propose(actor, question):
        raise NotAllowed(_("Whoever answered a question may propose it for the case book."))
    words, answer = tidy(words, LONGEST), tidy(answer, LONGEST_ANSWER)
    if not words or not answer:
        raise NotReady(_("Please write both the question and the answer, without anybody's name."))
    if named := _named(question, words + " " + answer):
        raise NotReady(_("“%(name)s” is a name. Please write it so that nobody is in it.") % {"name": named})
    try:
        with transaction.atomic():
            made = Case.objects.create(
                question=question, guideline=question.guideline, section=question.section, words=words, answer=answer,
                language=actor.language, by=actor, state="proposed", state_at=at, proposed_at=at,
            )  # fmt: skip
            with override(question.asker.language):
                text = _("May others read your question, without you in it? You decide.")
            _tell(question.asker, CASE, text, question, at)
    except IntegrityError:
        raise MovedOn(_("It is proposed for the case book already.")) from None
    return made


def _named(question: Question, text: str) -> str:
    """A word of the asker's own name in it, of three letters or more."""
    said = {word.casefold() for word in text.replace("’", " ").split()}
    plain = {word.strip(".,;:!?()“”\"'") for word in said}
    return next((word for word in question.asker.name.split() if len(word) > 2 and word.casefold() in plain), "")


def decide_case(*, actor: User, case: Case, agrees: bool, at: datetime) -> Case:
    if case.question is None or case.question.asker_id != actor.pk:
        raise NotAllowed(_("Whoever asked decides whether others may read it."))
    _step(case, "agreed" if agrees else "declined", at)
    notifications.settle_question(kind=CASE, url=place_of(case.question), at=at)
    return case


def take_out_case(*, actor: User, case: Case, at: datetime) -> Case:
    """Either of the two, or HR, at any time and without a reason."""
    if not rules.can_take_out(actor, case):
        raise NotAllowed(_("Whoever asked, whoever answered, or HR may take a case out of the book."))
    _step(case, "taken_out", at)
    return case


def _settle_asked(question: Question, at: datetime) -> None:
    """Once nothing waits for the helper any more."""
    helper = question.helper
    if helper and not Question.objects.filter(helper=helper, state="open").exists():
        notifications.settle_notices(member=helper, url=reverse("guidelines:questions"), at=at)


def place_of(question: Question) -> str:
    return reverse("guidelines:question", args=[question.pk])


def tidy(text: str, longest: int) -> str:
    """Empty where there is nothing in it that anybody could see."""
    kept = printable(text).strip()[:longest].strip()
    return kept if any(category(one)[0] not in "CZ" for one in kept) else ""


def _tell(member: User, kind: str, text: str, question: Question, at: datetime) -> None:
    """Never what was asked: a mail may lie open on a desk."""
    notifications.tell(member=member, kind=kind, text=text, url=place_of(question), at=at)


def _step(row: Any, to: str, at: datetime, **changes: Any) -> None:
    try:
        move(row, to, at=at, **changes)
    except (LostRace, ForbiddenMove):
        raise MovedOn(_("That was decided already. Please look at what is there now.")) from None
