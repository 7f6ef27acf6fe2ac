"""What a notice leads to was looked at: it need not be read as well."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from core import clock
from notifications.actions import read_notices
from notifications.context import leads_here

Answer = Callable[[HttpRequest], HttpResponse]


def read_what_is_looked_at(get_response: Answer) -> Answer:
    """Only where a whole page was shown to its reader. The rows are those the page has asked for; where it shows no
    notices they are asked for here."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        unread = getattr(request, "unread_notices", None)
        if unread is not None and response.status_code == 200 and was_looked_at(request):
            here = [notice.pk for notice in unread if leads_here(notice, request)]
            if here:
                read_notices(actor=request.user, at=clock.now(), ids=here)  # type: ignore[arg-type]
        return response

    return answer


def was_looked_at(request: HttpRequest) -> bool:
    """By somebody: a part of a page says nothing, and neither does a browser that fetches ahead."""
    ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    return request.method == "GET" and not request.htmx and not ahead  # type: ignore[attr-defined]
