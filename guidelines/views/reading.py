"""A member's pages: what to know, what changed, a few situations, and one signature."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.rules import is_member, proved_lately, require
from core import clock, languages, markdown
from core.reading import in_minutes
from guidelines import actions, printing, queries, rules, texts
from guidelines.forms import PollForm
from guidelines.models import Due, Guideline, Publication, Receipt
from guidelines.models.evidence import SIGNED
from guidelines.models.versions import AGAIN, PAPER
from guidelines.queries.packed import names_of
from guidelines.views.asked import situations_for

PROOF_LASTS = timedelta(minutes=10)


@require(is_member)
def mine(request: HttpRequest) -> HttpResponse:
    """What I have signed, and what waits for me."""
    dues = list(queries.owed(request.user))
    seconds = queries.seconds([due.publication for due in dues], request.user.language)
    takes = {number: in_minutes(one) for number, one in seconds.items()}
    signed = Receipt.objects.filter(member=request.user, kind=SIGNED).select_related("publication").order_by("-at")
    poll = queries.open_poll_for(request.user, clock.now())
    context = {
        "dues": [
            (due, printing.title_of(due.publication, request.user.language), takes[due.publication_id]) for due in dues
        ],
        "minutes": sum(takes.values()),
        "situations": sum(due.publication.asks for due in dues),
        "signed": [(one, printing.title_of(one.publication, request.user.language)) for one in signed],
        "now": clock.now(),
        "writes": rules.can_write(request.user),
        "waiting": queries.questions_for(request.user).count(),
        "poll": poll,
        "poll_form": PollForm() if poll else None,
        "takes_packs": rules.can_ask_for_packs(request.user),
    }
    return render(request, "guidelines/mine.html", context)


@require(is_member)
def read(request: HttpRequest, guideline_id: int) -> HttpResponse:
    guideline = get_object_or_404(Guideline.objects.select_related("audience", "helper"), pk=guideline_id)
    published = queries.current(guideline)
    due = queries.owed(request.user).filter(publication=published).first() if published else None
    if published is None or not (due or _may_read(request, guideline)):
        raise Http404
    if request.method == "POST" and due:
        if request.POST.get("do") == "choose":
            return _choose(request, guideline, published, due)
        return _answer(request, guideline, published, due)
    if due and request.method == "GET":
        actions.open_due(actor=request.user, due=due, at=clock.now())
    return _page(request, guideline, published, due)


def _may_read(request: HttpRequest, guideline: Guideline) -> bool:
    if rules.can_write(request.user):
        return True
    return queries.in_audience(guideline).filter(pk=request.user.pk).exists()


def _choose(request: HttpRequest, guideline: Guideline, published: Publication, due: Due) -> HttpResponse:
    """An answer to a situation: what it means is shown at once, with and without a script, and kept nowhere."""
    key, choice = request.POST.get("situation", ""), request.POST.get("choice", "")
    given: dict[str, Any] = {}
    try:
        given["answered"] = actions.answer_situation(
            actor=request.user, due=due, key=key, choice=int(choice[:2]) if choice.isdecimal() else -1, at=clock.now()
        )
    except actions.CannotDo as error:
        given["refused"] = error.sentence
    if not request.htmx:
        return _page(request, guideline, published, due, status=422 if "refused" in given else 200, **given)
    context = {"guideline": guideline, "publication": published, "due": due, "now": clock.now(), "in_part": True}
    context |= {"asks_again": published.proof == AGAIN, **situations_for(request, published, due, **given)}
    return render(request, "guidelines/_answered.html", context)


def _page(
    request: HttpRequest, guideline: Guideline, published: Publication, due: Due | None, status: int = 200,
    refused_signature: Mapping[str, Any] | None = None, **given: Any,
) -> HttpResponse:  # fmt: skip
    text, language = texts.text_of(published.content, request.user.language, published.language)
    last = _last_signed(request, guideline)
    changed, changed_in = (
        queries.changed_clauses(last.publication.content, published.content, language, published.language)
        if last and due
        else ([], language)
    )
    said, said_in = queries.what_changed(published.what_changed, language, published.language)
    context: dict[str, Any] = {
        "guideline": guideline,
        "publication": published,
        "due": due,
        "text": text,
        "language": language,
        "last": last,
        "changed": changed,
        "changed_in": changed_in,
        "sections": [(number, one, markdown.to_html(one.body)) for number, one in enumerate(text.sections, 1)],
        "minutes": in_minutes(queries.seconds([published], request.user.language)[published.pk]),
        "what_changed": said if last and due else "",
        "what_changed_in": said_in,
        "writes": rules.can_write(request.user),
        "asks_again": published.proof == AGAIN,
        "signed": last if last and last.publication_id == published.pk else None,
        "now": clock.now(),
        "moved_on": request.htmx,  # a part of this page, in front of somebody who goes on
    }
    if due:
        context |= {**situations_for(request, published, due, **given), **(refused_signature or {})}
    return render(request, "guidelines/read.html", context, status=status)


def _answer(request: HttpRequest, guideline: Guideline, published: Publication, due: Due) -> HttpResponse:
    at, actor = clock.now(), request.user
    # Shown once more, after it was opened: who has just signed in has not shown it for this.
    since = at - due.opened_at if due.opened_at else timedelta(0)
    try:
        if request.POST.get("do") == "decline":
            actions.decline_due(actor=actor, due=due, reason=request.POST.get("reason", ""), at=at)
            messages.success(request, _("HR sees that you cannot agree yet, and why. You can still sign later."))
            return redirect("guidelines:read", due.guideline_id)
        proved = proved_lately(request, within=min(PROOF_LASTS, since))
        if published.proof == AGAIN and not proved:
            back = urlencode({"next": reverse("guidelines:read", args=[due.guideline_id])})
            return redirect(f"{reverse('accounts:again')}?{back}")
        made = actions.sign_due(
            actor=actor, due=due, fingerprint=request.POST.get("fingerprint", ""), language=actor.language,
            typed_name=request.POST.get("typed_name", ""), proved=proved, at=at,
        )  # fmt: skip
    except actions.MovedOn as error:
        messages.error(request, error.sentence)
        return redirect("guidelines:read", due.guideline_id)
    except actions.CannotDo as error:
        typed = {name: request.POST.get(name, "")[:300] for name in ("typed_name", "reason")}
        refused = {"sign_refused": error.sentence, "typed": typed}
        return _page(request, guideline, published, due, status=422, refused_signature=refused)
    messages.success(request, _("Signed. Thank you for reading it."))
    return redirect("guidelines:receipt", made.pk)


def _last_signed(request: HttpRequest, guideline: Guideline) -> Receipt | None:
    rows = Receipt.objects.filter(member=request.user, kind=SIGNED, publication__guideline=guideline)
    return rows.select_related("publication").order_by("-publication__number").first()


@require(is_member)
def receipt(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """What a signature records: one's own, or for HR."""
    found = _receipt(request, receipt_id)
    names = names_of([found.member_id, found.by_id])  # somebody who was erased is a number that leads nowhere
    own = found.member_id == request.user.pk
    context = {
        "receipt": found,
        "own": own,
        "back_to_list": not own and found.publication.guideline.versions.filter(state="published").exists(),
        "member_name": names.get(found.member_id, ""),
        "how": printing.proof_word(found, names.get(found.by_id, "")),
        "language_label": printing.language_label(found),
        "language_name": languages.own_name(found.language) if found.language else "",
        "on_paper": found.proof == PAPER,
        "title": printing.title_of(found.publication, request.user.language),
        "personal": getattr(found, "personal", None),
    }
    return render(request, "guidelines/receipt.html", context)


@require(is_member)
def receipt_pdf(request: HttpRequest, receipt_id: int) -> HttpResponse:
    found = _receipt(request, receipt_id)
    made = printing.receipt_pdf(found, language=request.user.language)
    headers = {"Content-Disposition": f'attachment; filename="receipt-{found.pk}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _receipt(request: HttpRequest, receipt_id: int) -> Receipt:
    found = get_object_or_404(Receipt.objects.select_related("publication__guideline", "personal"), pk=receipt_id)
    if not rules.can_see_receipt(request.user, found):
        raise Http404
    return found
