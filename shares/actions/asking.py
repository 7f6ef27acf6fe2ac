"""Putting own words before whoever reads them in a regulated firm, and taking the question back."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import queries as accounts
from core import audit
from core.flow import move
from notifications import actions as notifications
from shares.models import Share, WordsApproval
from shares.queries import approvals


def ask_reader(share: Share, *, due_at: datetime, at: datetime) -> None:
    """Ask about its words as they are now, unless that is being asked already. Call it where the share is held."""
    if approvals.open_question(share):
        return
    drop_question(share, at=at)
    question = WordsApproval.objects.create(
        share=share, fingerprint=approvals.fingerprint(share), reader=accounts.words_reader(share.member, at),
        asked_at=at, due_at=due_at, state="waits", state_at=at,
    )  # fmt: skip
    record(question, "share.words_asked", at=at)
    tell_reader(question, at=at)


def drop_question(share: Share, *, at: datetime) -> None:
    """Its words have changed, or it is no longer to go out: there is nothing to answer any more."""
    for question in share.approvals.filter(state="waits"):
        move(question, "dropped", at=at)


def tell_reader(question: WordsApproval, *, at: datetime) -> None:
    """One line, however many accounts the same words are for."""
    reader, share = question.reader, question.share
    if reader is None:
        return
    with override(reader.language):
        text = _("%(name)s has written about “%(title)s” and waits for your approval.")
        text = text % {"name": share.member.name, "title": share.story.title}
    notifications.tell(member=reader, kind="words.waits", text=text, url=reverse("shares:words"), at=at)


def record(question: WordsApproval, kind: str, *, at: datetime) -> None:
    data = {"fingerprint": question.fingerprint}
    audit.record(actor=question.answered_by, kind=kind, about=f"share:{question.share_id}", at=at, data=data)
