"""What waits for the approver of members' own words in a regulated firm; nothing else of anybody is seen here."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import queries as accounts
from accounts.rules import reads_words, require
from core import clock
from shares import actions, drafts, queries
from shares.models import OWNER, PAUSE, Share, WordsApproval

ON_A_PAGE = 20


@require(reads_words)
def words(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.waiting_for(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [_row(question, clock.now()) for question in page]
    return render(request, "shares/words.html", {"page": page, "rows": rows})


def _row(question: WordsApproval, at: datetime) -> dict[str, Any]:
    share, left = question.share, max(timedelta(0), question.due_at - at)
    return {
        "hours": left // timedelta(hours=1),
        "minutes": left // timedelta(minutes=1),
        "question": question,
        "share": share,
        "card": queries.FeedCard(share.story, ""),
        "platform": accounts.connectors()[share.connector].name,
        "text": drafts.wording(share).text,
        "attachments": queries.attachments_of(share.story, drafts.carries(share)),
    }


@require(reads_words)
@require_POST
def approve(request: HttpRequest, number: int) -> HttpResponse:
    return _answer(request, number, actions.approve_words, _approved)


def _approved(share: Share) -> str:
    """What became of it, and nothing of why: that is its author's."""
    if share.state == "scheduled":
        return _("Approved. It goes out as its author planned it.")
    if share.held_for == PAUSE:
        return _("Approved. Sharing is paused, so it waits, and its author decides afterwards.")
    if share.held_for == OWNER or share.state == "asked":
        return _("Approved. Its author decides whether it still goes out.")
    return _("Approved. It waits for something else before it goes out.")


@require(reads_words)
@require_POST
def refuse(request: HttpRequest, number: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _answer(request, number, actions.refuse_words, _refused, reason=reason)


def _refused(share: Share) -> str:
    return _("Not approved. Its author reads why, and keeps the words as a draft.")


def _answer(
    request: HttpRequest, number: int, verb: Callable[..., Share], done: Callable[[Share], str], **how: str
) -> HttpResponse:
    """What was put before somebody else is not there."""
    question = get_object_or_404(WordsApproval, pk=number, reader=request.user)
    try:
        share = verb(actor=request.user, question=question, at=clock.now(), **how)
    except actions.CannotPlan as refusal:
        messages.error(request, " ".join(refusal.sentences))
    else:
        messages.success(request, done(share))
    return redirect("shares:words")
