"""A story may end while somebody writes: their words come back to them, and why."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import elsewhere
from connectors.text import LONGEST
from content import rules as content_rules
from content.models import Story
from core import clock
from shares.models import SavedDraft
from shares.views.composing import each_in, kept_draft

View = Callable[..., HttpResponse]
OVER = ("expired", "withdrawn")


def or_words_back(view: View) -> View:
    """Instead of a 404 for who has begun to write of a story that was there for them."""

    @wraps(view)
    def answered(request: HttpRequest, story_id: int) -> HttpResponse:
        try:
            return view(request, story_id)
        except Http404:
            answer = words_back(request, story_id)
            if answer is None:
                raise
            return answer

    return answered


def words_back(request: HttpRequest, story_id: int) -> HttpResponse | None:
    story = Story.objects.select_related("audience").filter(pk=story_id).first()
    if story is None or not was_there(request.user, story):
        return None
    if request.method == "POST":
        keep(request.user, story, request.POST.get("words", ""), each_in(request.POST))
    draft = kept_draft(request.user, story)
    if draft is None:
        return None
    if request.headers.get("HX-Request"):
        return elsewhere(request, reverse("shares:compose", args=[story.pk]))
    texts = texts_of(draft.content.get("words", ""), draft.content.get("each", {}))
    context = {"why": why(request.user, story), "texts": texts, "story": story}
    return render(request, "shares/gone.html", context, status=410)


def was_there(member: User, story: Story) -> bool:
    """It was live and for them, or they have begun to write of it. Of others nobody learns that they exist."""
    if kept_draft(member, story):
        return True
    return story.state in OVER and story.live_at is not None and content_rules.is_for(member, story)


def texts_of(words: str, each: dict[str, str]) -> list[str]:
    """All that was typed, once each."""
    return [text for text in dict.fromkeys([words, *each.values()]) if text.strip()]


def keep(member: User, story: Story, words: str, each: dict[str, str]) -> None:
    """As a draft, should the story come back; where nothing was typed nothing is."""
    if not texts_of(words, each):
        return
    old = kept_draft(member, story)
    content = {"own": "", "accounts": None} | (old.content if old else {}) | {"words": words[:LONGEST], "each": each}
    SavedDraft.objects.update_or_create(
        member=member, story=story, defaults={"content": content, "saved_at": clock.now()}
    )


def why(member: User, story: Story) -> str:
    """Its title only where the story is theirs to know still."""
    if not content_rules.is_for(member, story):
        return _("The story is for other colleagues now.")
    if story.state == "withdrawn":
        said = _("“%(title)s” was withdrawn.") % {"title": story.title}
        return f"{said} {_('Why: %(why)s') % {'why': story.withdrawn_reason}}" if story.withdrawn_reason else said
    if story.state == "expired":
        return _("“%(title)s” has come to its end.") % {"title": story.title}
    return _("The story is being worked on and is not out just now.")
