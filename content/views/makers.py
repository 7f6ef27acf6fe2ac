"""Who worked on it: the curator asks, the colleague answers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import is_curator, is_member, require
from content import actions, queries, rules
from content.actions.errors import CannotDo
from content.models import Maker, Story
from content.views.editing import story_or_404
from core import clock


@require(is_curator)
def makers(request: HttpRequest, story_id: int) -> HttpResponse:
    story = story_or_404(story_id)
    if request.method == "POST":
        return _change(request, story)
    letters = request.GET.get("q", "")[:60]
    context: dict[str, Any] = {
        "story": story,
        "makers": queries.makers(story),
        "letters": letters,
        "found": queries.findable(letters, story),
        "open": rules.can_name_makers(request.user, story),
    }
    return render(request, "curate/makers.html", context)


def _change(request: HttpRequest, story: Story) -> HttpResponse:
    do, _colon, number = request.POST.get("do", "").partition(":")
    if do not in ("ask", "drop") or not (number.isdecimal() and len(number) < 18):
        raise Http404
    try:
        if do == "drop":
            row = get_object_or_404(story.makers.select_related("member"), pk=number)
            actions.drop_maker(actor=request.user, maker=row, at=clock.now())
        else:
            member = get_object_or_404(User, pk=number, is_active=True)
            actions.ask_maker(actor=request.user, story=story, member=member, at=clock.now())
            messages.success(request, _("%(name)s is asked, and named once they say yes.") % {"name": member.name})
    except CannotDo as error:
        messages.error(request, error.sentence)
    return redirect("content:makers", story.pk)


@require(is_member)
def maker(request: HttpRequest, maker_id: int) -> HttpResponse:
    """The question, and the answer as it stands; somebody else's is not there."""
    row = get_object_or_404(Maker.objects.select_related("story", "asked_by"), pk=maker_id, member=request.user)
    if request.method == "POST":
        willing = request.POST.get("named") == "yes"
        lends = "lends_post" in request.POST
        try:
            actions.answer_as_maker(actor=request.user, maker=row, willing=willing, lends_post=lends, at=clock.now())
        except CannotDo as error:
            messages.error(request, error.sentence)
        else:
            messages.success(request, _("The story names you.") if willing else _("The story does not name you."))
        return redirect("content:maker", row.pk)
    context = {"maker": row, "story": row.story, "knows": rules.may_know(request.user, row.story)}
    context["can_see"] = row.story.state == "live" and rules.is_for(request.user, row.story)
    return render(request, "content/maker.html", context)
