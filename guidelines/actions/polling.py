"""Three anonymous questions a year: so that what is known is measured, and not only what is signed."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.refusals import MovedOn, NotAllowed, NotReady
from guidelines import rules
from guidelines.models import Poll, PollDone, PollTally
from guidelines.queries.polls import ANSWERS, QUESTIONS

LASTS = timedelta(days=21)
APART = timedelta(days=360)  # at least; one a year, also where the last was opened in its last days


def open_poll(*, actor: User | None, at: datetime) -> Poll:
    """By HR; every year after that by itself. One at a time."""
    if actor is not None and not rules.can_write(actor):
        raise NotAllowed(_("HR asks these questions."))
    if Poll.objects.filter(closes_at__gt=at).exists():
        raise MovedOn(_("These questions are being asked already."))
    with transaction.atomic():
        try:
            with transaction.atomic():
                made = Poll.objects.create(year=at.year, opened_at=at, closes_at=at + LASTS)
        except IntegrityError:
            raise MovedOn(_("These questions were asked this year already.")) from None
        PollTally.objects.bulk_create(
            PollTally(poll=made, question=question, answer=answer) for question in QUESTIONS for answer in ANSWERS
        )
        audit.record(actor=actor, kind="guideline_poll_opened", about=f"poll:{made.pk}", at=at)
    return made


def open_poll_if_due(*, at: datetime) -> int:
    last = Poll.objects.order_by("-opened_at").first()
    if last is None or last.year >= at.year or last.opened_at + APART > at:
        return 0
    open_poll(actor=None, at=at)
    return 1


def answer_poll(*, actor: User, poll: Poll, answers: Mapping[str, int], at: datetime) -> None:
    """Counted, and forgotten who. Raises NotReady where one is left out, MovedOn where they have answered or it is
    over."""
    if set(answers) != set(QUESTIONS) or not all(answer in ANSWERS for answer in answers.values()):
        raise NotReady(_("Please answer all three; “neither” is an answer."))
    # Two transactions: the row that says who has answered, and the counts, are not written as one act. Should it stop
    # in between, an answer is lost, which is the better loss.
    _once(actor, poll, at)
    for question, answer in answers.items():
        PollTally.objects.filter(poll=poll, question=question, answer=answer).update(count=F("count") + 1)


def skip_poll(*, actor: User, poll: Poll, at: datetime) -> None:
    """They would rather not. Nobody sees who."""
    _once(actor, poll, at)


def _once(actor: User, poll: Poll, at: datetime) -> None:
    if poll.closes_at <= at:
        raise MovedOn(_("These questions are over for this year. Thank you all the same."))
    try:
        with transaction.atomic():
            PollDone.objects.create(poll=poll, member=actor)
    except IntegrityError:
        raise MovedOn(_("You have answered these already.")) from None
