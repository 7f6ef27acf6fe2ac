"""Pages that keep named audiences and lists, and the count beside whoever composes."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.rules import is_curator, require
from audiences import actions, queries
from audiences.forms import AudienceChoice, NameForm, PeopleForm, clauses, on_list, sent_terms
from audiences.models import Audience, MemberList
from audiences.rules import may_compose
from audiences.sentences import sentence
from audiences.terms import Terms, cleaned, everybody
from core import clock

ON_A_PAGE = 100


@require(may_compose)
def audiences(request: HttpRequest) -> HttpResponse:
    """All named audiences as sentences with what uses them, and the lists."""
    names, uses = queries.names(), queries.uses()
    rows = [(one, sentence(cleaned(one.terms), names), uses[one.pk]) for one in queries.named()]
    return render(request, "audiences/audiences.html", {"rows": rows, "lists": queries.lists()})


@require(may_compose)
def new_audience(request: HttpRequest) -> HttpResponse:
    return _audience(request, None)


@require(may_compose)
def audience(request: HttpRequest, number: int) -> HttpResponse:
    return _audience(request, get_object_or_404(queries.named(), pk=number))


def _audience(request: HttpRequest, kept: Audience | None) -> HttpResponse:
    if request.method != "POST":
        form = NameForm(initial={"name": kept.name if kept else ""})
        return _composing(request, kept, form, cleaned(kept.terms) if kept else everybody())
    form, terms = NameForm(request.POST), sent_terms(request.POST)
    if request.POST.get("do") == "count":
        return _composing(request, kept, NameForm(initial={"name": request.POST.get("name", "")}), terms)
    if form.is_valid():
        edition = request.POST.get("edition", "")
        try:
            saved = actions.save_audience(
                actor=request.user, audience=kept, name=form.cleaned_data["name"], terms=terms, at=clock.now(),
                edition=int(edition[:9]) if edition.isdecimal() else None,
            )  # fmt: skip
        except actions.CannotKeep as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("“%(name)s” is saved.") % {"name": saved.name})
            return redirect("audiences:audiences")
    return _composing(request, kept, form, terms, status=422)


def _composing(
    request: HttpRequest, kept: Audience | None, form: NameForm, terms: Terms, *, status: int = 200
) -> HttpResponse:
    now = Audience.objects.filter(pk=kept.pk).values_list("edition", flat=True).first() if kept else ""
    context = {
        "kept": kept,
        "form": form,
        "clauses": clauses(terms, queries.choices()),
        "reach": queries.reach(terms),
        "sentence": sentence(terms, queries.names()),
        "uses": queries.uses()[kept.pk] if kept else 0,
        "is_curator": is_curator(request.user),
        # After a refusal has been read, saving again means it.
        "edition": now if status == 422 else request.POST.get("edition") or now,
    }
    return render(request, "audiences/audience.html", context, status=status)


@require(may_compose)
@require_POST
def delete_audience(request: HttpRequest, number: int) -> HttpResponse:
    kept = get_object_or_404(queries.named(), pk=number)
    try:
        actions.delete_audience(actor=request.user, audience=kept, at=clock.now())
    except actions.CannotKeep as error:
        messages.error(request, error.sentence)
        return redirect("audiences:audience", number)
    messages.success(request, _("“%(name)s” is deleted.") % {"name": kept.name})
    return redirect("audiences:audiences")


@require(may_compose)
@require_POST
def count(request: HttpRequest) -> HttpResponse:
    """The sentence, how many it means, and a few of them, while somebody composes."""
    choice = AudienceChoice.sent(request.POST) if "for" in request.POST else None
    terms = choice.meant if choice else sent_terms(request.POST)
    said = {"reach": queries.reach(terms), "sentence": sentence(terms, queries.names())}
    return render(request, "audiences/_count.html", said)


@require(may_compose)
def new_list(request: HttpRequest) -> HttpResponse:
    return _list(request, None)


@require(may_compose)
def member_list(request: HttpRequest, number: int) -> HttpResponse:
    return _list(request, get_object_or_404(MemberList, pk=number))


def _list(request: HttpRequest, kept: MemberList | None) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = NameForm(sent, initial={"name": kept.name if kept else ""})
    people = PeopleForm(sent)
    if sent is not None and form.is_valid() & people.is_valid():
        drop = [int(pk) for pk in sent.getlist("drop") if pk.isdecimal() and len(pk) < 18]
        try:
            saved = actions.save_list(actor=request.user, kept=kept, name=form.cleaned_data["name"], at=clock.now())
            actions.change_list(
                actor=request.user, kept=saved, add=people.cleaned_data["people"], drop=drop, at=clock.now()
            )
        except actions.CannotKeep as error:
            form.add_error("name", error.sentence)
        else:
            messages.success(request, _("“%(name)s” is saved.") % {"name": saved.name})
            return redirect("audiences:list", saved.pk)
    return _list_page(request, kept, form, people, 200 if sent is None else 422)


def _list_page(request: HttpRequest, kept: MemberList | None, form: Any, people: Any, status: int) -> HttpResponse:
    page = Paginator(on_list(kept), ON_A_PAGE).get_page(request.GET.get("page")) if kept else None
    used = queries.audiences_with(kept) if kept else []
    context = {"kept": kept, "form": form, "people": people, "page": page}
    context |= {"used_by": [one.name for one in used if one.name], "is_used": bool(used)}
    return render(request, "audiences/list.html", context, status=status)


@require(may_compose)
@require_POST
def delete_list(request: HttpRequest, number: int) -> HttpResponse:
    kept = get_object_or_404(MemberList, pk=number)
    try:
        actions.delete_list(actor=request.user, kept=kept, at=clock.now())
    except actions.CannotKeep as error:
        messages.error(request, error.sentence)
        return redirect("audiences:list", number)
    messages.success(request, _("“%(name)s” is deleted.") % {"name": kept.name})
    return redirect("audiences:audiences")
