"""The first page of somebody new: what this is, in under a minute, with nothing to link, sign or fill in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.actions.profile import be_welcomed
from accounts.queries import organisation
from accounts.views.linking import member_only, safe_next
from core import clock


@require_http_methods(["GET", "HEAD", "POST"])
@member_only
def welcome(request: HttpRequest) -> HttpResponse:
    """Shown once by itself; whoever wants can read it again from the profile."""
    if request.method == "POST":
        be_welcomed(actor=request.user, at=clock.now())
        return redirect(safe_next(request) or "/")
    is_new = request.user.welcomed_at is None
    shown = {"is_new": is_new, "shell": "bare.html" if is_new else "base.html", "firm": organisation()}
    return render(request, "accounts/welcome.html", shown)
