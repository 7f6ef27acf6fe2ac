"""A QR code of a story's link, to print and to show."""

from io import BytesIO

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.rules import is_curator, require
from content import actions, queries
from content.actions.errors import CannotDo
from content.views.editing import story_or_404
from core import clock
from links.queries import address, visits

KINDS = {"svg": "image/svg+xml", "png": "image/png"}


@require(is_curator)
def poster(request: HttpRequest, story_id: int) -> HttpResponse:
    story = story_or_404(story_id)
    if request.method == "POST":
        try:
            actions.make_poster_link(actor=request.user, story=story, at=clock.now())
        except CannotDo as error:
            messages.error(request, error.sentence)
        return redirect("content:poster", story_id)
    link = queries.poster_link(story)
    shown = {"address": address(link), "opened": visits([link.pk]).get(link.pk, 0)} if link else {}
    can_make = story.state in ("approved", "live")
    return render(request, "curate/poster.html", {"story": story, "link": link, "can_make": can_make, **shown})


@require(is_curator)
@require_safe
def poster_file(request: HttpRequest, story_id: int, kind: str) -> HttpResponse:
    """Black on white with its quiet zone. The drawing has no size of its own; the picture suits a slide."""
    link = queries.poster_link(story_or_404(story_id))
    if link is None or kind not in KINDS:
        raise Http404(_("There is no code for posters yet."))
    out = BytesIO()
    code = segno.make(address(link), error="q", micro=False)
    code.save(out, kind=kind, scale=10 if kind == "svg" else 30, border=4, dark="#000", light="#fff")
    shown = "attachment" if "save" in request.GET else "inline"
    headers = {"Content-Disposition": f'{shown}; filename="story-{story_id}.{kind}"'}
    return HttpResponse(out.getvalue(), content_type=KINDS[kind], headers=headers)
