"""What curators said about a story, what happened to it, and what it said before."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.rules import is_curator, require
from content import actions, queries, rules
from content.actions.errors import CannotDo
from content.models import Story, StoryVersion
from content.views.editing import story_or_404
from content.views.keeping import keeps_words, take_words
from core import clock


@keeps_words
@require(is_curator)
def history(request: HttpRequest, story_id: int) -> HttpResponse:
    story = story_or_404(story_id)
    if request.method != "POST":
        kept = take_words(request)
        return _page(request, story, typed=kept.get("text", "") if kept else "")
    text = request.POST.get("text", "")
    try:
        actions.write_note(actor=request.user, story=story, text=text, at=clock.now())
    except CannotDo as error:
        return _page(request, story, typed=text, problem=error.sentence, status=422)
    messages.success(request, _("Your note is there."))
    return redirect("content:history", story_id)


@require(is_curator)
@require_POST
def restore(request: HttpRequest, story_id: int) -> HttpResponse:
    story = story_or_404(story_id)
    number = request.POST.get("edition", "")
    wanted = int(number) if number.isdecimal() and len(number) < 9 else 0
    version = get_object_or_404(StoryVersion, story=story, edition=wanted)
    try:
        actions.restore_version(actor=request.user, story=story, version=version, at=clock.now())
    except CannotDo as error:
        messages.error(request, error.sentence)
        return redirect("content:history", story_id)
    messages.success(request, _("The draft says what edition %(n)s said. Nothing is lost.") % {"n": wanted})
    return redirect("content:story", story_id)


def _page(request: HttpRequest, story: Story, *, typed: str = "", problem: str = "", status: int = 200) -> HttpResponse:
    versions = list(queries.versions(story))
    before, after = _chosen(request, versions)
    context: dict[str, Any] = {
        "story": story,
        "notes": queries.notes(story),
        "typed": typed,
        "problem": problem,
        "deeds": queries.history(story),
        "versions": versions,
        "before": before,
        "after": after,
        "differences": queries.compared(before.content, after.content) if before and after else [],
        "can_restore": rules.can_edit(request.user, story),
    }
    return render(request, "curate/history.html", context, status=status)


def _chosen(request: HttpRequest, versions: list[StoryVersion]) -> tuple[StoryVersion | None, StoryVersion | None]:
    """The two editions asked for; unasked the newest and the one before it."""
    if len(versions) < 2:
        return None, None
    known = {str(one.edition): one for one in versions}
    return known.get(request.GET.get("from", ""), versions[1]), known.get(request.GET.get("to", ""), versions[0])
