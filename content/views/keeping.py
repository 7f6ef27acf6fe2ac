"""Words typed into a page whose session, or whose right, ran out meanwhile: kept until the person is back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from accounts.rules import is_curator, is_member, proved_lately

View = Callable[..., HttpResponse]
PREFIX = "typed:"
# Far more than a story with all its suggestions; a session is no place for more.
MOST_LETTERS = 100_000


def keeps_words(view: View) -> View:
    """Stands above `require`: what it turns away to sign in first waits in the session for the same page."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and _comes_back(request):
            words = request.POST.copy()
            words.pop("csrfmiddlewaretoken", None)
            if len(words.urlencode()) <= MOST_LETTERS:
                request.session[PREFIX + request.path] = words.urlencode()
        return view(request, *args, **kwargs)

    return kept


def _comes_back(request: HttpRequest) -> bool:
    """Somebody signed out, or a curator who has to prove it once more; not somebody who may not enter at all."""
    if not is_member(request.user):
        return True
    return is_curator(request.user) and not proved_lately(request)


def take_words(request: HttpRequest) -> QueryDict | None:
    """What was typed into this page before, once."""
    words = request.session.pop(PREFIX + request.path, None)
    return QueryDict(words) if words else None
