"""“May I?”: asking, answering, and the case book."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.rules import is_member, require
from core import clock, markdown
from guidelines import actions, queries, rules, texts
from guidelines.forms import AnswerForm, AskForm, CaseForm, HelperForm
from guidelines.models import Case, Guideline, Question

PER_PAGE = 20


@require(is_member)
def ask(request: HttpRequest) -> HttpResponse:
    """From a paragraph, with a draft from the composer, or with nothing."""
    about, at = _about(request), clock.now()
    came_with_draft = request.method == "POST" and "ask" not in request.POST
    given = {"draft": request.POST.get("words", "")[: actions.LONGEST_DRAFT]} if came_with_draft else {}
    is_sent = request.method == "POST" and not came_with_draft
    form = AskForm(
        request.POST if is_sent else None, initial=given, guideline=about.guideline, asker=request.user, at=at
    )
    if is_sent and form.is_valid():
        try:
            made = actions.ask_question(actor=request.user, about=about, at=at, **form.cleaned_data)
        except actions.CannotDo as error:
            form.add_error(None, error.sentence)
        else:
            return redirect("guidelines:question", made.pk)
    context = {"form": form, "about": about, "paragraph": _paragraph(about, request.user.language)}
    return render(request, "guidelines/ask.html", context, status=422 if form.errors else 200)


def _about(request: HttpRequest) -> actions.About:
    """What it is about, where that is out and something this member may read."""
    given = request.POST if request.method == "POST" else request.GET
    number = given.get("guideline", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return actions.About()
    guideline = (
        Guideline.objects.filter(pk=number, versions__state="published").select_related("audience", "helper").first()
    )
    if guideline is None or not queries.in_audience(guideline).filter(pk=request.user.pk).exists():
        return actions.About()
    return actions.About(guideline, given.get("section", "")[:40])


def _paragraph(about: actions.About, wanted: str) -> dict[str, Any] | None:
    """What they ask about, as they read it."""
    published = queries.current(about.guideline) if about.guideline else None
    if published is None:
        return None
    text, language = texts.text_of(published.content, wanted, published.language)
    found = next((one for one in text.sections if one.key == about.section), None)
    return {"title": found.title, "html": markdown.to_html(found.body), "language": language} if found else None


@require(is_member)
def questions(request: HttpRequest) -> HttpResponse:
    """Mine, and what waits for me to answer."""
    context = {
        "mine": queries.questions_of(request.user)[:PER_PAGE],
        "waiting": queries.questions_for(request.user)[:PER_PAGE],
        "answered": queries.answered_by(request.user)[:PER_PAGE],
        "now": clock.now(),
    }
    return render(request, "guidelines/questions.html", context)


@require(is_member)
def question(request: HttpRequest, question_id: int) -> HttpResponse:
    rows = Question.objects.select_related("asker", "helper", "answered_by", "guideline", "case")
    found = get_object_or_404(rows, pk=question_id)
    if not rules.can_see_question(request.user, found) or found.state == "withdrawn":
        raise Http404
    if request.method == "POST":
        return _act(request, found)
    return _page(request, found)


def _page(request: HttpRequest, found: Question, do: str = "", form: Form | None = None) -> HttpResponse:
    """With the form that was sent and does not hold, in the place of an empty one."""
    offered = {name: made() for name, made in _forms(request, found).items()}
    if form is not None:
        offered[do] = form
    context = {
        "question": found,
        "section": queries.title_of_section(found),
        "is_mine": found.asker_id == request.user.pk,
        "answer_form": offered.get("answer"),
        "case_form": offered.get("propose"),
        "else_form": offered.get("another"),
        "case": getattr(found, "case", None),
        "now": clock.now(),
    }
    return render(request, "guidelines/question.html", context, status=422 if form and form.errors else 200)


def _forms(request: HttpRequest, found: Question) -> dict[str, Callable[[], Form]]:
    """What this reader may send here now, empty."""
    forms: dict[str, Callable[[], Form]] = {}
    if found.state == "open" and rules.can_answer(request.user, found):
        forms["answer"] = AnswerForm
    if rules.can_propose(request.user, found) and getattr(found, "case", None) is None:
        forms["propose"] = lambda: CaseForm(initial={"words": found.words, "answer": found.answer})
    if found.state == "open" and found.asker_id == request.user.pk and not (other := _other(found)).has_nobody:
        forms["another"] = lambda: other
    return forms


def _other(found: Question, data: QueryDict | None = None) -> HelperForm:
    return HelperForm(data, guideline=found.guideline, asker=found.asker, at=clock.now(), but=found.helper_id)


VERBS: dict[str, Callable[..., object]] = {
    "answer": actions.answer_question,
    "propose": actions.propose_case,
    "another": actions.ask_another,
}


def _act(request: HttpRequest, found: Question) -> HttpResponse:
    do, at, form = request.POST.get("do", ""), clock.now(), None
    try:
        if do == "withdraw":
            actions.withdraw_question(actor=request.user, question=found, at=at)
            messages.success(request, _("Your question is taken back, and its words are thrown away."))
            return redirect("guidelines:questions")
        if do not in VERBS:
            raise Http404
        sent = {"answer": AnswerForm, "propose": CaseForm}.get(do)
        form = sent(request.POST) if sent else _other(found, request.POST)
        if form.is_valid():
            VERBS[do](actor=request.user, question=found, at=at, **form.cleaned_data)
            messages.success(request, _said(do))
            return redirect("guidelines:question", found.pk)
    except actions.CannotDo as error:
        if form is None:
            messages.error(request, error.sentence)
            return redirect("guidelines:question", found.pk)
        form.add_error(None, error.sentence)
    found.refresh_from_db()
    return _page(request, found, do, form)


def _said(do: str) -> str:
    if do == "answer":
        return _("Your answer is there, for whoever asked and for nobody else.")
    if do == "another":
        return _("Your question is with them now.")
    return _("Whoever asked decides now whether others may read it.")


@require(is_member)
def cases(request: HttpRequest) -> HttpResponse:
    """The case book: what others asked, without anybody in it."""
    asked = request.GET.get("q", "")[:100].strip()
    page = Paginator(queries.cases(asked), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(case, rules.can_take_out(request.user, case)) for case in page]
    return render(request, "guidelines/cases.html", {"page": page, "rows": rows, "asked": asked})


@require(is_member)
@require_POST
def case_act(request: HttpRequest, case_id: int, how: str) -> HttpResponse:
    case = get_object_or_404(Case.objects.select_related("question"), pk=case_id)
    at, actor = clock.now(), request.user
    said = {
        "agree": _("Thank you: it helps whoever wonders the same. You can take it out at any time."),
        "decline": _("It stays between you two."),
        "take-out": _("It is out of the case book."),
    }
    try:
        if how == "take-out":
            actions.take_out_case(actor=actor, case=case, at=at)
        elif how in said:
            actions.decide_case(actor=actor, case=case, agrees=how == "agree", at=at)
        else:
            raise Http404
        messages.success(request, said[how])
    except actions.CannotDo as error:
        messages.error(request, error.sentence)
    mine = case.question is not None and rules.can_see_question(actor, case.question)
    return redirect("guidelines:question", case.question_id) if mine else redirect("guidelines:cases")
