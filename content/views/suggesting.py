"""Anybody offers something for a story: from this page, from a bookmark in the browser, from a phone's share sheet."""

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.rules import is_member, require
from content import actions
from content.actions.errors import CannotDo
from content.actions.suggestions import GIVEN
from content.forms.suggestions import SuggestionForm, shared
from content.models import Suggestion
from content.views.keeping import MOST_LETTERS, PREFIX, keeps_words, take_words
from core import clock

TICKS = ("lends_words", "credited", "worked_on")


@keeps_words
def suggest(request: HttpRequest) -> HttpResponse:
    if not is_member(request.user) and request.method == "GET":
        return _sign_in_first(request)
    return _suggest(request)


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """What a share sheet sent waits in the session: through the sign-in goes the bare address, however long it was."""
    handed = {name: value for name, value in shared(request.GET.dict()).items() if value}
    if handed:
        query = QueryDict(mutable=True)
        query.update(handed | {"credited": "on"})
        request.session[PREFIX + request.path] = query.urlencode()[:MOST_LETTERS]
    return redirect_to_login(request.path)


@require(is_member)
def _suggest(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _take(request)
    handed = shared(request.GET.dict())
    if words := take_words(request):
        messages.info(request, _("Your words are still here. They are not sent yet."))
        handed = {name: words.get(name, "") for name in SuggestionForm.base_fields if name != "picture"}
        handed |= {name: name in words for name in TICKS}  # type: ignore[dict-item]
    initial = {name: value for name, value in handed.items() if value != ""}
    return _page(request, SuggestionForm(member=request.user, initial=initial))


def _take(request: HttpRequest) -> HttpResponse:
    form = SuggestionForm(request.POST, request.FILES, member=request.user)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        actions.give_suggestion(actor=request.user, given=form.given, key=_key(request), at=clock.now())
    except CannotDo as error:
        form.add_error(None, error.sentence)
        return _page(request, form, status=422)
    messages.success(request, _("Thank you. A curator reads it, and you get an answer here in any case."))
    return redirect(GIVEN)


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _page(request: HttpRequest, form: SuggestionForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "key": request.POST.get("key") or uuid4(), "with_photo": bool(form.kept)}
    return render(request, "content/suggest.html", context, status=status)


@require(is_member)
def suggest_button(request: HttpRequest) -> HttpResponse:
    """A bookmark that opens the form with the page one is on. It only leads here, so no policy of a page stops it."""
    address = f"{settings.BASE_URL}{reverse('content:suggest')}"
    script = (
        f"javascript:location.href='{address}?url='+encodeURIComponent(location.href)"
        "+'&title='+encodeURIComponent(document.title)"
    )
    return render(request, "content/suggest_button.html", {"script": script})


@require(is_member)
@require_POST
def take_back(request: HttpRequest, suggestion_id: int) -> HttpResponse:
    row: Any = get_object_or_404(Suggestion, pk=suggestion_id, giver=request.user)
    try:
        actions.take_back_suggestion(actor=request.user, suggestion=row, at=clock.now())
    except CannotDo as error:
        messages.error(request, error.sentence)
    else:
        stays = row.state == "used"
        messages.success(request, _("Your name is off it.") if stays else _("Taken back. Nobody uses it any more."))
    return redirect(GIVEN)
