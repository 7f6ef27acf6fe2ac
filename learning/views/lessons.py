"""One lesson, card by card, and its exercise. Looking changes nothing; where somebody is, they send themselves."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.rules import is_member, require
from core import clock
from learning import actions, queries, texts
from learning.showing import page_of


@require(is_member)
def lesson(request: HttpRequest, key: str) -> HttpResponse:
    found = _lesson(key)
    if request.method == "POST":
        return _answer(request, found)
    place = queries.place_in(request.user, found)
    return render(request, "learning/lesson.html", page_of(found, request.user.language) | {"place": place})


def _answer(request: HttpRequest, found: texts.Lesson) -> HttpResponse:
    do, at = request.POST.get("do"), clock.now()
    if do == "done":
        actions.say_done(actor=request.user, lesson=found, at=at)
        messages.success(request, _("Done. Nobody else sees it."))
    elif do == "later":
        actions.say_read(actor=request.user, lesson=found, at=at)
        messages.success(request, _("The exercise waits for you here."))
    else:
        raise Http404
    return redirect("learning:mine")


@require(is_member)
@require_POST
def place(request: HttpRequest, key: str) -> HttpResponse:
    """The page says which card is in front of the member."""
    found, card = _lesson(key), request.POST.get("card", "")
    if not (card.isdecimal() and len(card) < 5):
        return HttpResponse(status=422)
    actions.keep_place(actor=request.user, lesson=found, card=int(card), at=clock.now())
    return HttpResponse(status=204)


def _lesson(key: str) -> texts.Lesson:
    found = queries.library().get(key)
    if found is None:
        raise Http404
    return found
