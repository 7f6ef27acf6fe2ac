"""The list HR keeps: what is said beside somebody's words, and what stops a post."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.rules import require
from content import actions, queries
from content.actions.errors import CannotDo, NotReady
from content.actions.phrases import TouchesRights
from content.forms.phrases import PhraseForm
from content.models import Phrase
from content.rules import can_keep_phrases
from core import clock

LONGEST_TRIED = 1000


@require(can_keep_phrases)
def phrases(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and "usual" in request.POST:
        added = actions.add_usual_phrases(actor=request.user, at=clock.now())
        text = ngettext("%(n)s phrase is on the list now.", "%(n)s phrases are on the list now.", added)
        messages.success(request, text % {"n": added})
        return redirect("content:phrases")
    if request.method == "POST":
        return _keep(request, None)
    return _page(request, PhraseForm(), None)


@require(can_keep_phrases)
def phrase(request: HttpRequest, phrase_id: int) -> HttpResponse:
    row = get_object_or_404(Phrase, pk=phrase_id)
    if request.method == "POST" and "remove" in request.POST:
        actions.remove_phrase(actor=request.user, phrase=row, at=clock.now())
        messages.success(request, _("“%(words)s” is off the list.") % {"words": row.words})
        return redirect("content:phrases")
    if request.method == "POST":
        return _keep(request, row)
    return _page(request, PhraseForm(phrase=row), row)


def _keep(request: HttpRequest, row: Phrase | None) -> HttpResponse:
    form = PhraseForm(request.POST, phrase=row)
    if form.is_valid():
        understood = form.cleaned_data["understood"]
        try:
            kept = actions.keep_phrase(
                actor=request.user, given=form.given, phrase=row, understood=understood, at=clock.now()
            )
            messages.success(request, _("“%(words)s” is on the list.") % {"words": kept.words})
            return redirect("content:phrases")
        except TouchesRights as error:
            form.warns = True
            form.add_error("understood", error.sentence)
        except NotReady as error:
            form.add_error("words", error.sentence)
        except CannotDo as error:
            form.add_error(None, error.sentence)
    return _page(request, form, row, status=422)


def _page(request: HttpRequest, form: PhraseForm, row: Phrase | None, status: int = 200) -> HttpResponse:
    tried = request.GET.get("try", "")[:LONGEST_TRIED]
    context = {"form": form, "phrase": row, "tried": tried, "hints": queries.hints(tried)}
    if row is None:
        return render(request, "content/phrases.html", context | {"phrases": queries.phrases()}, status=status)
    return render(request, "content/phrase.html", context, status=status)
