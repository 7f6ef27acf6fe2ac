"""Pages that rely on nothing, not even on a readable request: for what nobody expected, with the number under which
the log has it, and for what nobody can read."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def something_broke(request: HttpRequest) -> HttpResponse:
    page = render_to_string("500.html", {"request_id": getattr(request, "id", "")})
    return HttpResponse(page, status=500)


def not_readable(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(render_to_string("400.html"), status=400)
