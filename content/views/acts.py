"""Moving stories: one at a time from its page, or several from the board."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from accounts.rules import is_curator, require
from content import actions
from content.actions.errors import CannotDo, MovedOn
from content.models import Story
from content.views.undoing import undo_address
from core import clock
from core.shell.notices import done


@dataclass(frozen=True)
class Act:
    """A verb, where it leads, what it says when done, and what it takes from the form."""

    verb: Callable[..., Story]
    leads_to: tuple[str, ...]
    done: Any
    takes: tuple[str, ...] = ()


ACTS = {
    "submit": Act(
        actions.submit_story, ("in_review", "approved", "live"), gettext_lazy("“%(title)s” is sent to review.")
    ),
    "approve": Act(actions.approve_story, ("approved", "live"), gettext_lazy("“%(title)s” is approved."), ("edition",)),
    "send-back": Act(
        actions.send_back_story, ("draft",), gettext_lazy("“%(title)s” is back among the drafts."), ("reason",)
    ),
    "go-live": Act(actions.put_live, ("live",), gettext_lazy("“%(title)s” is live.")),
    "withdraw": Act(actions.withdraw_story, ("withdrawn",), gettext_lazy("“%(title)s” is withdrawn."), ("reason",)),
    "reopen": Act(actions.reopen_story, ("draft",), gettext_lazy("“%(title)s” is a draft again.")),
}


@require(is_curator)
@require_POST
def act(request: HttpRequest, story_id: int, name: str) -> HttpResponse:
    if name not in ACTS:
        raise Http404
    chosen, story = ACTS[name], get_object_or_404(Story.objects.select_related("submitted_by"), pk=story_id)
    try:
        chosen.verb(actor=request.user, story=story, at=clock.now(), **_given(request, chosen))
    except CannotDo as error:
        if not _was_done(error, story, chosen):
            messages.error(request, error.sentence)
            return redirect("content:story", story_id)
    else:
        messages.success(request, _done(chosen, story) % {"title": story.title})
    return redirect(safe_next(request) or reverse("content:story", args=[story_id]))


def _done(chosen: Act, story: Story) -> Any:
    """What the verb says when done; where it went another way than usual, what became of it."""
    if chosen.verb is actions.approve_story and story.state == "in_review":
        return _("You approved “%(title)s”. One more person has to.")
    if chosen.verb is actions.submit_story and story.state != "in_review":
        return _("“%(title)s” is approved.")
    return chosen.done


def _given(request: HttpRequest, chosen: Act) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if "reason" in chosen.takes:
        given["reason"] = request.POST.get("reason", "")
    if "edition" in chosen.takes and request.POST.get("edition", "").isdecimal():
        given["edition"] = int(request.POST["edition"][:9])
    return given


def _was_done(error: CannotDo, story: Story, chosen: Act) -> bool:
    """A second click finds done what it asks for; that is no failure."""
    return isinstance(error, MovedOn) and Story.objects.filter(pk=story.pk, state__in=chosen.leads_to).exists()


def safe_next(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}) else ""


@require(is_curator)
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """The same act on every chosen story; each for itself, so that one that cannot does not hold up the others."""
    chosen = ACTS.get(request.POST.get("act", ""))
    ids = [int(pk) for pk in request.POST.getlist("story")[:200] if pk.isdecimal() and len(pk) < 18]
    if chosen is None or not ids:
        messages.info(request, _("Choose at least one story first."))
        return redirect(safe_next(request) or "content:board")
    stories = list(Story.objects.filter(pk__in=ids).select_related("submitted_by"))
    before = {story.pk: story.state for story in stories}
    tried = [(story, _tried(request, chosen, story)) for story in stories]
    refusals = [refusal for _story, refusal in tried if refusal]
    moved = [story for story, refusal in tried if not refusal]
    if moved:
        text = ngettext("%(n)s story moved.", "%(n)s stories moved.", len(moved)) % {"n": len(moved)}
        done(request, text, undo=undo_address(request.POST["act"], moved, before))
    for refusal in refusals[:5]:
        messages.warning(request, refusal)
    if len(refusals) > 5:
        rest = len(refusals) - 5
        messages.warning(request, ngettext("And %(n)s more stayed.", "And %(n)s more stayed.", rest) % {"n": rest})
    return redirect(safe_next(request) or "content:board")


def _tried(request: HttpRequest, chosen: Act, story: Story) -> str:
    try:
        chosen.verb(actor=request.user, story=story, at=clock.now(), **_given(request, chosen))
    except CannotDo as error:
        return f"“{story.title}”: {error.sentence}"
    return ""
