"""Tables of what was done besides: who was reminded, and how questions were answered. Of a question only what is no
secret: an auditor reads neither who asked nor in which words, but for what both agreed to put into the case book."""

from collections.abc import Iterator

from django.db.models import QuerySet

from guidelines.models import Publication, Question, Reminder
from guidelines.queries.packed.tables import ERASED, Cells, Scope, Table, moment, names_of


def _reminders(scope: Scope) -> QuerySet[Reminder]:
    return scope.narrow(
        Reminder.objects.filter(at__lte=scope.until), guideline="publication__guideline", member="member"
    )


def _reminder_cells(several: list[Reminder], scope: Scope) -> Iterator[Cells]:
    names = names_of(number for row in several for number in (row.member_id, row.told_id))
    wanted = {row.publication_id for row in several}
    published = Publication.objects.defer("content").select_related("guideline").in_bulk(wanted)
    for row in several:
        of = published[row.publication_id]
        yield (
            row.pk, row.kind, row.member_id, names.get(row.member_id, ERASED), of.guideline_id, of.guideline.name,
            of.number, row.publication_id, row.told_id, names.get(row.told_id, ERASED), moment(row.at),
        )  # fmt: skip


REMINDERS = Table(
    "reminders",
    (
        "reminder", "kind", "member", "member_name", "guideline", "guideline_name", "version", "publication", "told",
        "told_name", "at",
    ),
    _reminders,
    _reminder_cells,
)  # fmt: skip


def _questions(scope: Scope) -> QuerySet[Question]:
    """None where the pack is about one person: that somebody asked is nobody's evidence."""
    if scope.member is not None:
        return Question.objects.none()
    return scope.narrow(Question.objects.filter(asked_at__lte=scope.until), guideline="guideline")


def _question_cells(several: list[Question], scope: Scope) -> Iterator[Cells]:
    rows = Question.objects.select_related("guideline", "case").in_bulk([row.pk for row in several])
    names = names_of(row.answered_by_id for row in rows.values())
    for row in rows.values():
        answered = row.state == "answered" and row.state_at <= scope.until
        case = getattr(row, "case", None)
        in_book = case is not None and case.state == "agreed" and case.state_at <= scope.until
        yield (
            row.pk, row.guideline_id or "", row.guideline.name if row.guideline else "", row.section,
            moment(row.asked_at), moment(row.promised_at), moment(row.state_at if answered else None),
            row.answered_by_id if answered else "",
            names.get(row.answered_by_id or 0, ERASED) if answered else "",
            case.words if in_book and case else "", case.answer if in_book and case else "",
        )  # fmt: skip


QUESTIONS = Table(
    "questions",
    (
        "question", "guideline", "guideline_name", "section", "asked_at", "promised_at", "answered_at", "answered_by",
        "answered_by_name", "case_book_question", "case_book_answer",
    ),
    _questions,
    _question_cells,
)  # fmt: skip
