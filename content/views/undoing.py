"""The way back from what was done to several stories at once."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.rules import is_curator, require
from content import actions
from content.actions.errors import CannotDo
from content.models import Story
from core import clock

SALT = "content.undone"
STAYS_GOOD = timedelta(hours=1)
# What was done, and the state it left. What goes live is not called back by a tap.
LEFT = {"submit": "in_review", "withdraw": "withdrawn", "reopen": "draft"}
# The verbs that lead back; a draft goes back to where it came from.
BACK = {
    "submit": actions.send_back_story,
    "withdraw": actions.reopen_story,
    "reopen": actions.shelve_story,
}


def undo_token(act: str, stories: Sequence[Story], before: Mapping[int, str]) -> str:
    """Empty where there is no way back. `before` is each story's state before the act, by its number."""
    ids: dict[str, list[int]] = {}
    for story in stories:
        if story.state == LEFT.get(act):
            ids.setdefault(before[story.pk], []).append(story.pk)
    return signing.dumps([act, ids], salt=SALT, compress=True) if ids else ""


def undo_address(act: str, stories: Sequence[Story], before: Mapping[int, str]) -> str:
    token = undo_token(act, stories, before)
    return reverse("content:undo", args=[token]) if token else ""


@require(is_curator)
@require_POST
def undo(request: HttpRequest, token: str) -> HttpResponse:
    try:
        act, ids = signing.loads(token, salt=SALT, max_age=STAYS_GOOD)
    except signing.BadSignature:
        messages.warning(request, _("It is too late to undo this by a tap. Each story can still be moved by itself."))
        return redirect("content:board")
    undone = sum(_undone(request, act, was, numbers) for was, numbers in ids.items())
    text = ngettext("%(n)s story is back where it was.", "%(n)s stories are back where they were.", undone)
    messages.success(request, text % {"n": undone})
    return redirect("content:board")


def _undone(request: HttpRequest, act: str, was: str, numbers: list[int]) -> int:
    """How many of them are back; of each that is not, why."""
    undone, more = 0, {"to": was} if act == "reopen" else {}
    for story in Story.objects.filter(pk__in=numbers, state=LEFT[act]).select_related("submitted_by"):
        try:
            BACK[act](actor=request.user, story=story, at=clock.now(), **more)
            undone += 1
        except CannotDo as error:
            messages.warning(request, f"“{story.title}”: {error.sentence}")
    return undone
