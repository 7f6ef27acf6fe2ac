"""The composer for somebody who comes from a mail and is not signed in: words first, the session with the last tap."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.queries import organisation
from accounts.rules import is_member
from accounts.views.signing_in import WORDS_TYPED
from content import queries as content
from content.models import Story
from core import clock
from shares import opening
from shares.forms import ShareForm
from shares.queries import FeedCard


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def opened(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing and signs nobody in. What is typed is kept for the sign-in that the button leads to."""
    try:
        found = opening.read(token, clock.now())
    except opening.NotOpen:
        return render(request, "shares/not_open.html", status=410)
    onward = reverse("shares:compose", args=[found.story.pk])
    if request.method == "POST":
        words = request.POST.get("words", "")
        if not content.is_caption(found.story, words):  # a suggestion left as it was: theirs is kept for them there
            keep_words(request, found.story, words)
        return redirect(onward if is_member(request.user) else sign_in(onward))
    if is_member(request.user):
        return redirect(onward)
    return render(request, "shares/opened.html", shown(found, onward, clock.now()))


def shown(found: opening.Opened, onward: str, at: datetime) -> dict[str, Any]:
    story, caption = found.story, found.caption(at)
    return {
        "story": story,
        "card": FeedCard(story, ""),
        "words": caption.text if caption else "",
        "line": content.disclosure(found.member.country, language=story.language, story=story),
        "onward": onward,
        "regulated": organisation().regulated,
        "longest": ShareForm.base_fields["words"].max_length,
    }


def sign_in(onward: str) -> str:
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': onward})}"


def keep_words(request: HttpRequest, story: Story, words: str) -> None:
    kept = request.session.get(WORDS_TYPED, {})
    request.session[WORDS_TYPED] = {**kept, str(story.pk): words[: ShareForm.base_fields["words"].max_length]}


def words_from_before(request: HttpRequest, story: Story) -> str:
    """What was typed here before the sign-in; empty where nothing was."""
    return str(request.session.get(WORDS_TYPED, {}).get(str(story.pk), ""))


def forget_words(request: HttpRequest, story: Story) -> None:
    """They are a draft of the member's own now, or on their way."""
    kept = request.session.get(WORDS_TYPED, {})
    if str(story.pk) in kept:
        request.session[WORDS_TYPED] = {key: words for key, words in kept.items() if key != str(story.pk)}
