"""The page of platforms: what is possible here, what it needs and costs, and what nobody will ever see. For everybody
who is signed in; an administrator finds the ways to change it beside it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import rules
from accounts.queries import connectors, organisation
from advocacy.platforms import queries
from core import clock

member_only = rules.require(rules.is_member)


@require_safe
@member_only
def page(request: HttpRequest) -> HttpResponse:
    at, operates = clock.now(), rules.is_administrator(request.user)
    shown = {
        "sheets": queries.sheets(at, operates=operates),
        "by_hand": queries.by_hand(),
        "standing_in": queries.standing_in(),
        "operates": operates,
        "at": at,
    }
    return render(request, "platforms/page.html", shown)


@require_safe
@member_only
def sheet(request: HttpRequest, key: str) -> HttpResponse:
    """One printed page for whoever administers the firm's own page at the platform."""
    if key not in connectors():
        raise Http404
    at = clock.now()
    one = queries.sheet(key, at)
    shown = {
        "sheet": one,
        "rights": queries.rights(one.connector),
        "callback": queries.callback(one.connector),
        "firm": organisation().name,
        "at": at,
    }
    return render(request, "platforms/sheet.html", shown)
