from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.rules import is_member, require
from connectors.text import LONGEST
from core import clock
from shares import actions, queries
from shares.views.composing import asks_first
from shares.views.feed import shareable_story


@require(is_member)
def pass_on(request: HttpRequest, story_id: int, post_id: int) -> HttpResponse:
    """A maker's own post, with a few words of one's own: handed over, since no platform lets us repost for members."""
    story = shareable_story(request, story_id)
    post = get_object_or_404(queries.lent_posts(story), pk=post_id)
    words, targets = request.POST.get("words", ""), queries.targets()
    if request.method == "POST" and request.POST.get("target", "") in targets:
        try:
            if not words.strip():
                raise actions.CannotPlan(_("Write a few words first: a post without any says nothing of you."))
            share = actions.plan_assisted(
                actor=request.user, story=story, target=request.POST["target"], words=words[: LONGEST + 1], post=post,
                at=clock.now(),
            )  # fmt: skip
            return redirect("shares:share", share_id=share.pk)
        except actions.CannotPlan as refusal:
            messages.error(request, " ".join(refusal.sentences))
    context = {"story": story, "post": post, "words": words, "targets": targets.values()}
    context |= {"asks_first": asks_first(request.user)}
    return render(request, "shares/pass_on.html", context, status=422 if request.method == "POST" else 200)
