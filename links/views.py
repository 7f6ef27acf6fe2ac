from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from links.redirect.directory import Unreachable
from links.redirect.door import HEADERS, Counter


@lru_cache(maxsize=1)
def counter() -> Counter:
    return Counter()


@require_safe
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """The same answer as the door in front of Django gives; unknown codes end here either way."""
    try:
        known = counter().directory.find(code)
    except Unreachable:
        return render(request, "links/unreachable.html", status=503)
    if known is None:
        return render(request, "links/unknown.html", status=404)
    counter().record_now(known, request.META)
    return HttpResponse(status=302, headers=dict([("Location", known.target), *HEADERS]))
