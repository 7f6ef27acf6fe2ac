from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from links.redirect.database import AWAY
from links.redirect.directory import Unreachable
from links.redirect.door import HEADERS, Counter, is_over

UNKEPT = {"Cache-Control": "no-store"}  # the next minute may know better


@lru_cache(maxsize=1)
def counter() -> Counter:
    return Counter()


def page(name: str, request: HttpRequest | None = None) -> str:
    """Without the request where the database is away: what is known of the firm and of who asks is in it."""
    try:
        return render_to_string(f"links/{name}.html", {}, request)
    except AWAY:
        return render_to_string(f"links/{name}.html")


@require_safe
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """The same answer as the door in front of Django gives; codes that are unknown or over end here either way."""
    try:
        known = counter().directory.find(code)
    except Unreachable:
        return HttpResponse(page("unreachable"), status=503, headers={"Retry-After": "60"} | UNKEPT)
    if known is None:
        return HttpResponse(page("unknown", request), status=404, headers=UNKEPT)
    if is_over(known):
        return HttpResponse(page("over", request), status=410, headers=UNKEPT)
    if known.counts:
        counter().record(known, request.META)
    return HttpResponse(status=302, headers=dict([("Location", known.target), *HEADERS]))
