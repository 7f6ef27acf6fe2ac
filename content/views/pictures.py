from posixpath import normpath

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from accounts.rules import is_member
from content import queries, rules
from content.models import full_name


@require_safe
def kept_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """What is kept under MEDIA_ROOT. A file of closed stories is there for whom one of them is open, and for whoever
    reads words that are to be posted with it; a platform has its own, signed address for an hour. All other files have
    names that nobody guesses."""
    name = normpath(path).lstrip("/")  # as `serve` reads it: no other spelling finds the file
    original = full_name(name)
    closed = queries.closed_stories_with(original)
    answer = serve(request, name, document_root=settings.MEDIA_ROOT)
    if not closed or queries.is_open_elsewhere(original):
        return answer
    if not is_member(request.user) or not any(rules.can_see_files(request.user, story) for story in closed):
        raise Http404
    # Asked again each time: who has left the audience does not find it in a cache, and no proxy keeps it.
    answer["Cache-Control"] = "private, no-cache"
    return answer
