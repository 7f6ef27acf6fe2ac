"""The page for what nobody expected: it relies on nothing and shows the number under which the log has it."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def something_broke(request: HttpRequest) -> HttpResponse:
    page = render_to_string("500.html", {"request_id": getattr(request, "id", "")})
    return HttpResponse(page, status=500)
