"""The quiet switch: one page with one button. Whoever may press it also reads who did, and when it was used before."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import rules
from accounts.actions import AlreadyQuiet, begin_quiet, end_quiet
from accounts.forms.quiet import QuietForm
from accounts.models import QuietTime
from core import clock

EARLIER = 10
quieteners_only = rules.require(rules.may_quieten)


@require_http_methods(["GET", "HEAD", "POST"])
@quieteners_only
def quiet(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    form = QuietForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            begin_quiet(actor=request.user, why=form.cleaned_data["why"], until=form.until(at), at=at)
            messages.success(request, _("Everything planned waits now."))
        except AlreadyQuiet:
            messages.info(request, _("Sharing was paused already, a moment ago."))
        return redirect("accounts:quiet")
    earlier = QuietTime.objects.filter(state="over").select_related("begun_by").order_by("-begun_at")[:EARLIER]
    return render(
        request, "accounts/quiet.html", {"form": form, "earlier": earlier}, status=422 if form.errors else 200
    )


@require_POST
@quieteners_only
def end(request: HttpRequest) -> HttpResponse:
    if end_quiet(actor=request.user, at=clock.now()):
        messages.success(request, _("The pause is over. Each member now decides about their own posts."))
    else:
        messages.info(request, _("The pause was over already."))
    return redirect("accounts:quiet")
