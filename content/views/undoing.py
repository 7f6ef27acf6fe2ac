"""The way back from what was done to several stories at once."""

from collections.abc import Sequence
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

SALT = "content.undo"
STAYS_GOOD = timedelta(hours=1)
# What was done, the state it left, and the verb that leads back. What goes live is not called back by a tap.
BACK = {
    "submit": ("in_review", actions.send_back_story),
    "withdraw": ("withdrawn", actions.reopen_story),
}


def undo_token(act: str, stories: Sequence[Story]) -> str:
    """Empty where there is no way back."""
    if act not in BACK:
        return ""
    ids = [story.pk for story in stories if story.state == BACK[act][0]]
    return signing.dumps([act, ids], salt=SALT, compress=True) if ids else ""


def undo_address(act: str, stories: Sequence[Story]) -> str:
    token = undo_token(act, stories)
    return reverse("content:undo", args=[token]) if token else ""


@require(is_curator)
@require_POST
def undo(request: HttpRequest, token: str) -> HttpResponse:
    try:
        act, ids = signing.loads(token, salt=SALT, max_age=STAYS_GOOD)
    except signing.BadSignature:
        messages.warning(request, _("It is too late to undo this by a tap. Each story can still be moved by itself."))
        return redirect("content:board")
    state, verb = BACK[act]
    undone = 0
    for story in Story.objects.filter(pk__in=ids, state=state).select_related("submitted_by"):
        try:
            verb(actor=request.user, story=story, at=clock.now())
            undone += 1
        except CannotDo as error:
            messages.warning(request, f"“{story.title}”: {error.sentence}")
    text = ngettext("%(n)s story is back where it was.", "%(n)s stories are back where they were.", undone)
    messages.success(request, text % {"n": undone})
    return redirect("content:board")
