from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.rules import is_member, require
from content import rules as content_rules
from content.models import Story
from shares import queries

CARDS = 30
TODAY = 7  # an end is a kindness: the first page is what is worth reading now


@require(is_member)
def today(request: HttpRequest) -> HttpResponse:
    """What is worth sharing today, then everything else that is live."""
    everything = "all" in request.GET
    page = Paginator(queries.feed(request.user), CARDS if everything else TODAY).get_page(request.GET.get("page"))
    cards = queries.cards(list(page.object_list), request.user)
    return render(request, "shares/today.html", {"page": page, "cards": cards, "everything": everything})


@require(is_member)
def story(request: HttpRequest, story_id: int) -> HttpResponse:
    story = visible_story(request, story_id)
    return render(request, "shares/story.html", {"story": story, "card": queries.FeedCard(story, "")})


def shareable_story(request: HttpRequest, story_id: int) -> Story:
    story = visible_story(request, story_id)
    if not story.is_for_sharing:
        raise Http404
    return story


def visible_story(request: HttpRequest, story_id: int) -> Story:
    """The story, or a plain 404 for one that is not there or not for this member."""
    story = get_object_or_404(Story.objects.select_related("topic").prefetch_related("attachments"), pk=story_id)
    if not content_rules.can_see(request.user, story):
        raise Http404
    return story
