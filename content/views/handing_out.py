from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from content import queries
from core import clock


@require_safe
def picture(request: HttpRequest, token: str) -> FileResponse:
    """A picture for a platform that fetches it: nobody is signed in, the address is the right to it for an hour."""
    name = queries.file_behind(token, at=clock.now())
    if not name.endswith(".jpg") or not default_storage.exists(name):
        raise Http404
    headers = {"X-Robots-Tag": "noindex", "Cache-Control": "private, max-age=60"}
    return FileResponse(default_storage.open(name), content_type="image/jpeg", headers=headers)
