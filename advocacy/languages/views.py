"""Languages of the interface, for administrators: which there are, one more from a file, and the file to begin with."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import to_locale
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rules import is_administrator, require
from advocacy.languages import actions, queries
from advocacy.languages.forms import BeginForm, UploadForm
from core import clock
from core.languages import OURS, own_name

administrators_only = require(is_administrator)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def page(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        language = form.cleaned_data["file"]
        actions.add_language(actor=request.user, language=language, at=clock.now())
        text = _("%(name)s is there for everybody now, %(percent)s %% of it translated; the rest is in English.")
        messages.success(request, text % {"name": own_name(language.code), "percent": language.percent})
        return redirect("languages:page")
    shown = {"form": form, "begin": BeginForm(), "spoken": queries.spoken()}
    return render(request, "languages/page.html", shown, status=422 if form.errors else 200)


@require_safe
@administrators_only
def file(request: HttpRequest) -> HttpResponse:
    """What a translator opens in their editor."""
    form = BeginForm(request.GET)
    if not form.is_valid():
        raise Http404
    code = form.cleaned_data["language"]
    response = HttpResponse(queries.to_translate(code), content_type="text/x-gettext-translation; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="advocacy-{to_locale(code)}.po"'
    return response


@require_POST
@administrators_only
def remove(request: HttpRequest, code: str) -> HttpResponse:
    if code in OURS or code not in dict(settings.LANGUAGES):
        raise Http404
    actions.remove_language(actor=request.user, code=code, at=clock.now())
    messages.success(
        request, _("%(name)s is taken away. Whoever had chosen it reads English.") % {"name": own_name(code)}
    )
    return redirect("languages:page")
